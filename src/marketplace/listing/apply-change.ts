import type { ActionResult } from '../../flow/action.ts'
import { fill } from '../../language/fill-text.ts'
import type { Product, Shop } from '../product.ts'
import type { WantedChange } from './change-by-words.ts'
import { editOwnProduct } from './edit-own-product.ts'
import type { ListingDeps, OwnerContext } from './listing-deps.ts'
import type { ListingWords } from './listing-words.ts'
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
  const words = deps.listingWords()
  const { done } = words
  if (moved.length === 0) return { outcome: 'refused', values: { text: done.nothing } }
  if (what !== 'sold_out' && what !== 'hide')
    return { outcome: 'done', values: { text: shownText(moved, words) } }
  const told = what === 'sold_out' ? done.all_sold_out : done.all_hidden
  return { outcome: 'done', values: { text: fill(told, { names: namesOf(moved, words) }) } }
}

/** Says of products, as they were before, what is still shown and what is shown again. */
export function shownText(products: readonly Product[], words: ListingWords): string {
  const { done } = words
  const back = products.filter(({ state }) => state !== 'shown')
  const stayed = products.filter(({ state }) => state === 'shown')
  return [
    ...(stayed.length === 0 ? [] : [fill(done.all_confirmed, { names: namesOf(stayed, words) })]),
    ...(back.length === 0 ? [] : [fill(done.all_shown, { names: namesOf(back, words) })]),
  ].join('\n')
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
    // Of what was said to be sold out nobody asks whether it is still there.
    if (what === 'confirm' && product.state === 'sold_out') continue
    const decided = await moveLocked(deps, context, { shop, product }, what)
    if (decided.type === 'move') moved.push(product)
    if (decided.type === 'no_consent') isRefused = true
  }
  return { moved, isRefused }
}
