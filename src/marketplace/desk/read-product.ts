import type { Officer } from '../../staff/officer.ts'
import type { Transaction } from '../../storage/database.ts'
import type { Product } from '../product.ts'
import { decisionsFor } from './decisions.ts'
import type { ProductView } from './desk-views.ts'
import type { MarketDesk } from './market-desk.ts'
import type { MarketDeskDeps } from './market-desk-deps.ts'
import type { PriceBand } from './price-bands.ts'
import { changedFields, snapshotOf } from './product-snapshot.ts'
import { findInText } from './text-findings.ts'

/** So long a product that was opened is taken to be looked at. */
export const lookMs = 3 * 60_000
const daysCounted = 30
const dayMs = 86_400_000
const longestHistory = 60

/** Makes the use case. */
export function createReadProduct(
  deps: MarketDeskDeps & { readonly priceBand: (product: Product) => Promise<PriceBand | undefined> },
): MarketDesk['read'] {
  const { store, desk } = deps
  return async (viewer, id) => {
    const view = await store.transact(async (transaction) => {
      const product = await store.product(transaction, id)
      if (product === undefined) return undefined
      const shop = await store.shop(transaction, product.shopId)
      if (shop === undefined) return undefined
      const approved = await desk.approval(transaction, id)
      return {
        ...{ product, shop, approved },
        changed: approved === undefined ? [] : changedFields(approved.was, snapshotOf(product)),
        findings: findInText(product, deps.words()),
        decisions: decisionsFor(product),
        look: await noteLook(deps, transaction, viewer, product),
        ...(await surroundings(deps, transaction, product)),
      }
    })
    return view === undefined ? undefined : { ...view, price: await deps.priceBand(view.product) }
  }
}

/** What else is known of a product. */
async function surroundings(
  { desk, now }: MarketDeskDeps,
  transaction: Transaction,
  product: Product,
): Promise<Pick<ProductView, 'shopStates' | 'papers' | 'alike' | 'history' | 'reports' | 'figures'>> {
  const { id, shopId } = product
  const papers = await desk.papersOf(transaction, shopId)
  return {
    shopStates: await desk.statesOfShop(transaction, shopId),
    papers: papers.filter(({ productId }) => productId === undefined || productId === id),
    alike: await desk.alike(transaction, product),
    history: await desk.history(transaction, id, longestHistory),
    reports: (await desk.openReports(transaction, [id])).map(({ productId: _, ...report }) => report),
    figures: await desk.figuresOf(transaction, id, daysBefore(now())),
  }
}

/** Which colleague has it open; of one that waits it is noted that this officer has. */
async function noteLook(
  { desk, now }: MarketDeskDeps,
  transaction: Transaction,
  viewer: Officer,
  { id, state }: Product,
): Promise<ProductView['look']> {
  if (state !== 'waiting') return undefined
  const recently = new Date(now().getTime() - lookMs)
  const other = await desk.lookOfOther(transaction, id, viewer.id, recently)
  if (other === undefined) await desk.keepLook(transaction, id, viewer, now())
  return other
}

/** The first of the last 30 days. */
export function daysBefore(now: Date): Date {
  return new Date(now.getTime() - daysCounted * dayMs)
}
