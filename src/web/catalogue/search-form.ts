import { html } from 'hono/html'
import { fill } from '../../language/fill-text.ts'
import { formatRupiah } from '../../language/format.ts'
import type { Html } from '../layout.ts'
import type { Shelf } from './catalogue-deps.ts'
import { root } from './catalogue-frame.ts'
import { searchField } from './search-box.ts'
import type { SearchWish } from './search-wish.ts'

/** The form of the search page: the words, and folded away what narrows them. */
export function searchForm(shelf: Shelf, wish: SearchWish): Html {
  const { search } = shelf.texts()
  const { category, place, typedPrice, withoutPork, onlyInStock } = wish
  const isNarrowed =
    category !== undefined || place !== undefined || typedPrice !== '' || withoutPork || onlyInStock
  return html`<form class="search" role="search" action="${root}/cari">${searchField(search, wish.words)}
<details class="filters"${isNarrowed ? html` open` : ''}><summary>${search.filters}</summary>
<div class="fields"><div>${categoryField(shelf, category)}</div><div>${placeField(shelf, place)}</div><div>${priceField(shelf, wish)}</div></div>
${tick('tanpa_babi', search.without_pork, withoutPork)}${tick('siap', search.in_stock, onlyInStock)}
<p><button class="quiet" type="submit">${search.apply}</button></p></details></form>`
}

function categoryField({ texts, words }: Shelf, chosen: string | undefined): Html {
  const { search } = texts()
  const options = Object.entries(words().categories).map(([code, { title }]) => option(code, title, chosen))
  return html`<label for="golongan">${search.category}</label><select id="golongan" name="golongan"><option value="">${search.any_category}</option>${options}</select>`
}

function placeField({ texts, language }: Shelf, chosen: string | undefined): Html {
  const { search } = texts()
  const { districts, all } = language.places
  const groups = districts.map((district) => {
    const places = all.filter((place) => place.district === district)
    return html`<optgroup label="${district}">${option(district, fill(search.whole_district, { district }), chosen)}${places.map(({ code, name }) => option(code, name, chosen))}</optgroup>`
  })
  return html`<label for="tempat">${search.place}</label><select id="tempat" name="tempat"><option value="">${search.any_place}</option>${groups}</select>`
}

function option(value: string, title: string, chosen: string | undefined): Html {
  return html`<option value="${value}"${value === chosen ? html` selected` : ''}>${title}</option>`
}

function priceField({ texts }: Shelf, { typedPrice, maxPrice }: SearchWish): Html {
  const { search } = texts()
  const isBad = typedPrice !== '' && maxPrice === undefined
  const shown = maxPrice === undefined ? typedPrice : formatRupiah(maxPrice)
  return html`<label for="harga">${search.max_price}</label>${
    isBad ? html`<strong class="error" id="harga-error">${search.bad_price}</strong>` : ''
  }<input id="harga" name="harga" inputmode="text" value="${shown}" maxlength="30" autocomplete="off" aria-describedby="harga-hint${isBad ? ' harga-error' : ''}"${isBad ? html` aria-invalid="true"` : ''}><span class="hint" id="harga-hint">${search.max_price_hint}</span>`
}

function tick(name: string, label: string, isTicked: boolean): Html {
  return html`<label class="tick"><input type="checkbox" name="${name}" value="1"${isTicked ? html` checked` : ''}> ${label}</label>`
}
