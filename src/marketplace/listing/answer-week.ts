import type { ActionResult } from '../../flow/action.ts'
import { fill } from '../../language/fill-text.ts'
import type { Product, Shop } from '../product.ts'
import { moveThose, shownText } from './apply-change.ts'
import type { ListingDeps, OwnerContext } from './listing-deps.ts'
import { matchProducts } from './match-products.ts'
import { lockOwnShop } from './own-product.ts'
import { isPublic, isShown, namesOf } from './product-text.ts'
import { clausesOf, readWish, type Wish } from './read-wish.ts'

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

/** Hears an answer in words to the weekly question: "masih", "madu habis, yang lain masih". */
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
  const told = clausesOf(words, reading).map((clause) => ({
    clause,
    wish: readWish(clause, { language, reading, products, now: context.now }),
  }))
  const wishes = told.flatMap(({ wish }) => (wish === undefined ? [] : [wish]))
  if (wishes.length === 0 || wishes.some(({ what }) => what === 'price' || what === 'hide'))
    return { outcome: 'unclear', values: {} }
  const gone = soldOutOf(wishes, products)
  if (gone === undefined) return { outcome: 'which', values: {} }
  if (gone.length === 0) return confirmed(deps, context, shop)
  const isMeant = ({ id }: Product) => gone.some((each) => each.id === id)
  const { moved } = await moveThose(deps, context, shop, 'sold_out', isMeant)
  const listing = deps.listingWords()
  const text = fill(listing.week.sold_out, { names: namesOf(gone, listing) })
  const left = products.filter((product) => isShown(product) && !isMeant(product))
  if (left.length === 0 || moved.length === 0) return { outcome: 'confirmed', values: { text } }
  // "Yang lain masih" answers for the rest.
  if (!wishes.some(({ what }) => what !== 'sold_out')) return { outcome: 'rest', values: { text } }
  await moveThose(deps, context, shop, 'confirm', (product) => !isMeant(product))
  return { outcome: 'confirmed', values: { text } }
}

/** The products that are said to be sold out; undefined where something is, but not which. */
function soldOutOf(wishes: readonly Wish[], products: readonly Product[]): readonly Product[] | undefined {
  const shown = products.filter(isShown)
  const gone = new Map<number, Product>()
  for (const { what, target, all } of wishes) {
    if (what !== 'sold_out') continue
    const fitting = all ? shown : matchProducts(target, products.filter(isPublic))
    const open = fitting.filter(isShown)
    const meant = open.length > 0 ? open : fitting
    const named = meant.length === 0 && shown.length === 1 ? shown : meant
    if (named.length === 0 || (named.length > 1 && !all)) return undefined
    for (const product of named) gone.set(product.id, product)
  }
  return [...gone.values()]
}
