import { fill } from '../../language/fill-text.ts'
import { formatRupiah } from '../../language/format.ts'
import type { Places } from '../../language/places.ts'
import { shopPath } from '../addresses.ts'
import type { MarketWords } from '../market-words.ts'
import type { Product, Shop } from '../product.ts'
import { publicStates } from '../product.ts'
import type { CheckingWords } from './check-words.ts'
import type { ListingWords } from './listing-words.ts'

/** The price of a product as its owner reads it: "Rp35.000 / bungkus". */
export function priceText({ price, unit }: Pick<Product, 'price' | 'unit'>, words: CheckingWords): string {
  return fill(words.listing.card.price, { price: formatRupiah(price), unit })
}

/** A product in a list of one's own: "Abon ikan, Rp35.000 / bungkus (Tampil)". */
export function productLabel(product: Product, words: CheckingWords): string {
  return `${product.name}, ${priceText(product, words)} (${words.market.states[product.state]})`
}

/** Products to choose from, each by its name too. */
export function productRows(products: readonly Product[], words: CheckingWords) {
  return products.map((product) => ({
    ...{ product_id: product.id, label: productLabel(product, words) },
    words: product.name.replaceAll(',', ' '),
  }))
}

/** What a category is called; its code where the words do not know it any more. */
export function categoryTitle(code: string, { categories }: MarketWords): string {
  return categories[code]?.title ?? code
}

/** What a product is, line by line, as its owner reads it. */
export function productLines(
  product: Pick<Product, 'name' | 'price' | 'unit' | 'availability' | 'category' | 'halal'>,
  words: CheckingWords,
): readonly string[] {
  const { market } = words
  return [
    product.name,
    `${priceText(product, words)}, ${market.availability[product.availability]}`,
    [
      categoryTitle(product.category, market),
      ...(product.halal === 'not_food' ? [] : [market.halal[product.halal]]),
    ].join(', '),
  ]
}

/** A product as its owner reads it, with what there is to know of where it stands. */
export function productCard(product: Product, words: CheckingWords): string {
  const { card } = words.listing
  const reason =
    product.state === 'hidden'
      ? product.reason === 'unconfirmed' && card.unconfirmed
      : (product.state === 'needs_fix' || product.state === 'removed') &&
        product.reason !== undefined &&
        fill(card.reason, { reason: product.reason })
  return [
    ...productLines(product, words),
    product.description,
    words.market.states[product.state],
    reason === false ? '' : reason,
    product.state === 'removed' && product.appeal !== undefined ? card.appealed : '',
    product.photos.length === 0 ? card.no_photo : '',
  ]
    .filter((line) => line !== '')
    .join('\n')
}

const mostNamed = 5

/** Names in a row, the first five: "Abon, Madu, Keripik". */
export function namesOf(
  products: readonly Pick<Product, 'name'>[],
  { week }: Pick<ListingWords, 'week'>,
): string {
  const named = products.slice(0, mostNamed).map(({ name }) => name)
  const count = products.length - named.length
  return count === 0 ? named.join(', ') : `${named.join(', ')} ${fill(week.more, { count })}`
}

/** Whether anybody may see the product, as far as it alone tells. */
export function isPublic({ state }: Pick<Product, 'state'>): boolean {
  return publicStates.some((each) => each === state)
}

/** Whether the product is shown as one that is to be had: what is sold out is not. */
export function isShown({ state }: Pick<Product, 'state'>): boolean {
  return state === 'shown'
}

/** A shop as its owner reads it. */
export function shopCard(
  shop: Shop,
  {
    products,
    hasPhone,
    places,
    publicUrl,
  }: {
    readonly products: readonly Product[]
    readonly hasPhone: boolean
    readonly places: Places
    readonly publicUrl: string
  },
  words: CheckingWords,
): string {
  const { card } = words.listing
  const { market } = words
  const given = shop.consents.includes('contact') ? card.number_given : card.number_kept
  const counts = Object.entries(market.states).flatMap(([state, title]) => {
    const count = products.filter((product) => product.state === state).length
    return count === 0 ? [] : [`${count} ${title}`]
  })
  const isThere = shop.consents.includes('publish') && shop.state === 'active' && products.some(isPublic)
  return [
    `${shop.name} (${isThere ? card.published : card.unpublished})`,
    shop.description,
    fill(card.place, { place: places.byCode(shop.kelurahan)?.name ?? shop.kelurahan }),
    fill(card.handover, { ways: shop.handover.map((way) => market.handover[way]).join(', ') }),
    fill(card.payments, { ways: shop.payments.map((way) => market.payments[way]).join(', ') }),
    fill(card.number, { number: hasPhone ? given : card.number_none }),
    fill(card.counts, { counts: counts.length === 0 ? card.no_products : counts.join(', ') }),
    ...(isThere ? [fill(card.page, { link: publicUrl + shopPath(shop) })] : []),
  ]
    .filter((line) => line !== '')
    .join('\n')
}
