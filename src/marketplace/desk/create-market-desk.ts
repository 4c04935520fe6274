import { may, type Officer } from '../../staff/officer.ts'
import type { Product } from '../product.ts'
import { createApproveMany } from './approve-many.ts'
import { createDecidePaper } from './decide-paper.ts'
import { createDecideProduct } from './decide-product.ts'
import { createDecideShop } from './decide-shop.ts'
import type { MarketDesk } from './market-desk.ts'
import type { MarketDeskDeps } from './market-desk-deps.ts'
import { noteDeed } from './note-deed.ts'
import { createPriceBands, type PriceBand } from './price-bands.ts'
import { createReadProduct, daysBefore, lookMs } from './read-product.ts'
import { findInText } from './text-findings.ts'

const mostWaiting = 60
const mostListed = 100
const pageLength = 50

/** Makes the desk. */
export function createMarketDesk(deps: MarketDeskDeps): MarketDesk {
  const { store, desk, now } = deps
  const priceBand = createPriceBands({ read: () => store.transact(desk.priceBands), now })
  const read = createReads(deps)
  const { closeShop, reopenShop } = createDecideShop(deps)
  return {
    counts: only(() => store.transact(desk.counts)),
    waiting: only(createListWaiting(deps, priceBand)),
    appeals: only(() => store.transact((transaction) => desk.appeals(transaction, mostListed))),
    reported: only(() => store.transact((transaction) => desk.reported(transaction, mostListed))),
    papers: only((_, state) => store.transact((transaction) => desk.papers(transaction, state, mostListed))),
    read: only(createReadProduct({ ...deps, priceBand })),
    next: only((viewer, after) => {
      const recently = new Date(now().getTime() - lookMs)
      return store.transact((transaction) => desk.next(transaction, viewer.id, recently, after))
    }),
    decide: only(createDecideProduct(deps)),
    approveMany: only(createApproveMany(deps)),
    settleReports: only(createSettleReports(deps)),
    decidePaper: only(createDecidePaper(deps)),
    closeShop: only(closeShop),
    reopenShop: only(reopenShop),
    ...read,
  }
}

/** Whoever calls the desk has asked before whether the officer may; to have forgotten it is a fault of the program. */
function only<Rest extends readonly unknown[], Answer>(
  use: (viewer: Officer, ...rest: Rest) => Promise<Answer>,
): (viewer: Officer, ...rest: Rest) => Promise<Answer> {
  return async (viewer, ...rest) => {
    if (!may(viewer, 'marketplace')) throw new Error('this officer may not take care of the marketplace')
    return use(viewer, ...rest)
  }
}

function createReads({
  store,
  desk,
  now,
}: MarketDeskDeps): Pick<MarketDesk, 'products' | 'shops' | 'shop' | 'figures'> {
  return {
    products: only((_, filter, before) =>
      store.transact((transaction) => desk.listProducts(transaction, filter, before, pageLength)),
    ),
    shops: only((_, filter, before) =>
      store.transact((transaction) => desk.listShops(transaction, filter, before, pageLength)),
    ),
    shop: only((_, id) =>
      store.transact(async (transaction) => {
        const shop = await store.shop(transaction, id)
        if (shop === undefined) return undefined
        const createdAt = await desk.shopCreatedAt(transaction, id)
        const closed = shop.state === 'closed' ? await desk.closing(transaction, id) : undefined
        const papers = await desk.papersOf(transaction, id)
        return { shop, createdAt, closed, papers, products: await store.productsOf(transaction, id) }
      }),
    ),
    figures: only(() =>
      store.transact(async (transaction) => {
        const since = daysBefore(now())
        return {
          kelurahan: await desk.figures(transaction, 'kelurahan', since),
          category: await desk.figures(transaction, 'category', since),
        }
      }),
    ),
  }
}

function createListWaiting(
  { store, desk, words, now }: MarketDeskDeps,
  priceBand: (product: Product) => Promise<PriceBand | undefined>,
): MarketDesk['waiting'] {
  return async (viewer) => {
    const recently = new Date(now().getTime() - lookMs)
    const lines = await store.transact((transaction) =>
      desk.waiting(transaction, { viewerId: viewer.id, recently, limit: mostWaiting }),
    )
    return Promise.all(
      lines.map(async (line) => ({
        ...line,
        findings: findInText(line.product, words()),
        price: await priceBand(line.product),
      })),
    )
  }
}

function createSettleReports(deps: MarketDeskDeps): MarketDesk['settleReports'] {
  return (viewer, id, until) =>
    deps.store.transact(async (transaction) => {
      const settled = await deps.desk.settleReports(transaction, id, until, viewer.name)
      if (settled === 0) return 0
      await noteDeed(deps, transaction, {
        ...{ viewer, action: 'market.settle_reports', subject: `product:${id}`, at: deps.now() },
        details: { reports: settled },
      })
      return settled
    })
}
