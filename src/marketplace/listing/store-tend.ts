import { z } from 'zod'
import type { Database, Transaction } from '../../storage/database.ts'

/** A shop whose owner is to be asked whether the goods are still there, or would be if they could be. */
export interface DueShop {
  readonly id: number
  readonly chatId: bigint
}

/** What the weekly question needs, in PostgreSQL. */
export interface TendListingStore {
  /**
   * Shops that were not asked since `due` and show something whose owner last spoke of it before `quiet`, by their numbers, after
   * one. Nobody is among them whom an officer answers just now; whoever is not to be written to is, as their goods go on all the same.
   */
  dueShops(times: {
    readonly due: Date
    readonly quiet: Date
    readonly now: Date
    readonly after: number
  }): Promise<readonly DueShop[]>
  /** Locks the chat of a shop, ahead of all else; whether its owner can be written to and did not ask to hear nothing. */
  lockReachable(transaction: Transaction, shop: DueShop): Promise<boolean>
  /** When the shop was last asked; `undefined` for never. */
  askedAt(transaction: Transaction, shopId: number): Promise<Date | undefined>
  markAsked(transaction: Transaction, shopId: number, at: Date): Promise<void>
  /** Counts one more question for each of these products, under the lock of their shop. */
  countMisses(transaction: Transaction, productIds: readonly number[]): Promise<void>
}

const batch = 200
const rows = z.array(z.object({ id: z.bigint().transform(Number), chatId: z.bigint() }))
const reachableRows = z.array(z.object({ reachable: z.boolean() }))

/** Makes the store. */
export function createTendListingStore(prisma: Database): TendListingStore {
  return {
    async dueShops({ due, quiet, now, after }) {
      const found = await prisma.$queryRaw`
        SELECT s.id, s.chat_id AS "chatId" FROM shop s JOIN chat c ON c.id = s.chat_id
        WHERE s.id > ${BigInt(after)} AND s.state = 'active' AND (s.asked_at IS NULL OR s.asked_at < ${due})
          AND (c.held_until IS NULL OR c.held_until < ${now})
          AND EXISTS (
            SELECT 1 FROM product p WHERE p.shop_id = s.id AND p.state IN ('shown', 'sold_out')
              AND greatest(p.confirmed_at, p.shown_at, p.submitted_at, p.created_at) < ${quiet})
        ORDER BY s.id LIMIT ${batch}`
      return rows.parse(found)
    },
    async lockReachable(transaction, { id, chatId }) {
      await transaction.$queryRaw`SELECT 1 FROM chat WHERE id = ${chatId} FOR NO KEY UPDATE`
      const found = await transaction.$queryRaw`
        SELECT c.state <> 'stopped' AND NOT EXISTS (
          SELECT 1 FROM opt_out o JOIN shop s ON s.contact_id = o.contact_id
          WHERE s.id = ${BigInt(id)} AND o.ended_at IS NULL) AS reachable
        FROM chat c WHERE c.id = ${chatId}`
      return reachableRows.parse(found).some(({ reachable }) => reachable)
    },
    async askedAt(transaction, shopId) {
      const row = await transaction.shop.findUnique({
        where: { id: BigInt(shopId) },
        select: { askedAt: true },
      })
      return row?.askedAt ?? undefined
    },
    async markAsked(transaction, shopId, at) {
      await transaction.shop.update({
        where: { id: BigInt(shopId) },
        data: { askedAt: at },
        select: { id: true },
      })
    },
    async countMisses(transaction, productIds) {
      await transaction.product.updateMany({
        where: { id: { in: productIds.map(BigInt) } },
        data: { misses: { increment: 1 } },
      })
    },
  }
}
