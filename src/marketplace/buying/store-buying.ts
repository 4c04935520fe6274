import type { Transaction } from '../../storage/database.ts'
import { type Halal, publicStates } from '../product.ts'

/** One report of a listing. */
export interface NewReport {
  readonly productId: number
  readonly contactId: string
  readonly reason: string
  readonly words: string
  readonly at: Date
}

/** What buyers leave behind, and what only they ask. */
export interface BuyingStore {
  /** Categories with something public in them, the fullest first. */
  categories(client: Transaction): Promise<readonly string[]>
  /** Kinds of papers of the product or its shop that staff verified; a halal certificate only where the product is said to have one. */
  badges(
    client: Transaction,
    product: { readonly id: number; readonly shopId: number; readonly halal: Halal },
  ): Promise<readonly string[]>
  /** How many reports the contact made since; `same` of this product that are not settled. */
  reportsOf(
    client: Transaction,
    contactId: string,
    productId: number,
    since: Date,
  ): Promise<{ readonly all: number; readonly same: number }>
  report(transaction: Transaction, report: NewReport): Promise<void>
}

/** Makes the store. */
export function createBuyingStore(): BuyingStore {
  return {
    async categories(client) {
      const rows = await client.product.groupBy({
        by: ['category'],
        where: {
          state: { in: [...publicStates] },
          shop: { state: 'active', consents: { some: { purpose: 'publish', endedAt: null } } },
        },
        orderBy: [{ _count: { category: 'desc' } }, { category: 'asc' }],
      })
      return rows.map(({ category }) => category)
    },
    async badges(client, { id, shopId, halal }) {
      const rows = await client.shopPaper.findMany({
        where: {
          shopId: BigInt(shopId),
          state: 'verified',
          OR: [{ productId: null }, { productId: BigInt(id) }],
          ...(halal === 'certified' ? {} : { kind: { not: 'halal' } }),
        },
        select: { kind: true },
        orderBy: { id: 'asc' },
      })
      return [...new Set(rows.map(({ kind }) => kind))]
    },
    async reportsOf(client, contactId, productId, since) {
      const all = await client.productReport.count({ where: { contactId, at: { gt: since } } })
      const same = await client.productReport.count({
        where: { contactId, productId: BigInt(productId), settledAt: null },
      })
      return { all, same }
    },
    async report(transaction, { productId, ...report }) {
      await transaction.productReport.create({
        data: { ...report, productId: BigInt(productId) },
        select: { id: true },
      })
    },
  }
}
