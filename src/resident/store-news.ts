import type { Transaction } from '../storage/database.ts'
import { lockContact, type Person } from './store.ts'

/** Something that a person agreed to hear of, in a chat. */
export interface Agreed {
  readonly topic: string
  /** Of the words that were agreed to. */
  readonly textVersion: string
}

/** What news a person wants, in PostgreSQL. */
export interface NewsStore {
  /** Has what the person does in two chats at once happen one after the other. */
  lock(transaction: Transaction, contactId: string): Promise<void>
  /** The topics of which the person hears. */
  topics(client: Transaction, contactId: string): Promise<ReadonlySet<string>>
  /** Whether the person wants to hear nothing that they did not ask for. */
  isStopped(client: Transaction, contactId: string): Promise<boolean>
  subscribe(transaction: Transaction, person: Person, agreed: Agreed): Promise<void>
  /** Ends every subscription to the topic. */
  end(transaction: Transaction, person: Person, topic: string): Promise<void>
  /** The code of the kelurahan that the person told for news. */
  place(client: Transaction, contactId: string): Promise<string | undefined>
  setPlace(
    transaction: Transaction,
    person: Person,
    told: { readonly kelurahan: string; readonly textVersion: string },
  ): Promise<void>
  clearPlace(transaction: Transaction, contactId: string): Promise<void>
}

/** Makes the store. */
export function createNewsStore(): NewsStore {
  return {
    lock: lockContact,
    async topics(client, contactId) {
      const where = { contactId, endedAt: null }
      const rows = await client.subscription.findMany({ where, select: { topic: true } })
      return new Set(rows.map(({ topic }) => topic))
    },
    async isStopped(client, contactId) {
      return (await client.optOut.findFirst({ where: { contactId, endedAt: null } })) !== null
    },
    async subscribe(transaction, { contactId, chatId, now }, { topic, textVersion }) {
      const data = { contactId, chatId: BigInt(chatId), topic, textVersion, startedAt: now }
      await transaction.subscription.create({ data })
    },
    async end(transaction, { contactId, now }, topic) {
      const where = { contactId, topic, endedAt: null }
      await transaction.subscription.updateMany({ where, data: { endedAt: now } })
    },
    async place(client, contactId) {
      const found = await client.contactProfile.findUnique({ where: { contactId } })
      return found?.kelurahan
    },
    async setPlace(transaction, { contactId, now }, { kelurahan, textVersion }) {
      const told = { kelurahan, textVersion, changedAt: now }
      await transaction.contactProfile.upsert({
        where: { contactId },
        create: { contactId, ...told },
        update: told,
      })
    },
    async clearPlace(transaction, contactId) {
      await transaction.contactProfile.deleteMany({ where: { contactId } })
    },
  }
}
