import { html } from 'hono/html'
import { fill } from '../../language/fill-text.ts'
import type { ListedPhoto } from '../../marketplace/catalogue/listing.ts'
import type { Html } from '../layout.ts'
import { mark } from '../mark.ts'
import type { Shelf } from './catalogue-deps.ts'
import { pictureHref } from './catalogue-frame.ts'

/** The form's longer side, in pixels. */
const longer = { w160: 160, w480: 480, w1080: 1080 } as const

/** The photos of a product: the first large, the others small, each leading to itself in large. */
export function photosView(shelf: Shelf, photos: readonly ListedPhoto[], name: string): Html {
  const { product, card } = shelf.texts()
  const [first, ...more] = photos
  if (first === undefined) return html`<p class="unseen large">${mark}<span>${card.no_photo}</span></p>`
  const large = html`<img class="large" src="${pictureHref(first.id, 'w480')}" srcset="${sourceSet(first)}" sizes="(min-width: 48rem) 30rem, 100vw" width="${first.width}" height="${first.height}" alt="${fill(product.photo, { product: name })}" fetchpriority="high" decoding="async">`
  if (more.length === 0) return large
  return html`${large}<ul class="more">${more.map(
    ({ id }, index) =>
      html`<li><a href="${pictureHref(id, 'w1080')}"><img src="${pictureHref(id, 'w160')}" width="160" height="160" alt="${fill(product.more_photo, { product: name, number: index + 2 })}" loading="lazy" decoding="async"></a></li>`,
  )}</ul>`
}

/** The forms by their width: what stands upright is narrower than its name says. */
function sourceSet({ id, width, height }: ListedPhoto): string {
  const forms = (['w160', 'w480', 'w1080'] as const).map((form) => {
    const wide = Math.round(Math.min(1, longer[form] / Math.max(width, height)) * width)
    return { href: pictureHref(id, form), wide }
  })
  return forms
    .filter(({ wide }, index) => wide !== forms[index - 1]?.wide)
    .map(({ href, wide }) => `${href} ${wide}w`)
    .join(', ')
}
