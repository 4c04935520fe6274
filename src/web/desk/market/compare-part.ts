import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { formatRupiah } from '../../../language/format.ts'
import type { ProductView } from '../../../marketplace/desk/desk-views.ts'
import {
  type ProductField,
  type ProductSnapshot,
  snapshotOf,
} from '../../../marketplace/desk/product-snapshot.ts'
import type { Html } from '../../layout.ts'
import { shortMoment } from '../desk-time.ts'
import type { MarketPagesDeps } from './market-pages-deps.ts'
import { categoryName, photoPath } from './product-words.ts'

/** What changed since an officer approved it last, old and new beside each other; nothing where nobody did yet. */
export function comparePart(deps: MarketPagesDeps, view: ProductView): Html | '' {
  const { approved, changed, product } = view
  const { product: words } = deps.texts
  if (approved === undefined) return ''
  const when = { name: approved.by, time: shortMoment(approved.at) }
  if (changed.length === 0) return html`<p class="hint">${fill(words.same, when)}</p>`
  const now = snapshotOf(product)
  const rows = changed.map(
    (field) =>
      html`<tr role="row"><th scope="row" role="rowheader">${words.fields[field]}</th><td role="cell" data-label="${words.before}"><div>${value(deps, field, approved.was, [])}</div></td><td role="cell" data-label="${words.now}"><div>${value(deps, field, now, approved.was.photos)}</div></td></tr>`,
  )
  return html`<section class="compare"><h2>${words.compare}</h2><p class="hint">${fill(words.compare_lead, when)}</p>
<table role="table"><thead role="rowgroup"><tr role="row"><td role="cell"></td><th scope="col" role="columnheader">${words.before}</th><th scope="col" role="columnheader">${words.now}</th></tr></thead><tbody role="rowgroup">${rows}</tbody></table></section>`
}

/** A field as it was or is. `known`: photos that were seen before. */
function value(
  deps: MarketPagesDeps,
  field: ProductField,
  of: ProductSnapshot,
  known: readonly string[],
): Html | string {
  const { texts, words } = deps
  switch (field) {
    case 'price':
      return formatRupiah(of.price)
    case 'category':
      return categoryName(deps, of.category)
    case 'halal':
      return words().halal[of.halal]
    case 'availability':
      return words().availability[of.availability]
    case 'photos':
      return photos(deps, of.photos, known)
    case 'name':
    case 'unit':
    case 'description':
      return of[field] === '' ? texts.product.empty : of[field]
  }
}

function photos({ texts }: MarketPagesDeps, ids: readonly string[], known: readonly string[]): Html | string {
  if (ids.length === 0) return texts.product.empty
  const isNew = (id: string) => known.length > 0 && !known.includes(id)
  return html`<span class="thumbs">${ids.map(
    (id) =>
      // An old photo may be erased by now: then its words stand for it.
      html`<img class="thumb${isNew(id) ? ' fresh' : ''}" src="${photoPath(id, 'w160')}" alt="${texts.product.photo_gone}" width="96" height="96" loading="lazy">`,
  )}</span>`
}
