import type { Transaction } from '../storage/database.ts'

type Hash = Uint8Array<ArrayBuffer>

/** The links' part of the database. */
export interface LinkStore {
  add(
    transaction: Transaction,
    link: { tokenHash: Hash; chatId: string; contactId: string; createdAt: Date; expiresAt: Date },
  ): Promise<void>
  /** Ends the open links of a chat. */
  closeOpen(transaction: Transaction, chatId: string, now: Date): Promise<void>
  isOpen(transaction: Transaction, hashes: readonly Hash[], now: Date): Promise<boolean>
  /** Marks the open link with one of these hashes as used; undefined when there is none. */
  use(
    transaction: Transaction,
    hashes: readonly Hash[],
    now: Date,
  ): Promise<{ readonly chatId: string; readonly contactId: string } | undefined>
}

/** The links in PostgreSQL. */
export function createLinkStore(): LinkStore {
  const open = (now: Date) => ({ usedAt: null, expiresAt: { gt: now } })
  return {
    async add(transaction, link) {
      await transaction.checkLink.create({
        data: { ...link, chatId: BigInt(link.chatId) },
        select: { id: true },
      })
    },
    async closeOpen(transaction, chatId, now) {
      await transaction.checkLink.updateMany({
        where: { chatId: BigInt(chatId), ...open(now) },
        data: { expiresAt: now },
      })
    },
    async isOpen(transaction, hashes, now) {
      return (
        (await transaction.checkLink.count({ where: { tokenHash: { in: [...hashes] }, ...open(now) } })) > 0
      )
    },
    async use(transaction, hashes, now) {
      const where = { tokenHash: { in: [...hashes] }, ...open(now) }
      const [link] = await transaction.checkLink.updateManyAndReturn({ where, data: { usedAt: now } })
      return link === undefined ? undefined : { chatId: String(link.chatId), contactId: link.contactId }
    },
  }
}
