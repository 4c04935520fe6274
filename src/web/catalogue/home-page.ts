import { html } from 'hono/html'
import { fill } from '../../language/fill-text.ts'
import { formatNumber } from '../../language/format.ts'
import { slugOf } from '../../marketplace/addresses.ts'
import type { Overview } from '../../marketplace/catalogue/listing.ts'
import type { Html } from '../layout.ts'
import { mark } from '../mark.ts'
import { cardGrid, categoryTitle, type Words } from './card-view.ts'
import type { Shelf } from './catalogue-deps.ts'
import { pictureHref, root } from './catalogue-frame.ts'
import { searchBox } from './search-box.ts'
import type { Made } from './send-page.ts'

const mostNew = 12

/** The first page: looking for something, categories, what is new, and where it is from. */
export async function makeHome(shelf: Shelf): Promise<Made> {
  const { site, home, ...texts } = shelf.texts()
  const [overview, newest] = await Promise.all([shelf.catalogue.overview(), shelf.catalogue.newest(mostNew)])
  const isEmpty = overview.categories.length === 0
  return {
    view: {
      title: site.title,
      path: root,
      description: site.description,
      body: html`<h1>${site.title}</h1><p class="lead">${site.lead}</p>
${searchBox({ site, home, ...texts })}
${isEmpty ? html`<p class="panel">${home.empty}</p>` : ''}
${categoryTiles(shelf, overview)}
${newest.length === 0 ? '' : html`<section><h2>${home.newest}</h2>${cardGrid(shelf, newest)}</section>`}
${areaLists(shelf, overview)}
<section class="panel sell"><h2>${home.sell_title}</h2><p>${home.sell}</p><p><a class="button" href="/chat">${home.sell_link}</a></p></section>
<p class="hint">${site.money}</p>`,
    },
  }
}

/** A tile for each category that has something, in the order of the words. */
export function categoryTiles(words: Words, { categories }: Overview): Html | '' {
  if (categories.length === 0) return ''
  const order = Object.keys(words.words().categories)
  const sorted = categories.toSorted((a, b) => order.indexOf(a.code) - order.indexOf(b.code))
  return html`<section><h2>${words.texts().home.categories}</h2><ul class="tiles">${sorted.map(
    ({ code, count, photo }) =>
      html`<li><a href="${root}/golongan/${code}">${tilePhoto(photo)}<span><b>${categoryTitle(words, code)}</b><br><span class="quiet">${countText(words, count)}</span></span></a></li>`,
  )}</ul></section>`
}

function tilePhoto(photo: string | undefined): Html {
  if (photo === undefined) return html`<span class="unseen">${mark}</span>`
  return html`<img src="${pictureHref(photo, 'w160')}" width="64" height="64" alt="" loading="lazy" decoding="async">`
}

/** How many there are; the search counts a thousand at most. */
export function countText({ texts }: Pick<Words, 'texts'>, count: number, isMost = false): string {
  const { list } = texts()
  return fill(isMost ? list.first_count : list.count, { count: formatNumber(count) })
}

/** Kelurahan that have something, by kecamatan: folded, for there are many. */
function areaLists(words: Words, { kelurahan }: Overview): Html | '' {
  const { home } = words.texts()
  const counts = new Map(kelurahan.map(({ code, count }) => [code, count]))
  const { districts, all } = words.language.places
  const parts = districts.map((district) => ({
    district,
    places: all.filter((place) => place.district === district && counts.has(place.code)),
  }))
  const full = parts.filter(({ places }) => places.length > 0)
  if (full.length === 0) return ''
  return html`<section><h2>${home.areas}</h2>${full.map(
    ({
      district,
      places,
    }) => html`<details class="area"><summary>${fill(home.district, { district })}</summary>
<ul>${places.map(({ name, code }) => html`<li><a href="${root}/kelurahan/${slugOf(name)}">${name}</a> <span class="quiet">${countText(words, counts.get(code) ?? 0)}</span></li>`)}</ul></details>`,
  )}</section>`
}
