import { z } from 'zod'
import type { Transaction } from '../../storage/database.ts'

/** Who had a hand in broadcasts, as the trail has it: columns only name the last of them. */
export interface HandStore {
  /** Everybody who ever wrote a plan, copied it or changed it, by id. */
  authors(client: Transaction, number: number): Promise<ReadonlySet<string>>
  /** To how many people an officer sent since, without a second person; what was cancelled before it began does not count. */
  sentAlone(client: Transaction, officerId: string, since: Date): Promise<number>
  /** Has an officer send one after the other until the end of the transaction, so that each counts the one before. */
  lockSending(transaction: Transaction, officerId: string): Promise<void>
}

const authorRows = z.array(z.object({ actor_id: z.string() }))
const sumRows = z.tuple([z.object({ sum: z.number() })])
const writing = ['create', 'copy', 'edit'].map((deed) => `broadcast.${deed}`)

/** Makes the store. */
export function createHandStore(): HandStore {
  return {
    async authors(client, number) {
      const rows = await client.$queryRaw`
        SELECT DISTINCT actor_id FROM audit_entry
        WHERE subject = ${String(number)} AND actor_type = 'staff' AND action = ANY(${writing}::text[])`
      return new Set(authorRows.parse(rows).map(({ actor_id }) => actor_id))
    },
    async sentAlone(client, officerId, since) {
      const rows = await client.$queryRaw`
        SELECT coalesce(sum((e.details->>'audience')::int), 0)::int AS sum
        FROM audit_entry e JOIN broadcast b ON b.id::text = e.subject
        WHERE e.action IN ('broadcast.send', 'broadcast.approve') AND e.at > ${since}
          AND e.actor_type = 'staff' AND e.actor_id = ${officerId} AND e.details->>'alone' = 'true'
          AND NOT (b.state = 'cancelled' AND b.started_at IS NULL)`
      return sumRows.parse(rows)[0].sum
    },
    async lockSending(transaction, officerId) {
      const key = `lopo broadcast ${officerId}`
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`
    },
  }
}
