import { html } from 'hono/html'
import type { Html } from '../layout.ts'
import { root } from './catalogue-frame.ts'
import type { CatalogueTexts } from './catalogue-texts.ts'

/** The field in which one writes what one looks for. */
export function searchBox({ search }: CatalogueTexts): Html {
  return html`<form class="search" role="search" action="${root}/cari">${searchField(search, '')}</form>`
}

/** The field alone, in a form that asks for more. */
export function searchField(texts: CatalogueTexts['search'], words: string): Html {
  return html`<label for="q">${texts.label}</label>
<p class="seek"><input id="q" name="q" type="search" value="${words}" maxlength="120" autocomplete="off" enterkeyhint="search" aria-describedby="q-hint"><button type="submit">${texts.submit}</button></p>
<p class="hint" id="q-hint">${texts.hint}</p>`
}
