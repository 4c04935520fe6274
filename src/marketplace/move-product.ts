import type { Transaction } from '../storage/database.ts'
import type { MarketDeps } from './market-deps.ts'
import type { ProductChanges, ProductStep } from './store-writes.ts'

/** Changes a product that is locked: its row, its history, and what it is found by, in one transaction. The only way to change one. */
export async function moveProduct(
  { store, search }: Pick<MarketDeps, 'store' | 'search'>,
  transaction: Transaction,
  id: number,
  changes: ProductChanges,
  step: ProductStep,
): Promise<void> {
  await store.changeProduct(transaction, id, changes, step)
  await search.index(transaction, [id])
}
