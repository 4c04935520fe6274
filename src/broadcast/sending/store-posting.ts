import { z } from 'zod'
import type { Database } from '../../storage/database.ts'
import type { BroadcastChannel } from '../broadcast-channels.ts'

/** A post that a process took up. */
export interface TakenPost {
  readonly id: bigint
  readonly number: number
  /** 16 hexadecimal digits: the post's name on platforms where the sender gives it. */
  readonly token: string
}

/** Posts at public places, for whoever sends them. */
export interface PostingStore {
  /** Takes up the oldest that nobody did: from then on it counts as perhaps posted. None of a broadcast that is paused, waits for signs, or is over. */
  claim(channel: BroadcastChannel, now: Date): Promise<TakenPost | undefined>
  settle(
    id: bigint,
    outcome: {
      readonly type: 'sent' | 'failed' | 'unknown'
      readonly externalId?: string
      readonly failure?: string
    },
    now: Date,
  ): Promise<void>
  /** Nothing left: it waits again. */
  giveBack(id: bigint): Promise<void>
  /** Settles as unknown what was taken up and never settled; how many. */
  abandon(channel: BroadcastChannel, now: Date): Promise<number>
}

const takenRows = z.array(
  z.object({ id: z.bigint(), number: z.bigint().transform(Number), token: z.string() }),
)

/** Makes the store. */
export function createPostingStore({ prisma }: { readonly prisma: Database }): PostingStore {
  return {
    async claim(channel, now) {
      const rows = await prisma.$queryRaw`
        UPDATE broadcast_post p SET claimed_at = ${now}, state = 'unknown' WHERE p.id = (
          SELECT w.id FROM broadcast_post w JOIN broadcast b ON b.id = w.broadcast_id
          WHERE w.channel = ${channel} AND w.settled_at IS NULL AND w.claimed_at IS NULL AND b.state IN ('sending', 'finished')
            AND b.phase = 'rest' AND coalesce(b.ends_at, b.expires_at, 'infinity') > ${now}
          ORDER BY w.id LIMIT 1 FOR UPDATE OF w SKIP LOCKED)
        RETURNING p.id, p.broadcast_id AS number, lpad(to_hex(p.id), 16, '0') AS token`
      return takenRows.parse(rows)[0]
    },
    async settle(id, { type, externalId, failure }, now) {
      await prisma.broadcastPost.updateMany({
        where: { id, settledAt: null },
        data: { state: type, externalId: externalId ?? null, failure: failure ?? null, settledAt: now },
      })
    },
    async giveBack(id) {
      await prisma.broadcastPost.updateMany({
        where: { id, settledAt: null },
        data: { claimedAt: null, state: 'queued' },
      })
    },
    async abandon(channel, now) {
      const { count } = await prisma.broadcastPost.updateMany({
        where: { channel, claimedAt: { not: null }, settledAt: null },
        data: { state: 'unknown', settledAt: now },
      })
      return count
    },
  }
}
