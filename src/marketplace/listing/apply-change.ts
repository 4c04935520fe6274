import type { ActionResult } from '../../flow/action.ts'
import { fill } from '../../language/fill-text.ts'
import type { Product, Shop } from '../product.ts'
import type { WantedChange } from './change-by-words.ts'
import { editOwnProduct } from './edit-own-product.ts'
import type { ListingDeps, OwnerContext } from './listing-deps.ts'
import { moveLocked, moveOwnProduct } from './move-own-product.ts'
import { lockOwnShop } from './own-product.ts'
import type { OwnerMove } from './product-moves.ts'
import { namesOf } from './product-text.ts'

/** Does what an owner agreed to, and says what is now. */
export async function applyChange(
  deps: ListingDeps,
  context: OwnerContext,
  { product_id, what, price }: WantedChange,
): Promise<ActionResult> {
  if (product_id === 0 && what !== 'price') return moveAll(deps, context, what)
  if (what !== 'price') return moveOwnProduct(deps, context, { product_id, what })
  const edited = await editOwnProduct(deps, context, { product_id, what, value: price })
  return edited.outcome === 'changed' ? { ...edited, outcome: 'done' } : edited
}

async function moveAll(deps: ListingDeps, context: OwnerContext, what: OwnerMove): Promise<ActionResult> {
  const shop = await lockOwnShop(deps, context)
  if (shop === undefined) return { outcome: 'unknown', values: {} }
  const { moved, isRefused } = await moveThose(deps, context, shop, what)
  if (moved.length === 0 && isRefused) {
    const { text, version } = deps.words().consents.publish
    return { outcome: 'no_consent', values: { consent: text.trim(), version } }
  }
  const { done } = deps.listingWords()
  if (moved.length === 0) return { outcome: 'refused', values: { text: done.nothing } }
  const text = { show: done.all_shown, sold_out: done.all_sold_out, hide: done.all_hidden }
  const told = what === 'show' || what === 'sold_out' || what === 'hide' ? text[what] : done.all_confirmed
  return { outcome: 'done', values: { text: fill(told, { names: namesOf(moved) }) } }
}

/** Moves every product of a locked shop that goes so and that `isMeant`; tells which were, and whether consent was missing. */
export async function moveThose(
  deps: Pick<ListingDeps, 'store' | 'search'>,
  context: OwnerContext,
  shop: Shop,
  what: OwnerMove,
  isMeant: (product: Product) => boolean = () => true,
): Promise<{ readonly moved: readonly Product[]; readonly isRefused: boolean }> {
  const { transaction } = context
  const moved: Product[] = []
  let isRefused = false
  const products = await deps.store.productsOf(transaction, shop.id)
  for (const { id } of [...products].sort((one, other) => one.id - other.id)) {
    const product = await deps.store.lockProduct(transaction, id)
    if (product === undefined || !isMeant(product)) continue
    // Drafts go to the officers one by one, when their owner says so.
    if (what === 'show' && (product.state !== 'hidden' || product.shownAt === undefined)) continue
    const decided = await moveLocked(deps, context, { shop, product }, what)
    if (decided.type === 'move') moved.push(product)
    if (decided.type === 'no_consent') isRefused = true
  }
  return { moved, isRefused }
}
