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
  /** How many look-ups the open link with one of these hashes has had; undefined when there is none. */
  taken(transaction: Transaction, hashes: readonly Hash[], now: Date): Promise<number | undefined>
  /** Counts one more look-up of the open link, unless it has had `most`; undefined when there is none. */
  take(
    transaction: Transaction,
    hashes: readonly Hash[],
    most: number,
    now: Date,
  ): Promise<TakenLink | undefined>
  /** Marks the link as used at `usedAt`, or leaves it open. */
  finish(transaction: Transaction, hashes: readonly Hash[], usedAt: Date | null): Promise<void>
}

/** A link after one more look-up. */
interface TakenLink {
  readonly chatId: string
  readonly contactId: string
  readonly channel: string
  readonly taken: number
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
    async taken(transaction, hashes, now) {
      const where = { tokenHash: { in: [...hashes] }, ...open(now) }
      return (await transaction.checkLink.findFirst({ where, select: { lookUps: true } }))?.lookUps
    },
    async take(transaction, hashes, most, now) {
      const where = { tokenHash: { in: [...hashes] }, lookUps: { lt: most }, ...open(now) }
      const data = { lookUps: { increment: 1 } }
      const [link] = await transaction.checkLink.updateManyAndReturn({ where, data })
      if (link === undefined) return undefined
      const { chatId, contactId, lookUps: taken } = link
      const chat = await transaction.chat.findUnique({ where: { id: chatId }, select: { channel: true } })
      return { chatId: String(chatId), contactId, channel: chat?.channel ?? '', taken }
    },
    async finish(transaction, hashes, usedAt) {
      await transaction.checkLink.updateMany({ where: { tokenHash: { in: [...hashes] } }, data: { usedAt } })
    },
  }
}
