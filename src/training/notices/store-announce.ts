import { z } from 'zod'
import type { Transaction } from '../../storage/database.ts'

/** Somebody who is told of a new course. */
export interface Subscriber {
  /** Of the subscription. */
  readonly id: bigint
  /** Where they subscribed. */
  readonly chatId: bigint
}

/** Who is told of new courses, in PostgreSQL. A course is told by whoever has it locked. */
export interface AnnounceStore {
  /** The courses of which not everybody is told yet, the oldest first. */
  untold(transaction: Transaction): Promise<readonly number[]>
  /**
   * The next who subscribed to one of the topics by the time the course was announced, by their subscriptions: each contact once a
   * course, and nobody who wants to hear nothing.
   */
  next(
    transaction: Transaction,
    courseNumber: number,
    topics: readonly string[],
    limit: number,
  ): Promise<readonly Subscriber[]>
  /** Notes that all up to a subscription are told; undefined: that everybody is. */
  moveTo(transaction: Transaction, courseNumber: number, id: bigint | undefined): Promise<void>
  /** Has nobody else told. */
  stop(transaction: Transaction, courseNumber: number): Promise<void>
}

const subscriberRows = z.array(z.object({ id: z.bigint(), chatId: z.bigint() }))
const numberRows = z.array(z.object({ number: z.bigint().transform(Number) }))

/** Makes the store. */
export function createAnnounceStore(): AnnounceStore {
  return {
    async untold(transaction) {
      const rows = await transaction.$queryRaw`
        SELECT id AS number FROM course WHERE told_id < tell_until_id ORDER BY announced_at, id`
      return numberRows.parse(rows).map(({ number }) => number)
    },
    async next(transaction, courseNumber, topics, limit) {
      // A contact is told by the first of their subscriptions: also by one that was told already and has ended since.
      const rows = await transaction.$queryRaw`
        SELECT s.id, s.chat_id AS "chatId" FROM course c JOIN subscription s ON s.id > c.told_id AND s.id <= c.tell_until_id
        WHERE c.id = ${BigInt(courseNumber)} AND s.topic = ANY(${[...topics]}::text[]) AND s.ended_at IS NULL
          AND NOT EXISTS (
            SELECT 1 FROM opt_out o WHERE o.contact_id = s.contact_id AND o.ended_at IS NULL)
          AND NOT EXISTS (
            SELECT 1 FROM subscription f WHERE f.contact_id = s.contact_id AND f.topic = ANY(${[...topics]}::text[]) AND f.id < s.id
              AND (f.ended_at IS NULL OR (f.id <= c.told_id AND f.ended_at >= c.announced_at)))
        ORDER BY s.id LIMIT ${limit}`
      return subscriberRows.parse(rows)
    },
    async moveTo(transaction, courseNumber, id) {
      await transaction.$executeRaw`
        UPDATE course SET told_id = coalesce(${id ?? null}::bigint, tell_until_id) WHERE id = ${BigInt(courseNumber)}`
    },
    async stop(transaction, courseNumber) {
      await transaction.$executeRaw`UPDATE course SET tell_until_id = told_id WHERE id = ${BigInt(courseNumber)}`
    },
  }
}
