import { html } from 'hono/html'
import { fill } from '../../language/fill-text.ts'
import { formatRupiah } from '../../language/format.ts'
import type { FoundProducts, ProductQuery } from '../../marketplace/search/search.ts'
import type { Html } from '../layout.ts'
import { cardGrid, categoryTitle, placeName } from './card-view.ts'
import type { Shelf } from './catalogue-deps.ts'
import { categoryTiles, countText } from './home-page.ts'
import { pageLinks, pagesOf, spanOf } from './list-view.ts'
import { unknownPage } from './problem-pages.ts'
import { searchForm } from './search-form.ts'
import { queryOf, type SearchWish, wishAddress } from './search-wish.ts'
import type { Sendable } from './send-page.ts'

/** The search counts no further. */
const mostCounted = 1_000
/** How many pictures of the results are fetched at once: those that a phone shows first. */
const atOnce = 2

/** What was found. */
export async function makeSearch(shelf: Shelf, wish: SearchWish): Promise<Sendable> {
  const query = queryOf(shelf, wish)
  const found = await shelf.catalogue.find(query, spanOf(wish.page))
  const pages = pagesOf(found.total)
  if (wish.page > pages) return unknownPage(shelf)
  const { search } = shelf.texts()
  const title = wish.words === '' ? search.title : fill(search.title_for, { words: wish.words })
  return {
    view: {
      title,
      crumbs: [],
      body: html`<h1>${title}</h1>
${searchForm(shelf, wish)}
${readAs(shelf, wish, query)}
${found.total === 0 ? await nothing(shelf) : results(shelf, wish, found)}`,
    },
    finds: found.products.map(({ id }) => id),
  }
}

function results(shelf: Shelf, wish: SearchWish, { products, total, quality }: FoundProducts): Html {
  const { search, ...texts } = shelf.texts()
  const addressOf = (page: number) => wishAddress(wish, page)
  return html`<section aria-label="${search.title}"><p class="quiet" role="status">${
    quality === 'near' ? search.near : countText(shelf, total, total >= mostCounted)
  }</p>
${cardGrid(shelf, products, atOnce)}${pageLinks({ search, ...texts }, { page: wish.page, pages: pagesOf(total), addressOf })}</section>`
}

async function nothing(shelf: Shelf): Promise<Html> {
  const { search } = shelf.texts()
  const overview = await shelf.overview()
  return html`<div class="panel none" role="status"><p><b>${search.none}</b></p><p>${search.none_next}</p></div>
${categoryTiles(shelf, overview)}`
}

/** What was understood of the words beside what is looked for: whoever was misunderstood can see why. */
function readAs(shelf: Shelf, wish: SearchWish, query: ProductQuery): Html | '' {
  const { search } = shelf.texts()
  const read = readParts(shelf, wish, query)
  if (read.length === 0) return ''
  return html`<p class="read">${search.read_as} ${read.map((part) => html`<span>${part}</span> `)}</p>`
}

function readParts(shelf: Shelf, wish: SearchWish, query: ProductQuery): readonly string[] {
  const { read } = shelf.texts().search
  const told = (text: string, name: string, value: string | undefined) =>
    value === undefined ? [] : [fill(text, { [name]: value })]
  const price = (value: number | undefined) => (value === undefined ? undefined : formatRupiah(value))
  const place = (code: string | undefined) => (code === undefined ? undefined : placeName(shelf, code))
  const { category, kelurahan, district, near, minPrice, maxPrice } = query
  return [
    ...(wish.category === undefined && category !== undefined
      ? told(read.category, 'category', categoryTitle(shelf, category))
      : []),
    ...(wish.place === undefined
      ? [...told(read.kelurahan, 'kelurahan', place(kelurahan)), ...told(read.district, 'district', district)]
      : []),
    ...told(read.near, 'kelurahan', place(near)),
    ...told(read.min_price, 'price', price(minPrice)),
    ...(wish.maxPrice === undefined ? told(read.max_price, 'price', price(maxPrice)) : []),
    ...(query.withoutPork === true && !wish.withoutPork ? [read.without_pork] : []),
    ...(query.onlyCertified === true ? [read.certified] : []),
    ...(query.onlyInStock === true && !wish.onlyInStock ? [read.in_stock] : []),
  ]
}
