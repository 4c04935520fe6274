import type { Transaction } from '../storage/database.ts'

/** What a person agreed to hear, in PostgreSQL. */
export interface ResidentStore {
  /** Ends every subscription, forgets what was told for them, and notes the wish; true when the person had not stopped already. */
  stop(transaction: Transaction, person: Person): Promise<boolean>
  /** Takes the wish back; true when the person had stopped. */
  resume(transaction: Transaction, person: Person): Promise<boolean>
}

/** A contact, in the chat where it speaks, now. */
export interface Person {
  readonly contactId: string
  readonly chatId: string
  readonly now: Date
}

/** Has what a contact agrees to in two chats at once happen one after the other. */
export async function lockContact(transaction: Transaction, contactId: string): Promise<void> {
  await transaction.$executeRaw`SELECT 1 FROM contact WHERE id = ${contactId}::uuid FOR NO KEY UPDATE`
}

/** Makes the store. */
export function createResidentStore(): ResidentStore {
  return {
    async stop(transaction, { contactId, chatId, now }) {
      await lockContact(transaction, contactId)
      // Where they live was told for news only.
      await transaction.contactProfile.deleteMany({ where: { contactId } })
      await transaction.subscription.updateMany({
        where: { contactId, endedAt: null },
        data: { endedAt: now },
      })
      const standing = await transaction.optOut.findFirst({ where: { contactId, endedAt: null } })
      if (standing !== null) return false
      await transaction.optOut.create({ data: { contactId, chatId: BigInt(chatId), startedAt: now } })
      return true
    },
    async resume(transaction, { contactId, now }) {
      const { count } = await transaction.optOut.updateMany({
        where: { contactId, endedAt: null },
        data: { endedAt: now },
      })
      return count > 0
    },
  }
}
