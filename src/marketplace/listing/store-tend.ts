import { z } from 'zod'
import type { Database, Transaction } from '../../storage/database.ts'

/** A shop whose owner is to be asked whether the goods are still there. */
export interface DueShop {
  readonly id: number
  readonly chatId: bigint
}

/** What the weekly question needs, in PostgreSQL. */
export interface TendListingStore {
  /**
   * Shops that were not asked since `due` and show something whose owner last spoke of it before `quiet`, by their numbers, after
   * one. Nobody who wants to hear nothing is among them, and nobody whom an officer answers just now.
   */
  dueShops(times: {
    readonly due: Date
    readonly quiet: Date
    readonly now: Date
    readonly after: number
  }): Promise<readonly DueShop[]>
  /** Locks a chat, ahead of all else; whether its person can be written to. */
  lockReachable(transaction: Transaction, chatId: bigint): Promise<boolean>
  /** When the shop was last asked; `undefined` for never. */
  askedAt(transaction: Transaction, shopId: number): Promise<Date | undefined>
  markAsked(transaction: Transaction, shopId: number, at: Date): Promise<void>
  /** Counts one more question for each of these products, under the lock of their shop. */
  countMisses(transaction: Transaction, productIds: readonly number[]): Promise<void>
}

const batch = 200
const rows = z.array(z.object({ id: z.bigint().transform(Number), chatId: z.bigint() }))
const stateRows = z.array(z.object({ state: z.string() }))

/** Makes the store. */
export function createTendListingStore(prisma: Database): TendListingStore {
  return {
    async dueShops({ due, quiet, now, after }) {
      const found = await prisma.$queryRaw`
        SELECT s.id, s.chat_id AS "chatId" FROM shop s JOIN chat c ON c.id = s.chat_id
        WHERE s.id > ${BigInt(after)} AND s.state = 'active' AND (s.asked_at IS NULL OR s.asked_at < ${due})
          AND c.state <> 'stopped' AND (c.held_until IS NULL OR c.held_until < ${now})
          AND EXISTS (
            SELECT 1 FROM product p WHERE p.shop_id = s.id AND p.state IN ('shown', 'sold_out')
              AND greatest(p.confirmed_at, p.shown_at, p.submitted_at, p.created_at) < ${quiet})
          AND NOT EXISTS (SELECT 1 FROM opt_out o WHERE o.contact_id = s.contact_id AND o.ended_at IS NULL)
        ORDER BY s.id LIMIT ${batch}`
      return rows.parse(found)
    },
    async lockReachable(transaction, chatId) {
      const found = stateRows.parse(
        await transaction.$queryRaw`SELECT state FROM chat WHERE id = ${chatId} FOR NO KEY UPDATE`,
      )
      return found.some(({ state }) => state !== 'stopped')
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
