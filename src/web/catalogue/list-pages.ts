import { html } from 'hono/html'
import { fill } from '../../language/fill-text.ts'
import type { Kelurahan } from '../../language/places.ts'
import { slugOf } from '../../marketplace/addresses.ts'
import type { ListingNarrow, Overview } from '../../marketplace/catalogue/listing.ts'
import { cardGrid, categoryTitle } from './card-view.ts'
import type { CataloguePagesDeps, Shelf } from './catalogue-deps.ts'
import { root } from './catalogue-frame.ts'
import { countText } from './home-page.ts'
import { besides, pageAddress, pageLinks, pagesOf, spanOf } from './list-view.ts'
import { unknownPage } from './problem-pages.ts'
import { searchBox } from './search-box.ts'
import type { Sendable } from './send-page.ts'

/** How many pictures of a list are fetched at once: those that a phone shows first. */
const atOnce = 2

/** The products of a category. */
export async function makeCategory(shelf: Shelf, code: string, page: number): Promise<Sendable> {
  if (!Object.hasOwn(shelf.words().categories, code)) return unknownPage(shelf)
  const title = fill(shelf.texts().list.category_title, { category: categoryTitle(shelf, code) })
  return makeList(shelf, { narrow: { category: code }, title, path: `${root}/golongan/${code}`, page })
}

/** The products of a kelurahan, by its name as an address writes it. */
export async function makeArea(shelf: Shelf, slug: string, page: number): Promise<Sendable> {
  const place = placeOfSlug(shelf, slug)
  if (place === undefined) return unknownPage(shelf)
  const { list } = shelf.texts()
  return makeList(shelf, {
    narrow: { kelurahan: place.code },
    title: fill(list.area_title, { kelurahan: place.name }),
    lead: fill(list.area_lead, { kelurahan: place.name, district: place.district }),
    path: `${root}/kelurahan/${slug}`,
    page,
  })
}

function placeOfSlug({ language }: CataloguePagesDeps, slug: string): Kelurahan | undefined {
  return language.places.all.find(({ name }) => slugOf(name) === slug)
}

interface ListWish {
  readonly narrow: ListingNarrow
  readonly title: string
  readonly lead?: string
  readonly path: string
  readonly page: number
}

async function makeList(shelf: Shelf, { narrow, title, lead, path, page }: ListWish): Promise<Sendable> {
  const texts = shelf.texts()
  // Of pages that are none there is no end: they cost no reading.
  if (page > 1 && page > pagesOf(countIn(await shelf.overview(), narrow))) return unknownPage(shelf)
  const { products, total } = await shelf.catalogue.list(narrow, spanOf(page))
  const pages = pagesOf(total)
  if (page > pages) return unknownPage(shelf)
  const addressOf = (other: number) => pageAddress(path, other)
  return {
    view: {
      title,
      path: addressOf(page),
      description: lead ?? texts.site.description,
      crumbs: [],
      ...besides(page, pages, addressOf),
      body: html`<h1>${title}</h1>${lead === undefined ? '' : html`<p>${lead}</p>`}
${searchBox(texts)}
<p class="quiet">${total === 0 ? texts.list.empty : countText(shelf, total)}</p>
${total === 0 ? '' : cardGrid(shelf, products, atOnce)}${pageLinks(texts, { page, pages, addressOf })}`,
    },
  }
}

function countIn({ categories, kelurahan }: Overview, narrow: ListingNarrow): number {
  const [counts, wanted] =
    narrow.category === undefined ? [kelurahan, narrow.kelurahan] : [categories, narrow.category]
  return counts.find(({ code }) => code === wanted)?.count ?? 0
}
