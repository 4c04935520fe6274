import type { Database, Transaction } from '../storage/database.ts'
import { transact } from '../storage/transact.ts'
import { createMarketReads, type MarketReads } from './store-reads.ts'
import { createMarketWrites, type MarketWrites } from './store-writes.ts'

/**
 * Shops and products in PostgreSQL. Whoever locks several takes them in this order: the chat, the shop, the products by their
 * numbers. A product changes only under its shop's lock or its own, and `search.index` follows in the same transaction: see
 * `move-product.ts`.
 */
export interface MarketStore extends MarketReads, MarketWrites {
  /** Runs the work in a transaction of its own, again when others were in its way. */
  transact<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
}

/** Makes the store. */
export function createMarketStore(prisma: Database): MarketStore {
  return {
    transact: (work) => transact(prisma, work),
    ...createMarketReads(),
    ...createMarketWrites(),
  }
}
