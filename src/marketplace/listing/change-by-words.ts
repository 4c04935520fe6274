import type { ActionResult } from '../../flow/action.ts'
import { fill } from '../../language/fill-text.ts'
import { formatRupiah } from '../../language/format.ts'
import type { Product, Shop } from '../product.ts'
import { priceProblem } from './edit-product.ts'
import type { ListingDeps, OwnerContext } from './listing-deps.ts'
import { matchProducts } from './match-products.ts'
import { ownProduct, ownShop, wordsOf } from './own-product.ts'
import { decideMove } from './product-moves.ts'
import { namesOf, priceText, productRows } from './product-text.ts'
import { readWish, type Wish } from './read-wish.ts'

/** A change as a flow keeps it: of one product, or of all that it fits where `product_id` is 0. */
export interface WantedChange {
  readonly product_id: number
  readonly what: Wish['what']
  /** Whole rupiah; 0 where it is not known. */
  readonly price: number
  /** `raise`, `lower`, or nothing where the price is the new one. */
  readonly by: string
}

/** Reads what an owner wants in one sentence, and asks for whatever is not clear; nothing is changed yet. */
export async function changeByWords(
  deps: ListingDeps,
  context: OwnerContext,
  { utterance }: { readonly utterance: string },
): Promise<ActionResult> {
  const shop = await ownShop(deps, context)
  if (shop === undefined) return { outcome: 'no_shop', values: {} }
  const products = await deps.store.productsOf(context.transaction, shop.id)
  if (products.length === 0) return { outcome: 'no_products', values: {} }
  const { language } = deps
  const { reading } = deps.listingWords()
  const wish = readWish(utterance, { language, reading, products, now: context.now })
  if (wish === undefined) return { outcome: 'unclear', values: {} }
  const { what } = wish
  const change = { what, price: wish.amount ?? 0, by: wish.by ?? '' }
  const named = matchProducts(wish.target, products)
  const fitting = products.filter((product) => goes(product, what, shop, context))
  if (named.length === 0 && wish.target.length > 0 && !wish.all) {
    return { outcome: 'not_found', values: { ...change, rows: rowsOf(deps, products) } }
  }
  const meant = named.length > 1 ? narrow(named, fitting) : named
  const [only, ...others] = meant.length > 0 ? meant : fitting
  if (only === undefined) return { outcome: 'refused', values: { text: deps.listingWords().done.nothing } }
  if (others.length === 0) return confirm(deps, only, { ...change, product_id: only.id })
  const isAll = meant.length === 0 && what !== 'price' && (wish.all || what === 'show' || what === 'confirm')
  if (isAll) return confirmAll(deps, fitting, { ...change, product_id: 0 })
  return { outcome: 'which', values: { ...change, rows: rowsOf(deps, [only, ...others]) } }
}

/** Asks whether a change is meant, once the product is known. */
export async function confirmChange(
  deps: ListingDeps,
  context: OwnerContext,
  change: WantedChange,
): Promise<ActionResult> {
  const product = await ownProduct(deps, context, change.product_id)
  if (product === undefined) return { outcome: 'unknown', values: {} }
  return confirm(deps, product, change)
}

function confirm(deps: ListingDeps, product: Product, { what, price, by }: WantedChange): ActionResult {
  const words = wordsOf(deps)
  const { name } = product
  const kept = { product_id: product.id, what }
  if (what !== 'price') {
    const question = fill(words.listing.confirm[what], { name })
    return { outcome: 'confirm', values: { ...kept, price: 0, by: '', question } }
  }
  if (price === 0) return { outcome: 'need_price', values: { ...kept, by: '', name } }
  const next = nextPrice(product.price, price, by)
  const problem = priceProblem(next, words)
  if (problem !== undefined) return { outcome: 'refused', values: { text: problem } }
  const [from, to] = [priceText(product, words), formatRupiah(next)]
  const question = fill(words.listing.confirm.price, { name, from, to })
  return { outcome: 'confirm', values: { ...kept, price: next, by: '', question } }
}

function confirmAll(deps: ListingDeps, products: readonly Product[], change: WantedChange): ActionResult {
  const words = deps.listingWords()
  const { confirm: texts } = words
  if (change.what === 'price') return { outcome: 'unclear', values: {} }
  const name = fill(texts.many, { count: products.length, names: namesOf(products, words) })
  const question = fill(texts[change.what], { name })
  return { outcome: 'confirm', values: { ...change, question } }
}

/** "Naikkan harga abon 5rb" of Rp30.000 is Rp35.000; "naikkan harga abon 35rb" is just that. */
function nextPrice(now: number, amount: number, by: string): number {
  if (by === 'raise' && amount < now) return now + amount
  return by === 'lower' && amount < now / 2 ? now - amount : amount
}

function goes(product: Product, what: Wish['what'], shop: Shop, { now }: OwnerContext): boolean {
  if (what === 'price') return product.state !== 'removed'
  const canPublish = shop.consents.includes('publish')
  // A draft is no answer to "tampilkan": only what was shown once comes back by a word.
  if (what === 'show' && product.state !== 'hidden') return false
  // "Masih ada" says nothing of what was said to be sold out.
  if (what === 'confirm' && product.state === 'sold_out') return false
  const decided = decideMove(product, what, { canPublish, now })
  return decided.type === 'move' || decided.type === 'no_consent'
}

function narrow(named: readonly Product[], fitting: readonly Product[]): readonly Product[] {
  const both = named.filter((product) => fitting.includes(product))
  return both.length > 0 ? both : named
}

function rowsOf(deps: ListingDeps, products: readonly Product[]) {
  return productRows(products, wordsOf(deps))
}
