import { z } from 'zod'
import type { Transaction } from '../../storage/database.ts'
import { type BroadcastChannel, broadcastChannels } from '../broadcast-channels.ts'

/** What is still to be told, and where. */
export interface LeftStore {
  /**
   * How many people on each channel are still to be told by the broadcast and by all others that began: what is before it there.
   */
  on(client: Transaction, number: number): Promise<ReadonlyMap<BroadcastChannel, number>>
  /**
   * A channel on whose account somebody is to be told by the broadcast, and nobody was told anything since then, by any broadcast, nor
   * is to wait for the pace or the budget. `made`: only messages that there are count.
   */
  stalledOn(
    client: Transaction,
    number: number,
    given: { readonly since: Date; readonly due: 'made' | 'all' },
  ): Promise<BroadcastChannel | undefined>
}

const channel = z.enum(broadcastChannels)
const leftRows = z.array(z.object({ channel, count: z.number() }))
const channelRows = z.array(z.object({ channel }))

/** Of recipients `r` and their messages `o`: whether they are still to be told. */
const leftSql = `r.status IS NULL
  AND (r.outbox_id IS NULL AND r.reason IS NULL OR o.id IS NOT NULL AND o.settled_at IS NULL)`

const leftOnSql = `
  SELECT r.channel, count(*)::int AS count
  FROM broadcast b JOIN broadcast_recipient r ON r.broadcast_id = b.id LEFT JOIN outbox_message o ON o.id = r.outbox_id
  WHERE (b.id = $1::bigint OR b.state IN ('sending', 'paused')) AND ${leftSql} GROUP BY 1`

/** A try that the platform had no answer to is none: only what was settled, is under way, or was told to wait counts. */
const stalledSql = `
  WITH mine AS (
    SELECT c.channel, c.channel || ' ' || c.account AS account, max(greatest(o.created_at, o.claimed_at,
      CASE WHEN o.status <> 'suppressed' THEN o.settled_at END,
      CASE WHEN o.failure = 'too_fast' THEN o.next_attempt_at END)) AS at
    FROM broadcast_recipient r JOIN chat c ON c.id = r.chat_id LEFT JOIN outbox_message o ON o.id = r.outbox_id
    WHERE r.broadcast_id = $1::bigint GROUP BY 1, 2
    HAVING bool_or(${leftSql} AND (o.id IS NOT NULL OR $3::boolean))
  )
  SELECT m.channel FROM mine m WHERE (m.at IS NULL OR m.at <= $2::timestamptz)
    AND NOT EXISTS (SELECT 1 FROM outbox_message o WHERE o.on_account = m.account AND o.kind = 'broadcast'
      AND o.settled_at > $2::timestamptz AND o.status <> 'suppressed')
    AND NOT EXISTS (SELECT 1 FROM outbox_message o WHERE o.on_account = m.account AND o.kind = 'broadcast'
      AND o.settled_at IS NULL
      AND (o.claimed_at > $2::timestamptz OR o.failure = 'too_fast' AND o.next_attempt_at > $2::timestamptz))
  ORDER BY 1 LIMIT 1`

/** Makes the store. */
export function createLeftStore(): LeftStore {
  return {
    async on(client, number) {
      const rows = leftRows.parse(await client.$queryRawUnsafe(leftOnSql, BigInt(number)))
      return new Map(rows.map(({ channel, count }) => [channel, count]))
    },
    async stalledOn(client, number, { since, due }) {
      const rows = await client.$queryRawUnsafe(stalledSql, BigInt(number), since, due === 'all')
      return channelRows.parse(rows)[0]?.channel
    },
  }
}
