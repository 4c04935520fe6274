import { html } from 'hono/html'
import type { ProductCard } from '../../marketplace/search/search.ts'
import type { Html } from '../layout.ts'
import { cardGrid } from './card-view.ts'
import type { CataloguePagesDeps, Shelf } from './catalogue-deps.ts'
import { root } from './catalogue-frame.ts'
import { categoryTiles } from './home-page.ts'
import type { KeptPage } from './kept-pages.ts'
import { searchBox } from './search-box.ts'
import { toPage } from './send-page.ts'

/** So many that are alike are shown in the place of one that is gone. */
const mostSimilar = 8

type Problem = Exclude<keyof ReturnType<CataloguePagesDeps['texts']>['problems'], 'similar'>

/** There is no such page, and what there is instead. */
export function unknownPage(shelf: Shelf): Promise<KeptPage> {
  return shelf.problems.get('unknown', async () => {
    const tiles = categoryTiles(shelf, await shelf.catalogue.overview())
    return toPage(shelf, { view: problemView(shelf, 'unknown', tiles), status: 404 })
  })
}

/** What was here once, and what is like it. */
export function gonePage(
  shelf: Shelf,
  what: 'gone' | 'shop_gone' | 'no_contact',
  category?: string,
): Promise<KeptPage> {
  return shelf.problems.get(`${what} ${category ?? ''}`, async () => {
    const span = { offset: 0, limit: mostSimilar }
    const { products } = await shelf.catalogue.list(category === undefined ? {} : { category }, span)
    const view = problemView(shelf, what, similar(shelf, products))
    return toPage(shelf, { view, status: what === 'no_contact' ? 404 : 410 })
  })
}

/** A page that says what is the matter, with a way on. */
export function problemView(shelf: CataloguePagesDeps, problem: Problem, more: Html | '' = '') {
  const texts = shelf.texts()
  const { title, text } = texts.problems[problem]
  const body = html`<h1>${title}</h1><p>${text}</p>
${searchBox(texts)}${more}
<p><a class="button second" href="${root}">${texts.report.to_catalogue}</a></p>`
  return { title, body, crumbs: [] }
}

function similar(shelf: Shelf, products: readonly ProductCard[]): Html | '' {
  if (products.length === 0) return ''
  return html`<section><h2>${shelf.texts().problems.similar}</h2>${cardGrid(shelf, products)}</section>`
}
