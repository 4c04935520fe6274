import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { formatRupiah } from '../../../language/format.ts'
import type { HistoryLine, ProductLine } from '../../../marketplace/desk/desk-views.ts'
import type { Told } from '../../../marketplace/desk/market-desk.ts'
import type { Product, ProductState, Shop } from '../../../marketplace/product.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import { shortMoment } from '../desk-time.ts'
import type { MarketPagesDeps } from './market-pages-deps.ts'

type Words = Pick<MarketPagesDeps, 'texts' | 'words' | 'places'>

const kinds: Readonly<Partial<Record<ProductState, string>>> = {
  ...{ shown: 'good', sold_out: 'good' },
  ...{ waiting: 'late', needs_fix: 'late', removed: 'alert' },
}

/** Where a product stands, in a word. */
export function statePill({ words }: Words, state: ProductState): Html {
  const kind = kinds[state]
  return html`<span class="pill${kind === undefined ? '' : ` ${kind}`}">${words().states[state]}</span>`
}

/** Where a shop stands. */
export function shopPill({ texts }: Words, state: Shop['state']): Html {
  const kind = state === 'closed' ? ' alert' : state === 'active' ? ' good' : ''
  return html`<span class="pill${kind}">${texts.common.shop_states[state]}</span>`
}

/** "Rp25.000 / kg". */
export function priceText({ texts }: Words, { price, unit }: Pick<Product, 'price' | 'unit'>): string {
  return fill(texts.common.price, { price: formatRupiah(price), unit })
}

/** What a kelurahan is called. */
export function placeName({ places }: Words, code: string): string {
  return places.byCode(code)?.name ?? code
}

/** What a category is called; its code where the words know it no more. */
export function categoryName({ words }: Words, code: string): string {
  return words().categories[code]?.title ?? code
}

/** A picture of the store, as this desk shows it; `wide`: for whoever looks closely. */
export function photoPath(id: string, form: 'w160' | 'w480' | 'w1080'): string {
  return deskHref(`/umkm/foto/${id}?ukuran=${form}`)
}

/** The first photo of a product in a list; it says nothing that the words beside it do not. */
export function thumb(photo: string | undefined): Html {
  return photo === undefined
    ? html`<span class="no-photo" aria-hidden="true"></span>`
    : html`<img class="thumb" src="${photoPath(photo, 'w160')}" alt="" width="64" height="64" loading="lazy">`
}

/** A link to a product's page at the desk. */
export function productLink({ id, name }: Pick<Product, 'id' | 'name'>): Html {
  return html`<a href="${deskHref(`/umkm/produk/${id}`)}">${name}</a>`
}

/** A link to a shop's page at the desk, and where it is. */
export function shopLink(deps: Words, { id, name, kelurahan }: ProductLine['shop']): Html {
  return html`<a href="${deskHref(`/umkm/toko/${id}`)}">${name}</a> <span class="hint">${placeName(deps, kelurahan)}</span>`
}

/** What a step of a product's life is called. */
export function stepText({ texts }: Words, what: string): string {
  return texts.steps[what] ?? what
}

/** Who was quicker, and with what. */
export function movedText(deps: Words, last: HistoryLine | undefined): string {
  const { refused } = deps.texts
  if (last === undefined) return refused.moved
  const values = { what: stepText(deps, last.what), time: shortMoment(last.at), name: last.name ?? '' }
  const sentences = {
    staff: last.name === undefined ? refused.moved : refused.moved_staff,
    owner: refused.moved_owner,
    system: refused.moved_system,
  }
  return fill(sentences[last.by], values)
}

/** What was done, and what the officer must know of whether the owner was told. */
export function doneText({ texts }: Words, sentence: string, told: Told): string {
  return `${sentence} ${texts.product.told[told]}`.trim()
}
