import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import type { Product } from '../../../marketplace/product.ts'
import type { Html } from '../../layout.ts'
import type { MarketPagesDeps } from './market-pages-deps.ts'
import { photoPath } from './product-words.ts'

/** The photos of a product, as large as there is room; a press opens one alone. */
export function photosPart({ texts }: MarketPagesDeps, { name, photos }: Product): Html {
  const { common } = texts
  if (photos.length === 0) return html`<p class="no-photo large">${common.no_photo}</p>`
  return html`<ul class="photos">${photos.map((photo, index) => {
    const alt = fill(common.photo, { at: index + 1, of: photos.length, name })
    const form = index === 0 ? 'w1080' : 'w480'
    return html`<li><a href="${photoPath(photo, 'w1080')}" target="_blank" rel="noopener"><img src="${photoPath(photo, form)}" alt="${alt}" width="480" height="480"></a></li>`
  })}</ul>`
}
