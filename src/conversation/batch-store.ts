import { z } from 'zod'
import type { Batches } from './batches.ts'
import { idRow } from './store-rows.ts'

const idRows = z.array(idRow)

/** Makes the batches of broadcasts, in PostgreSQL. */
export function createBatches({ now }: { now: () => Date }): Batches {
  const change = async (
    transaction: Parameters<Batches['hold']>[0],
    id: bigint,
    held: boolean,
  ): Promise<void> => {
    await transaction.$executeRaw`UPDATE outbox_batch SET held = ${held} WHERE id = ${id}`
  }
  return {
    async create(transaction, { topics, expiresAt, held }) {
      const rows = await transaction.$queryRaw`
        INSERT INTO outbox_batch (held, topics, expires_at, created_at)
        VALUES (${held}, ${[...topics]}, ${expiresAt ?? null}, ${now()}) RETURNING id`
      const [made] = idRows.parse(rows)
      if (made === undefined) throw new Error('a batch was not made')
      return made.id
    },
    hold: (transaction, id) => change(transaction, id, true),
    async release(transaction, id) {
      await change(transaction, id, false)
      // Whoever sends need not wait for the next look.
      await transaction.$queryRaw`SELECT pg_notify('outbox', 'bulk')::text AS told`
    },
    async prolong(transaction, id, until) {
      await transaction.$executeRaw`UPDATE outbox_batch SET expires_at = ${until} WHERE id = ${id}`
    },
    async drop(transaction, id, reason) {
      await transaction.$executeRaw`UPDATE outbox_batch SET dropped = ${reason} WHERE id = ${id}`
      // In the order of their ids, so that two never wait for each other.
      return transaction.$executeRaw`
        WITH waiting AS (
          SELECT id FROM outbox_message
          WHERE settled_at IS NULL AND kind = 'broadcast' AND claimed_at IS NULL AND batch_id = ${id}
          ORDER BY id FOR UPDATE
        )
        UPDATE outbox_message o SET status = 'suppressed', failure = ${reason}, settled_at = ${now()}
        FROM waiting WHERE o.id = waiting.id`
    },
    dropFor: (transaction, contactId, reason) => transaction.$executeRaw`
      WITH waiting AS (
        SELECT o.id FROM chat c JOIN outbox_message o ON o.chat_id = c.id
        WHERE c.contact_id = ${contactId}::uuid
          AND o.settled_at IS NULL AND o.kind = 'broadcast' AND o.claimed_at IS NULL
        ORDER BY o.id FOR UPDATE OF o
      )
      UPDATE outbox_message o SET status = 'suppressed', failure = ${reason}, settled_at = ${now()}
      FROM waiting WHERE o.id = waiting.id`,
  }
}
