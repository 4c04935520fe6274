import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { formatNumber } from '../../../language/format.ts'
import { productPath } from '../../../marketplace/addresses.ts'
import type { HistoryLine, Paper, ProductView } from '../../../marketplace/desk/desk-views.ts'
import { publicStates } from '../../../marketplace/product.ts'
import { may } from '../../../staff/officer.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import { deskTime, shortMoment } from '../desk-time.ts'
import { comparePart } from './compare-part.ts'
import { decisionPart, type GivenDecision, reportsPart } from './decision-part.ts'
import { alikePart, bandText, findingsPart } from './findings-part.ts'
import { script } from './market-frame.ts'
import type { MarketPagesDeps, MarketVisit } from './market-pages-deps.ts'
import { photosPart } from './photos-part.ts'
import { categoryName, placeName, priceText, shopPill, statePill, stepText } from './product-words.ts'

/** A product with all that is looked at before a decision. `notice`: why the last press did nothing. */
export function productPage(
  deps: MarketPagesDeps,
  visit: MarketVisit,
  shown: {
    readonly view: ProductView
    readonly notice?: string | undefined
    readonly given?: GivenDecision | undefined
  },
): Html {
  const { view, notice, given } = shown
  const { product } = view
  const { product: words } = deps.texts
  return html`<div class="market one-product">${way(deps, view)}
<h1>${product.name} ${statePill(deps, product.state)}</h1>
${notice === undefined ? '' : html`<p class="notice" role="alert">${notice}</p>`}${lookLine(deps, view)}
<div class="product-columns"><div class="product-photos">${photosPart(deps, product)}</div>
<div class="product-facts">${findingsPart(deps, view)}${appealPart(deps, view)}${reportsPart(deps, visit, view)}${comparePart(deps, view)}
${facts(deps, view)}${decisionPart(deps, visit, view, given)}
<p class="keys" hidden data-keys><label class="check"><input type="checkbox" data-keys-on><span>${words.keys_on}<span class="hint">${words.keys}</span></span></label></p></div></div>
<div class="product-more">${alikePart(deps, view)}${shopPart(deps, view)}${history(deps, view)}</div>${publicPart(deps, visit, view)}</div>${script}`
}

/** Back to the queue, and on to the next in it. */
function way({ texts }: MarketPagesDeps, { product: { id, state } }: ProductView): Html {
  const { product: words } = texts
  const next = deskHref(`/umkm/periksa?sesudah=${id}`)
  return html`<p class="back way"><a href="${deskHref('/umkm')}">${words.back}</a> <a href="${next}" data-key="l">${state === 'waiting' ? words.skip : words.next}</a></p>`
}

function lookLine({ texts }: MarketPagesDeps, { look }: ProductView): Html | '' {
  if (look === undefined) return ''
  return html`<p class="panel">${fill(texts.product.looking, { name: look.by, time: shortMoment(look.at) })}</p>`
}

function appealPart({ texts }: MarketPagesDeps, { product }: ProductView): Html | '' {
  const { appeal, reason } = product
  const { product: words } = texts
  const isOfficers = product.state === 'removed' || product.state === 'needs_fix'
  const last = reason === undefined || !isOfficers ? '' : html`<p><b>${words.reason}:</b> ${reason}</p>`
  if (appeal === undefined) return last
  return html`<section class="panel">${last}<h2>${words.appeal}</h2><p class="said">${appeal}</p></section>`
}

function facts(deps: MarketPagesDeps, view: ProductView): Html {
  const { product: words } = deps.texts
  const { product, figures } = view
  const { fields } = words
  const { description, category, halal, availability, submittedAt } = product
  const rows: readonly (readonly [string, Html | string])[] = [
    [
      fields.price,
      html`<b class="large-price">${priceText(deps, product)}</b><br><span class="hint">${bandText(deps, view)}</span>`,
    ],
    [fields.description, description === '' ? words.empty : html`<span class="said">${description}</span>`],
    [fields.category, categoryName(deps, category)],
    [fields.halal, deps.words().halal[halal]],
    [fields.availability, deps.words().availability[availability]],
    ...(submittedAt === undefined ? [] : [[fields.submitted, deskTime(submittedAt)] as const]),
    ...(product.shownAt === undefined
      ? []
      : [
          [
            fields.figures,
            fill(words.figures, {
              views: formatNumber(figures.views),
              finds: formatNumber(figures.finds),
              contacts: formatNumber(figures.contacts),
            }),
          ] as const,
        ]),
  ]
  return html`<dl class="facts">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`
}

function shopPart(deps: MarketPagesDeps, { shop, shopStates, papers }: ProductView): Html {
  const { product: words } = deps.texts
  const { shown, sold_out, waiting, removed } = shopStates
  const counts = fill(words.shop_counts, { shown: shown + sold_out, waiting, removed })
  return html`<section><h2>${words.shop}</h2><p><b>${shop.name}</b> ${shopPill(deps, shop.state)}<br>${placeName(deps, shop.kelurahan)} · ${counts}</p>
<p><a class="roomy" href="${deskHref(`/umkm/toko/${shop.id}`)}">${words.shop_open}</a></p>
<h3>${words.papers}</h3>${paperList(deps, papers)}</section>`
}

/** Papers with what staff say of them; deciding is done where all of them are. */
export function paperList({ texts, words }: MarketPagesDeps, papers: readonly Paper[]): Html {
  if (papers.length === 0) return html`<p class="hint">${texts.product.papers_none}</p>`
  const kinds = { claimed: ' late', verified: ' good', refused: ' alert' } as const
  return html`<ul class="papers">${papers.map(
    ({ kind, number, state }) =>
      html`<li>${words().papers[kind]} ${number} <span class="pill${kinds[state]}">${texts.papers.states[state]}</span>${
        state === 'claimed'
          ? html` <a class="roomy" href="${deskHref('/umkm/surat')}">${texts.tabs.papers}</a>`
          : ''
      }</li>`,
  )}</ul>`
}

function history(deps: MarketPagesDeps, { history: lines }: ProductView): Html {
  const { product: words } = deps.texts
  if (lines.length === 0)
    return html`<section><h2>${words.history}</h2><p class="hint">${words.history_none}</p></section>`
  return html`<section class="applicant"><h2>${words.history}</h2><ol class="timeline">${lines.map(
    (line) =>
      html`<li><b>${stepText(deps, line.what)}</b>, ${doer(deps, line)} <span class="hint">${deskTime(line.at)}</span>${
        line.details === undefined ? '' : html`<br><span class="said">${stepText(deps, line.details)}</span>`
      }</li>`,
  )}</ol></section>`
}

function doer({ texts }: MarketPagesDeps, { by, name }: HistoryLine): string {
  return name ?? texts.product.doers[by]
}

/** The way to the public page and to a broadcast about it, where anybody may see it; else why nobody does. */
function publicPart(
  deps: MarketPagesDeps,
  { officer }: MarketVisit,
  { product, shop }: ProductView,
): Html | '' {
  const { product: words } = deps.texts
  if (!publicStates.some((state) => state === product.state)) return ''
  const off =
    shop.state !== 'active' ? shop.state : shop.consents.includes('publish') ? undefined : 'no_consent'
  if (off !== undefined)
    return html`<p class="notice">${fill(words.catalogue_off, { why: words.off_why[off] })}</p>`
  return html`<p class="actions"><a class="button second" href="${deps.publicUrl()}${productPath(product)}">${words.public_page}</a>${
    may(officer, 'broadcasts')
      ? html`<a class="button second" href="${deskHref(`/siaran/baru?produk=${product.id}`)}">${words.broadcast}</a>`
      : ''
  }</p>`
}
