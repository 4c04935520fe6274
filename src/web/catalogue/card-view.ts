import { html } from 'hono/html'
import { fill } from '../../language/fill-text.ts'
import { formatRupiah } from '../../language/format.ts'
import { productPath, slugOf } from '../../marketplace/addresses.ts'
import type { Halal } from '../../marketplace/product.ts'
import type { ProductCard } from '../../marketplace/search/search.ts'
import type { Html } from '../layout.ts'
import { mark } from '../mark.ts'
import type { CataloguePagesDeps } from './catalogue-deps.ts'
import { pictureHref, root } from './catalogue-frame.ts'

/** What words of a page are made of. */
export type Words = Pick<CataloguePagesDeps, 'texts' | 'words' | 'language'>

/** How wide a picture of a card is: half of a phone, a quarter of a wide page. */
const sizes = '(min-width: 66rem) 15rem, (min-width: 44rem) 30vw, 46vw'

/** Products side by side. The pictures of the first `eager` are fetched at once, the others when they come near. */
export function cardGrid(words: Words, cards: readonly ProductCard[], eager = 0): Html {
  return html`<ul class="goods">${cards.map((card, index) => cardView(words, card, index < eager))}</ul>`
}

function cardView(words: Words, card: ProductCard, isEager: boolean): Html {
  const { card: texts } = words.texts()
  const { name, price, unit, shopName, kelurahan } = card
  const from = { shop: shopName, kelurahan: placeName(words, kelurahan) }
  return html`<li><a class="good" href="${productPath(card)}"><span class="shot">${cardPhoto(card.photo, isEager)}${stateMark(words, card)}</span>
<b class="name">${name}</b><span class="price">${fill(texts.price, { price: formatRupiah(price), unit })}</span>${halalNote(words, card)}<span class="from">${fill(texts.from, from)}</span></a></li>
`
}

function cardPhoto(photo: string | undefined, isEager: boolean): Html {
  if (photo === undefined) return html`<span class="unseen">${mark}</span>`
  const [small, large] = [pictureHref(photo, 'w160'), pictureHref(photo, 'w480')]
  return html`<img src="${large}" srcset="${small} 160w, ${large} 480w" sizes="${sizes}" width="480" height="480" alt=""${isEager ? html` fetchpriority="high"` : html` loading="lazy"`} decoding="async">`
}

/** Sold out, or made to order: told on the picture. */
function stateMark(
  { texts }: Words,
  { soldOut, availability }: Pick<ProductCard, 'soldOut' | 'availability'>,
): Html | '' {
  const { card } = texts()
  if (soldOut) return html`<span class="stamp out">${card.sold_out}</span>`
  return availability === 'preorder' ? html`<span class="stamp">${card.preorder}</span>` : ''
}

/** Whether it is halal, where that means anything; pork stands out. */
function halalNote(words: Words, { halal, isProven }: Pick<ProductCard, 'halal' | 'isProven'>): Html | '' {
  if (halal === 'not_food') return ''
  return html`<span class="${halal === 'pork' ? 'halal pork' : 'halal'}">${halalText(words, halal, isProven)}</span>`
}

/** What is told of halal; a certificate that no officer has seen is the seller's word. */
export function halalText({ texts, words }: Words, halal: Halal, isProven: boolean): string {
  const said = words().halal[halal]
  return halal === 'certified' && !isProven ? fill(texts().product.claimed, { halal: said }) : said
}

/** The name of a kelurahan; its code where the city has no such. */
export function placeName({ language }: Pick<Words, 'language'>, code: string): string {
  return language.places.byCode(code)?.name ?? code
}

/** The name of a category; its code where the words have no such. */
export function categoryTitle({ words }: Pick<Words, 'words'>, code: string): string {
  return words().categories[code]?.title ?? code
}

/** Where the products of a kelurahan are. */
export function areaPath(words: Pick<Words, 'language'>, code: string): string {
  return `${root}/kelurahan/${slugOf(placeName(words, code))}`
}
