import type { ActionResult } from '../../flow/action.ts'
import { fill } from '../../language/fill-text.ts'
import { mostProducts, type Product } from '../product.ts'
import type { ListingDeps, OwnerContext } from './listing-deps.ts'
import {
  availabilityOf,
  emptyDraft,
  halalOf,
  type ListingDraft,
  nextQuestion,
  sameProduct,
} from './listing-draft.ts'
import { ownShop, wordsOf } from './own-product.ts'
import { productLabel, productLines } from './product-text.ts'
import { pictureIds } from './take-photos.ts'

/** Begins to list a product: with nothing told yet. */
export async function beginListing(deps: ListingDeps, context: OwnerContext): Promise<ActionResult> {
  const { transaction, contactId } = context
  const shop = await ownShop(deps, context)
  if (shop === undefined && (await deps.listing.hasClosedShop(transaction, contactId)))
    return { outcome: 'closed', values: {} }
  const products = shop ? await deps.store.productsOf(transaction, shop.id) : []
  if (isFull(products)) return { outcome: 'full', values: { text: fullText(deps) } }
  const { publish, contact } = deps.words().consents
  const values = {
    ...emptyDraft,
    ...{ pictures: '', note: '', publish: '', contact: '', phone: '' },
    ...{ publish_text: publish.text.trim(), publish_version: publish.version },
    ...{ contact_text: contact.text.trim(), contact_version: contact.version },
  }
  return { outcome: 'ready', values }
}

/** Whether a shop holds as many products as it may; what an officer removed does not count. */
export function isFull(products: readonly Product[]): boolean {
  return products.filter(({ state }) => state !== 'removed').length >= mostProducts
}

/** That it does, in words. */
export function fullText({ listingWords }: Pick<ListingDeps, 'listingWords'>): string {
  return fill(listingWords().refusals.full, { most: mostProducts })
}

/** Asks for what is missing first, with what one may choose from; says all back where nothing is. */
export async function askNext(
  deps: ListingDeps,
  context: OwnerContext,
  draft: ListingDraft,
): Promise<ActionResult> {
  const words = wordsOf(deps)
  const shop = await ownShop(deps, context)
  const products = shop ? await deps.store.productsOf(context.transaction, shop.id) : []
  const same = draft.name === '' ? undefined : sameProduct(draft.name, products)
  const next = nextQuestion(draft, { hasShop: shop !== undefined, same }, words)
  switch (next) {
    case 'same':
      return {
        outcome: next,
        values: { product_id: same?.id ?? 0, same: same === undefined ? '' : productLabel(same, words) },
      }
    case 'unit':
      return { outcome: next, values: { rows: unitRows(deps) } }
    case 'category':
      return { outcome: next, values: { rows: categoryRows(deps, draft.name) } }
    case 'summary':
      return {
        outcome: next,
        values: { summary: summaryOf(deps, draft, shop?.name), pictures: pictureIds(draft.photos) },
      }
    default:
      return { outcome: next, values: {} }
  }
}

/** Units to choose from, with other words for each. */
export function unitRows({ words }: Pick<ListingDeps, 'words'>) {
  return Object.entries(words().units).map(([unit, others]) => ({ unit, words: others.join(',') }))
}

/** Categories to choose from: those that the name tells of first. */
export function categoryRows({ words, search }: Pick<ListingDeps, 'words' | 'search'>, name: string) {
  const { categories } = words()
  const known = Object.keys(categories)
  const suggested = search.suggestCategories(name).filter((code) => known.includes(code))
  return [...new Set([...suggested, ...known])].map((category) => ({
    category,
    label: categories[category]?.title ?? category,
    words: (categories[category]?.words ?? []).map((word) => word.replaceAll(',', ' ')).join(','),
  }))
}

function summaryOf(deps: ListingDeps, draft: ListingDraft, shopName: string | undefined): string {
  const words = wordsOf(deps)
  const { language } = deps
  const product = { ...draft, halal: halalOf(draft, words), availability: availabilityOf(draft) }
  const place = language.places.byCode(draft.kelurahan)?.name ?? draft.kelurahan
  const certificate =
    product.halal === 'certified' ? `${words.market.papers.halal}: ${draft.certificate}` : ''
  const shop = shopName ?? `${draft.shop_name}, ${fill(words.listing.card.place, { place })}`
  return [...productLines(product, words), certificate, shop].filter((line) => line !== '').join('\n')
}
