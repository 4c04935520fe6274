import type { Transaction } from '../../storage/database.ts'

/** A wish to hear of something, with what proves it. */
export interface NewSubscription {
  readonly contactId: string
  readonly chatId: bigint
  readonly topic: string
  /** Of the words that were agreed to. */
  readonly textVersion: string
  readonly now: Date
}

/** What people want to hear of, in PostgreSQL. */
export interface InterestStore {
  /** The topics that the contact subscribed to. */
  topics(client: Transaction, contactId: string): Promise<ReadonlySet<string>>
  /** Whether the contact wants to hear nothing that they did not ask for. */
  isStopped(client: Transaction, contactId: string): Promise<boolean>
  subscribe(transaction: Transaction, subscription: NewSubscription): Promise<void>
  /** Ends what the contact subscribed to under the topic; false when there was nothing. */
  end(transaction: Transaction, contactId: string, topic: string, now: Date): Promise<boolean>
}

/** Makes the store. */
export function createInterestStore(): InterestStore {
  return {
    async topics(client, contactId) {
      const where = { contactId, endedAt: null }
      const rows = await client.subscription.findMany({ where, select: { topic: true } })
      return new Set(rows.map(({ topic }) => topic))
    },
    async isStopped(client, contactId) {
      return (await client.optOut.findFirst({ where: { contactId, endedAt: null } })) !== null
    },
    async subscribe(transaction, { now, ...subscription }) {
      await transaction.subscription.create({ data: { ...subscription, startedAt: now } })
    },
    async end(transaction, contactId, topic, now) {
      const { count } = await transaction.subscription.updateMany({
        where: { contactId, topic, endedAt: null },
        data: { endedAt: now },
      })
      return count > 0
    },
  }
}
