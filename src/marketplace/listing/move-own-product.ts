import type { ActionResult } from '../../flow/action.ts'
import { fill } from '../../language/fill-text.ts'
import { moveProduct } from '../move-product.ts'
import type { Product, Shop } from '../product.ts'
import type { ListingDeps, OwnerContext } from './listing-deps.ts'
import { lockOwnProduct, owner, wordsOf } from './own-product.ts'
import { type Decided, decideMove, type OwnerMove } from './product-moves.ts'

/** Does what an owner wants with one product, and says what is now. */
export async function moveOwnProduct(
  deps: ListingDeps,
  context: OwnerContext,
  { product_id, what }: { readonly product_id: number; readonly what: OwnerMove },
): Promise<ActionResult> {
  const own = await lockOwnProduct(deps, context, product_id)
  if (own === undefined) return { outcome: 'unknown', values: {} }
  const decided = await moveLocked(deps, context, own, what)
  const { consents } = deps.words()
  if (decided.type === 'no_consent') {
    const { text, version } = consents.publish
    return { outcome: 'no_consent', values: { consent: text.trim(), version } }
  }
  return {
    outcome: decided.type === 'cannot' ? 'refused' : 'done',
    values: { text: told(deps, own.product, decided) },
  }
}

/** Moves a product that is locked, if it goes; tells what was decided. */
export async function moveLocked(
  deps: Pick<ListingDeps, 'store' | 'search'>,
  { transaction, now }: Pick<OwnerContext, 'transaction' | 'now'>,
  { shop, product }: { readonly shop: Shop; readonly product: Product },
  what: OwnerMove,
): Promise<Decided> {
  const canPublish = shop.state === 'active' && shop.consents.includes('publish')
  const decided = decideMove(product, what, { canPublish, now })
  if (decided.type === 'move') {
    const step = { what: decided.what, at: now, doer: owner }
    await moveProduct(deps, transaction, product.id, decided.changes, step)
  }
  return decided
}

function told(
  deps: Pick<ListingDeps, 'words' | 'listingWords'>,
  { name, state }: Product,
  decided: Exclude<Decided, { type: 'no_consent' }>,
): string {
  const { market, listing } = wordsOf(deps)
  const { done } = listing
  if (decided.type === 'already') return fill(done.already, { name, state: market.states[state] })
  if (decided.type === 'cannot') return fill(done.cannot, { name, state: market.states[state] })
  if (decided.what === 'submitted') return fill(done.submitted, { name })
  return fill(done.now, { name, state: market.states[decided.state] })
}
