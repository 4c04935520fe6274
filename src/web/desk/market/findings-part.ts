import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { formatRupiah } from '../../../language/format.ts'
import type { ProductView } from '../../../marketplace/desk/desk-views.ts'
import { farFrom } from '../../../marketplace/desk/price-bands.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import type { MarketPagesDeps } from './market-pages-deps.ts'
import { priceText, statePill, thumb } from './product-words.ts'

/** What an officer should look at before deciding; nothing where there is nothing. */
export function findingsPart(deps: MarketPagesDeps, view: ProductView): Html | '' {
  const { product: words } = deps.texts
  const lines = findingLines(deps, view)
  if (lines.length === 0) return ''
  return html`<section class="notice findings"><h2>${words.findings}</h2><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul></section>`
}

function findingLines(deps: MarketPagesDeps, view: ProductView): readonly string[] {
  const { product: words } = deps.texts
  const { forbidden: kinds, halal } = deps.words()
  const { product, findings, price, papers } = view
  const far = farFrom(product.price, price)
  const isCertified = papers.some(({ kind, state }) => kind === 'halal' && state === 'verified')
  return [
    ...findings.forbidden.map(({ code, word }) =>
      fill(words.found_forbidden, { word, text: kinds[code]?.text ?? '' }),
    ),
    ...findings.contacts.map((text) => fill(words.found_contact, { text })),
    ...(findings.isHiddenPork ? [fill(words.found_pork, { halal: halal.pork })] : []),
    ...(product.halal === 'certified' && !isCertified ? [words.found_certificate] : []),
    ...(far === undefined ? [] : [`${words.fields.price}: ${priceText(deps, product)}. ${words.far[far]}`]),
  ]
}

/** What others ask for the like. */
export function bandText({ texts }: MarketPagesDeps, { price, product }: ProductView): string {
  const { band, band_none: none } = texts.product
  if (price === undefined) return none
  const { low, median, high, count } = price
  const figures = { low: formatRupiah(low), median: formatRupiah(median), high: formatRupiah(high) }
  return fill(band, { ...figures, count, unit: product.unit })
}

/** Products that may be the same, each with its photo. */
export function alikePart(deps: MarketPagesDeps, { alike }: ProductView): Html {
  const { product: words } = deps.texts
  const lines = alike.map(
    ({ product, shopName, isSameShop, photo }) =>
      html`<li>${thumb(photo)}<span><a href="${deskHref(`/umkm/produk/${product.id}`)}">${product.name}</a> ${statePill(deps, product.state)}<br>
<span class="hint">${priceText(deps, product)} · ${isSameShop ? html`<b>${words.alike_same_shop}</b>` : shopName}</span></span></li>`,
  )
  return html`<section><h2>${words.alike}</h2>${
    lines.length === 0 ? html`<p class="hint">${words.alike_none}</p>` : html`<ul class="alike">${lines}</ul>`
  }</section>`
}
