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
  /** Claims one, of the shop or of one product. The same number again changes nothing, but that staff look again at one they refused. */
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
      const same = await transaction.shopPaper.findFirst({
        where: { ...of, number },
        select: { id: true, state: true },
      })
      if (same !== null) {
        if (same.state === 'refused') await claimAgain(transaction, same.id, at)
        return
      }
      // A claim takes the place of the one before; what was verified and is so no more goes with it.
      await transaction.shopPaper.deleteMany({ where: of })
      await transaction.shopPaper.create({ data: { ...of, number, createdAt: at }, select: { id: true } })
    },
  }
}

async function claimAgain(transaction: Transaction, id: bigint, at: Date): Promise<void> {
  const data = { state: 'claimed', createdAt: at, decidedAt: null, decidedBy: null }
  await transaction.shopPaper.update({ where: { id }, data, select: { id: true } })
}
