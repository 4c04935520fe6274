import { html } from 'hono/html'
import { fill } from '../../language/fill-text.ts'
import { shopPath } from '../../marketplace/addresses.ts'
import type { ListedProduct, ListedShop, VerifiedPaper } from '../../marketplace/catalogue/listing.ts'
import type { Html } from '../layout.ts'
import { areaPath, categoryTitle, halalText, placeName, type Words } from './card-view.ts'

/** What is known of a product, in pairs. */
export function productFacts(words: Words, product: ListedProduct): Html {
  const { product: texts, card } = words.texts()
  const { shop, category, availability, soldOut, papers } = product
  return html`<dl class="facts"><div><dt>${texts.shop}</dt><dd><a href="${shopPath(shop)}">${shop.name}</a></dd></div>
${shopPlace(words, shop)}
<div><dt>${texts.availability}</dt><dd>${soldOut ? card.sold_out : words.words().availability[availability]}</dd></div>
<div><dt>${texts.category}</dt><dd>${categoryTitle(words, category)}</dd></div>
${halalFact(words, product)}
${shopWays(words, shop)}
${paperFact(words, papers)}</dl>`
}

function halalFact(words: Words, { halal, papers }: ListedProduct): Html | '' {
  if (halal === 'not_food') return ''
  const { product } = words.texts()
  return html`<div><dt>${product.halal}</dt><dd>${halalText(words, halal, papers.includes('halal'))}</dd></div>`
}

/** Where a shop is. */
export function shopPlace(words: Words, { kelurahan }: ListedShop): Html {
  const { product } = words.texts()
  const district = words.language.places.byCode(kelurahan)?.district ?? ''
  const text = fill(product.place_text, { kelurahan: placeName(words, kelurahan), district })
  return html`<div><dt>${product.place}</dt><dd><a href="${areaPath(words, kelurahan)}">${text}</a></dd></div>`
}

/** How goods come to the buyer, and money to the shop; left out where the owner did not say. */
export function shopWays(words: Words, { handover, payments }: ListedShop): Html {
  const { product } = words.texts()
  const market = words.words()
  const ways = (title: string, said: readonly string[]) =>
    said.length === 0 ? '' : html`<div><dt>${title}</dt><dd>${said.join(', ')}</dd></div>`
  return html`${ways(
    product.handover,
    handover.map((way) => market.handover[way]),
  )}${ways(
    product.payments,
    payments.map((way) => market.payments[way]),
  )}`
}

/** Papers that staff verified. */
export function paperFact(words: Words, papers: readonly VerifiedPaper[]): Html | '' {
  if (papers.length === 0) return ''
  const { product } = words.texts()
  const names = words.words().papers
  return html`<div><dt>${product.papers}</dt><dd>${papers.map(
    (paper) => html`<span class="paper">${fill(product.paper, { paper: names[paper] })}</span> `,
  )}</dd></div>`
}
