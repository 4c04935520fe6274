import { z } from 'zod'
import type { Transaction } from '../../storage/database.ts'
import { type PaperKind, paperKinds } from '../product.ts'

/** A paper as its owner claims it, and what staff say of it. */
export interface ShopPaper {
  readonly kind: PaperKind
  readonly number: string
  readonly state: 'claimed' | 'verified' | 'refused'
}

/** The papers of shops and products. */
export interface PaperStore {
  /** Those of the shop itself. */
  papers(client: Transaction, shopId: number): Promise<readonly ShopPaper[]>
  /** Claims one, of the shop or of one product; the same number again changes nothing. */
  claimPaper(
    transaction: Transaction,
    claim: {
      readonly shopId: number
      readonly productId?: number
      readonly kind: PaperKind
      readonly number: string
      readonly at: Date
    },
  ): Promise<void>
}

const rows = z.array(
  z.object({
    kind: z.enum(paperKinds),
    number: z.string(),
    state: z.enum(['claimed', 'verified', 'refused']),
  }),
)

/** Makes the store. */
export function createPaperStore(): PaperStore {
  return {
    async papers(client, shopId) {
      const found = await client.shopPaper.findMany({
        where: { shopId: BigInt(shopId), productId: null },
        select: { kind: true, number: true, state: true },
        orderBy: { id: 'asc' },
      })
      return rows.parse(found)
    },
    async claimPaper(transaction, { shopId, productId, kind, number, at }) {
      const of = {
        shopId: BigInt(shopId),
        productId: productId === undefined ? null : BigInt(productId),
        kind,
      }
      if ((await transaction.shopPaper.count({ where: { ...of, number } })) > 0) return
      // A claim takes the place of the one before; what was verified and is so no more goes with it.
      await transaction.shopPaper.deleteMany({ where: of })
      await transaction.shopPaper.create({ data: { ...of, number, createdAt: at }, select: { id: true } })
    },
  }
}
