import { fill } from '../../language/fill-text.ts'
import type { Officer } from '../../staff/officer.ts'
import type { Transaction } from '../../storage/database.ts'
import { productPath } from '../addresses.ts'
import { moveProduct } from '../move-product.ts'
import type { Product, Shop } from '../product.ts'
import type { ProductChanges } from '../store-writes.ts'
import type { Decision, DecisionKind } from './decision.ts'
import { decisionsFor, reasonText } from './decisions.ts'
import type { MarketDesk } from './market-desk.ts'
import type { MarketDeskDeps } from './market-desk-deps.ts'
import { noteDeed } from './note-deed.ts'
import { snapshotOf } from './product-snapshot.ts'
import { tellOwner } from './tell-owner.ts'

/** What a decision is called in the product's history. */
const steps: Readonly<Record<DecisionKind, string>> = {
  approve: 'approved',
  ask_fix: 'fix_asked',
  remove: 'removed',
  restore: 'restored',
  refuse_appeal: 'appeal_refused',
}

/** Makes the use case. */
export function createDecideProduct(deps: MarketDeskDeps): MarketDesk['decide'] {
  const { store, desk } = deps
  return async (viewer, id, version, decision) => {
    const reason = reasonText(decision, deps.words().reasons)
    if (reason.type !== 'text') return { type: reason.type }
    return store.transact(async (transaction) => {
      const product = await store.lockProduct(transaction, id)
      if (product === undefined) return { type: 'unknown' }
      if (product.version !== version) {
        const [last] = await desk.history(transaction, id, 1)
        return { type: 'moved', last }
      }
      if (!decisionsFor(product).includes(decision.type)) return { type: 'state' }
      await applyDecision(deps, transaction, { product, viewer, decision, reason: reason.text })
      const shop = await store.shop(transaction, product.shopId)
      const text = ownerText(deps, product, shop, decision, reason.text)
      const told = await tellOwner(deps, transaction, { chatId: shop?.chatId, about: `product:${id}`, text })
      return { type: 'done', told }
    })
  }
}

/** A decision that holds, about a product that is locked. */
interface Deciding {
  readonly product: Product
  readonly viewer: Officer
  readonly decision: Decision
  readonly reason: string
}

/** Does what a decision says, but for telling the owner. */
export async function applyDecision(
  deps: MarketDeskDeps,
  transaction: Transaction,
  { product, viewer, decision, reason }: Deciding,
): Promise<void> {
  const { desk } = deps
  const { id } = product
  const now = deps.now()
  const changes = changesOf(product, decision, reason, now, viewer)
  await moveProduct(deps, transaction, id, changes, {
    ...{ what: steps[decision.type], at: now, doer: { type: 'staff', by: viewer.name } },
    ...(reason === '' ? {} : { details: reason }),
  })
  if (decision.type === 'approve' || decision.type === 'restore') {
    await desk.keepApproval(transaction, id, { at: now, by: viewer.name, was: snapshotOf(product) })
  }
  // Whoever decides about a product has read what others told of it.
  const settled =
    decision.type === 'refuse_appeal' ? 0 : await desk.settleReports(transaction, id, now, viewer.name)
  await noteDeed(deps, transaction, {
    ...{ viewer, action: `market.${decision.type}`, subject: `product:${id}`, at: now },
    details: {
      from: product.state,
      ...('reason' in decision ? { reason: decision.reason } : {}),
      ...(settled > 0 ? { reports: settled } : {}),
    },
  })
}

function changesOf(
  { state, shownAt, ...product }: Product,
  { type }: Decision,
  reason: string,
  now: Date,
  { name }: Officer,
): ProductChanges {
  const decided = { decidedAt: now, decidedBy: name, appeal: null }
  const wasSoldOut = product.wasSoldOut || state === 'sold_out'
  switch (type) {
    case 'approve':
    case 'restore':
      return {
        ...{ ...decided, state: wasSoldOut ? 'sold_out' : 'shown', reason: null, appealedAt: null },
        ...{ wasSoldOut: false, shownAt: shownAt ?? now },
        ...(wasSoldOut ? {} : { confirmedAt: now, misses: 0 }),
      }
    case 'ask_fix':
      return { ...decided, state: 'needs_fix', reason, wasSoldOut }
    case 'remove':
      return { ...decided, state: 'removed', reason, wasSoldOut }
    case 'refuse_appeal':
      return decided
  }
}

function ownerText(
  deps: MarketDeskDeps,
  product: Product,
  shop: Shop | undefined,
  { type }: Decision,
  reason: string,
): string {
  const words = deps.ownerWords()
  const values = { product: product.name, reason, page: `${deps.publicUrl()}${productPath(product)}` }
  switch (type) {
    case 'approve': {
      const isPublished = shop?.consents.includes('publish') === true
      return fill(isPublished ? words.approved : words.approved_unpublished, values)
    }
    case 'ask_fix':
      return fill(words.ask_fix, values)
    case 'remove':
      return fill(words.removed, values)
    case 'restore':
      return fill(words.restored, values)
    case 'refuse_appeal':
      return fill(words.appeal_refused, values)
  }
}
