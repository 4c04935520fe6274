import { fill } from '../../language/fill-text.ts'
import type { Officer } from '../../staff/officer.ts'
import type { Transaction } from '../../storage/database.ts'
import { productPath } from '../addresses.ts'
import type { Product } from '../product.ts'
import { applyDecision } from './decide-product.ts'
import type { Left, MarketDesk } from './market-desk.ts'
import type { MarketDeskDeps } from './market-desk-deps.ts'
import { tellOwner } from './tell-owner.ts'
import { findInText } from './text-findings.ts'

type Seen = Parameters<MarketDesk['approveMany']>[1][number]

type Approved = Awaited<ReturnType<MarketDesk['approveMany']>>

/** So many at once, at most, keep others from what they change. */
const mostAtOnce = 20

/** Makes the use case. What is done of one shop is done at once: its owner is told once. */
export function createApproveMany(deps: MarketDeskDeps): MarketDesk['approveMany'] {
  const { store, desk } = deps
  return async (viewer, seen) => {
    const ids = seen.map(({ id }) => id)
    const shops = await store.transact((transaction) => desk.shopsOf(transaction, ids))
    const parts = [...Map.groupBy(seen, ({ id }) => shops.get(id))].flatMap(([, own]) => chunksOf(own))
    const outcomes: Approved[] = []
    for (const part of parts) outcomes.push(await approvePart(deps, viewer, part))
    return {
      done: outcomes.reduce((sum, { done }) => sum + done, 0),
      left: outcomes.flatMap(({ left }) => left).sort((one, other) => one.id - other.id),
    }
  }
}

function chunksOf(seen: readonly Seen[]): readonly (readonly Seen[])[] {
  const count = Math.ceil(seen.length / mostAtOnce)
  return Array.from({ length: count }, (_, at) => seen.slice(at * mostAtOnce, (at + 1) * mostAtOnce))
}

function approvePart(deps: MarketDeskDeps, viewer: Officer, seen: readonly Seen[]): Promise<Approved> {
  return deps.store.transact(async (transaction) => {
    const approved: Product[] = []
    const left: { id: number; name: string; why: Left }[] = []
    // By their numbers, as everybody locks them.
    for (const one of seen.toSorted((a, b) => a.id - b.id)) {
      const product = await deps.store.lockProduct(transaction, one.id)
      const why = await obstacle(deps, transaction, product, one)
      if (product === undefined || why !== undefined) {
        left.push({ id: one.id, name: product?.name ?? '', why: why ?? 'unknown' })
        continue
      }
      await applyDecision(deps, transaction, { product, viewer, decision: { type: 'approve' }, reason: '' })
      approved.push(product)
    }
    await tellOwners(deps, transaction, approved)
    return { done: approved.length, left }
  })
}

async function obstacle(
  { desk, words }: MarketDeskDeps,
  transaction: Transaction,
  product: Product | undefined,
  { id, version }: Seen,
): Promise<Left | undefined> {
  if (product === undefined) return 'unknown'
  if (product.version !== version) return 'moved'
  if (product.state !== 'waiting') return 'state'
  // What others told of it, and that its name hides pork, is on its page, which nobody has read here.
  if (findInText(product, words()).isHiddenPork) return 'pork'
  return (await desk.openReports(transaction, [id])).length > 0 ? 'reported' : undefined
}

/** Whoever has several approved at once is told in one message. */
async function tellOwners(
  deps: MarketDeskDeps,
  transaction: Transaction,
  products: readonly Product[],
): Promise<void> {
  const words = deps.ownerWords()
  const byShop = Map.groupBy(products, ({ shopId }) => shopId)
  for (const [shopId, own] of byShop) {
    const shop = await deps.store.shop(transaction, shopId)
    const [first] = own
    if (shop === undefined || first === undefined) continue
    const isPublished = shop.consents.includes('publish')
    const one = isPublished ? words.approved : words.approved_unpublished
    const text =
      own.length === 1 || !isPublished
        ? fill(one, {
            product: own.map(({ name }) => name).join(', '),
            page: `${deps.publicUrl()}${productPath(first)}`,
          })
        : fill(words.approved_many, {
            count: own.length,
            products: own.map(({ name }) => `• ${name}`).join('\n'),
          })
    const about = own.length === 1 ? `product:${first.id}` : `shop:${shopId}`
    await tellOwner(deps, transaction, { chatId: shop.chatId, about, text })
  }
}
