import { z } from 'zod'
import type { Transaction } from '../../storage/database.ts'
import { type Figures, type RecipientState, recipientStates } from '../broadcast.ts'
import { recipientSql, repliedSql, stoppedSql } from './recipient-sql.ts'

/** Signs that a broadcast does harm, of those who were told since some moment. */
export interface Signs {
  /** Messages that came to an end: sent, failed, or nobody knows. */
  readonly told: number
  /** With those of which nobody knows: a connection that breaks must not use up an audience. */
  readonly failed: number
  /** Of those to whom it was sent, who wanted no more news. */
  readonly stopped: number
}

/** What became of broadcasts, counted. */
export interface FigureStore {
  /** Of broadcasts that were approved, by number; the sum of the states is the audience. */
  of(client: Transaction, numbers: readonly number[], now: Date): Promise<ReadonlyMap<number, Figures>>
  /** When the last message of a broadcast came to an end; undefined while none did. */
  lastSettled(client: Transaction, number: number): Promise<Date | undefined>
  signs(client: Transaction, number: number, since: Date | undefined, now: Date): Promise<Signs>
}

const count = z.number()
const figureRows = z.array(
  z.object({
    broadcast_id: z.bigint().transform(Number),
    state: z.enum(recipientStates),
    reason: z.string().nullable(),
    count,
    replied: count,
    stopped: count,
  }),
)
const lastRows = z.tuple([z.object({ at: z.date().nullable() })])
const signRows = z.tuple([z.object({ told: count, failed: count, stopped: count })])

const figuresSql = `
  WITH told AS MATERIALIZED (${recipientSql('r.broadcast_id = ANY($2::bigint[])')})
  SELECT t.broadcast_id, t.state, CASE WHEN t.state IN ('failed', 'suppressed') THEN coalesce(t.reason, 'other') END AS reason,
    count(*)::int AS count,
    (count(*) FILTER (WHERE t.state IN ('sent', 'delivered', 'read') AND ${repliedSql}))::int AS replied,
    (count(*) FILTER (WHERE t.state IN ('sent', 'delivered', 'read') AND ${stoppedSql}))::int AS stopped
  FROM told t GROUP BY 1, 2, 3`

const signsSql = `
  WITH told AS MATERIALIZED (${recipientSql(`r.broadcast_id = $2::bigint AND o.settled_at IS NOT NULL
      AND ($3::timestamptz IS NULL OR o.settled_at > $3::timestamptz)`)})
  SELECT (count(*) FILTER (WHERE t.state IN ('sent', 'delivered', 'read', 'failed', 'unknown')))::int AS told,
    (count(*) FILTER (WHERE t.state IN ('failed', 'unknown')))::int AS failed,
    (count(*) FILTER (WHERE t.state IN ('sent', 'delivered', 'read') AND ${stoppedSql}))::int AS stopped
  FROM told t`

/** Makes the store. */
export function createFigureStore(): FigureStore {
  return {
    async of(client, numbers, now) {
      if (numbers.length === 0) return new Map()
      const rows = figureRows.parse(await client.$queryRawUnsafe(figuresSql, now, numbers.map(BigInt)))
      const of = (number: number) => rows.filter(({ broadcast_id }) => broadcast_id === number)
      return new Map(numbers.map((number) => [number, figuresOf(of(number))]))
    },
    async lastSettled(client, number) {
      const rows = await client.$queryRaw`
        SELECT max(o.settled_at) AS at FROM broadcast_recipient r JOIN outbox_message o ON o.id = r.outbox_id
        WHERE r.broadcast_id = ${BigInt(number)}`
      return lastRows.parse(rows)[0].at ?? undefined
    },
    async signs(client, number, since, now) {
      return signRows.parse(await client.$queryRawUnsafe(signsSql, now, BigInt(number), since ?? null))[0]
    },
  }
}

function figuresOf(rows: z.infer<typeof figureRows>): Figures {
  const sum = (of: 'count' | 'replied' | 'stopped', ...states: readonly RecipientState[]) =>
    rows
      .filter(({ state }) => states.length === 0 || states.includes(state))
      .reduce((total, row) => total + row[of], 0)
  const reasons: Record<string, number> = {}
  for (const { reason, count } of rows) if (reason !== null) reasons[reason] = (reasons[reason] ?? 0) + count
  return {
    ...{ audience: sum('count'), waiting: sum('count', 'waiting'), queued: sum('count', 'queued') },
    ...{ sent: sum('count', 'sent', 'delivered', 'read'), delivered: sum('count', 'delivered', 'read') },
    ...{ read: sum('count', 'read'), replied: sum('replied'), stopped: sum('stopped') },
    ...{ failed: sum('count', 'failed'), suppressed: sum('count', 'suppressed') },
    ...{ unknown: sum('count', 'unknown'), reasons },
  }
}
