import type { Transaction } from '../storage/database.ts'
import type { Availability, Halal, ProductDoer, ProductState } from './product.ts'

/** What may change of a product. What is left out stays. */
export interface ProductChanges {
  readonly name?: string
  readonly description?: string
  readonly category?: string
  readonly price?: number
  readonly unit?: string
  readonly availability?: Availability
  readonly halal?: Halal
  readonly state?: ProductState
  readonly reason?: string | null
  readonly appeal?: string | null
  readonly appealedAt?: Date | null
  readonly wasSoldOut?: boolean
  readonly submittedAt?: Date
  readonly decidedAt?: Date
  readonly decidedBy?: string
  readonly shownAt?: Date
  readonly confirmedAt?: Date
  readonly misses?: number
}

/** A step in a product's life, as its history keeps it: `approved`, `price` and so on. */
export interface ProductStep {
  readonly what: string
  readonly details?: string | undefined
  readonly at: Date
  readonly doer: ProductDoer
}

/** What is written of products; callers go by `move-product.ts`. */
export interface MarketWrites {
  /** Changes a product that is locked, counts its version, and notes the step. */
  changeProduct(
    transaction: Transaction,
    id: number,
    changes: ProductChanges,
    step: ProductStep,
  ): Promise<void>
}

/** Makes them. */
export function createMarketWrites(): MarketWrites {
  return {
    async changeProduct(transaction, id, changes, { what, details, at, doer }) {
      await transaction.product.update({
        where: { id: BigInt(id) },
        data: { ...changes, version: { increment: 1 }, changedAt: at },
        select: { id: true },
      })
      await transaction.productChange.create({
        data: {
          productId: BigInt(id),
          at,
          byType: doer.type,
          by: doer.by ?? null,
          what,
          details: details ?? null,
        },
        select: { id: true },
      })
    },
  }
}
