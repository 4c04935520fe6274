import type { ActionResult } from '../../flow/action.ts'
import { fill } from '../../language/fill-text.ts'
import { moveProduct } from '../move-product.ts'
import type { Product, Shop } from '../product.ts'
import { moveThose, shownText } from './apply-change.ts'
import type { ListingDeps, OwnerContext } from './listing-deps.ts'
import { lockOwnShop, owner } from './own-product.ts'
import { isPublic, namesOf } from './product-text.ts'
import { type HeardWeek, hearWeek, isUnconfirmed, wishesOf } from './read-week.ts'
import { isOpen } from './tend-listing.ts'

/** Notes that all that is shown is still there; what hid itself for want of an answer comes back. */
export async function confirmWeek(deps: ListingDeps, context: OwnerContext): Promise<ActionResult> {
  const shop = await lockOwnShop(deps, context)
  if (shop === undefined) return { outcome: 'none', values: {} }
  return confirmed(deps, context, shop)
}

async function confirmed(deps: ListingDeps, context: OwnerContext, shop: Shop): Promise<ActionResult> {
  const words = deps.listingWords()
  const { moved } = await moveThose(deps, context, shop, 'confirm')
  const text = moved.length === 0 ? words.done.nothing : shownText(moved, words)
  return { outcome: 'confirmed', values: { text } }
}

/** Hears an answer in words to the weekly question: "masih", "madu habis, yang lain masih". What is not spoken of is asked about. */
export async function answerWeek(
  deps: ListingDeps,
  context: OwnerContext,
  { words }: { readonly words: string },
): Promise<ActionResult> {
  const shop = await lockOwnShop(deps, context)
  if (shop === undefined) return { outcome: 'none', values: {} }
  const { language } = deps
  const { reading } = deps.listingWords()
  const products = await deps.store.productsOf(context.transaction, shop.id)
  const wishes = wishesOf(words, { language, reading, products, now: context.now })
  if (wishes.some(({ what }) => what === 'price' || what === 'hide'))
    return { outcome: 'unclear', values: {} }
  const open = products.filter((product) => isOpen(product, context.now))
  const asked = open.length > 0 ? open : products.filter(isUnconfirmed)
  const heard = hearWeek(wishes, products, asked)
  if (heard === undefined) return { outcome: 'unclear', values: {} }
  if (heard === 'which') return { outcome: 'which', values: {} }
  const { told, stayed, isNews } = await noteWeek(deps, context, shop, heard)
  const text = told === '' ? deps.listingWords().done.nothing : told
  const spoken = idsOf([...heard.gone, ...heard.there])
  const isLeft = asked.some(({ id }) => !spoken.has(id))
  const isAsking = heard.isRestThere ? heard.apart.some(({ id }) => !spoken.has(id)) : isLeft && isNews
  if (isAsking) return { outcome: 'rest', values: { text } }
  return { outcome: stayed ? 'stays_hidden' : 'confirmed', values: { text } }
}

/** Notes what was heard, and says it back; `stayed`: something stays hidden because it is sold out. `isNews`: something is other than it was. */
async function noteWeek(
  deps: ListingDeps,
  context: OwnerContext,
  shop: Shop,
  { gone, there, apart, isRestThere }: HeardWeek,
): Promise<{ readonly told: string; readonly stayed: boolean; readonly isNews: boolean }> {
  const words = deps.listingWords()
  const [goneIds, thereIds, apartIds] = [idsOf(gone), idsOf(there), idsOf(apart)]
  const sold = await moveThose(deps, context, shop, 'sold_out', ({ id }) => goneIds.has(id))
  const hidden = gone.filter(isUnconfirmed)
  for (const { id } of hidden) await keepHidden(deps, context, id)
  const isThere = ({ id }: Product) =>
    !goneIds.has(id) && (thereIds.has(id) || (isRestThere && !apartIds.has(id)))
  const stayed = await moveThose(deps, context, shop, 'confirm', isThere)
  const back = await moveThose(
    ...([deps, context, shop, 'back'] as const),
    (product) => product.state === 'sold_out' && thereIds.has(product.id) && !goneIds.has(product.id),
  )
  const moved = [...stayed.moved, ...back.moved]
  const soldOut = gone.filter(isPublic)
  const lines = [
    soldOut.length === 0 ? '' : fill(words.week.sold_out, { names: namesOf(soldOut, words) }),
    hidden.length === 0 ? '' : fill(words.week.stays_hidden, { names: namesOf(hidden, words) }),
    moved.length === 0 ? '' : shownText(moved, words),
  ]
  return {
    told: lines.filter((line) => line !== '').join('\n'),
    stayed: hidden.length > 0,
    isNews: sold.moved.length + hidden.length + moved.length > 0,
  }
}

/** What hid itself and is sold out stays hidden by its owner's word: "masih" for all brings it back no more. */
async function keepHidden(deps: ListingDeps, { transaction, now }: OwnerContext, id: number): Promise<void> {
  const product = await deps.store.lockProduct(transaction, id)
  if (product === undefined || !isUnconfirmed(product)) return
  await moveProduct(deps, transaction, id, { reason: 'owner' }, { what: 'hidden', at: now, doer: owner })
}

function idsOf(products: readonly Product[]): ReadonlySet<number> {
  return new Set(products.map(({ id }) => id))
}
