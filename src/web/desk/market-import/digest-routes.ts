import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { formatNumber } from '../../../language/format.ts'
import type { DigestView } from '../../../marketplace/digest/digest-desk.ts'
import type { PlaceLine } from '../../../marketplace/digest/store-digest.ts'
import type { Html } from '../../layout.ts'
import { deskForm, deskHref } from '../desk-form.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import { deskTable } from '../desk-table.ts'
import { shortMoment } from '../desk-time.ts'
import { type MarketImportPagesDeps, route } from './market-import-deps.ts'
import type { MarketImportTexts } from './market-import-texts.ts'

type Texts = MarketImportTexts['digest']

/** The weekly digest: who waits for a place, who had one, and its making. */
export function digestRoutes(deps: MarketImportPagesDeps): readonly DeskRoute[] {
  return [
    route('get', '/umkm/kabar', (visit) => show(deps, visit)),
    route('post', '/umkm/kabar', (visit) => compose(deps, visit)),
  ]
}

async function show(deps: MarketImportPagesDeps, visit: DeskVisit): Promise<Response> {
  const { digest: texts } = deps.texts
  const view = await deps.digest.view()
  const button = html`<p class="hint">${texts.compose_hint}</p><p class="actions"><button type="submit">${texts.compose}</button></p>`
  const body = html`<h1>${texts.title}</h1>${await deps.tabs(visit)}<p class="lead">${texts.lead}</p>
${deskForm(visit, '/umkm/kabar', button)}${waitingPart(deps, view)}${hadPart(deps, view)}`
  return visit.page({ title: texts.title, section: 'market', body })
}

async function compose({ texts, digest }: MarketImportPagesDeps, visit: DeskVisit): Promise<Response> {
  const number = await digest.compose(visit.officer)
  return number === undefined
    ? visit.redirect('/umkm/kabar', texts.digest.not_made)
    : visit.redirect(`/siaran/${number}`, fill(texts.digest.made, { number }))
}

function waitingPart(deps: MarketImportPagesDeps, { waiting, resting }: DigestView): Html {
  const { digest: texts } = deps.texts
  const rows = waiting.map((line, index) => [
    formatNumber(index + 1),
    productLink(line),
    shopText(deps, line),
    shortMoment(line.askedAt),
  ])
  const columns = [texts.turn, texts.product, texts.shop, texts.asked]
  return html`<h2>${texts.waiting_title}</h2>
${rows.length === 0 ? html`<p>${texts.waiting_none}</p>` : deskTable({ caption: texts.waiting_title, columns, rows })}
${resting === 0 ? '' : html`<p class="hint">${fill(texts.resting, { count: formatNumber(resting) })}</p>`}`
}

function hadPart(deps: MarketImportPagesDeps, { had }: DigestView): Html {
  const { digest: texts } = deps.texts
  const rows = had.map((line) => [
    productLink(line),
    shopText(deps, line),
    line.isFilling ? html`<span class="hint">${texts.filling}</span>` : shortMoment(line.askedAt),
    line.featuredAt === undefined ? '' : shortMoment(line.featuredAt),
    broadcastLink(texts, line),
  ])
  const columns = [texts.product, texts.shop, texts.asked, texts.featured, texts.broadcast]
  return html`<h2>${texts.had_title}</h2>
${rows.length === 0 ? html`<p>${texts.had_none}</p>` : deskTable({ caption: texts.had_title, columns, rows })}`
}

function productLink({ productId, product }: PlaceLine): Html {
  return html`<a href="${deskHref(`/umkm/produk/${productId}`)}">${product}</a>`
}

function shopText({ placeName }: MarketImportPagesDeps, { shop, kelurahan }: PlaceLine): Html {
  return html`${shop} <span class="hint">${placeName(kelurahan) ?? kelurahan}</span>`
}

function broadcastLink({ broadcast: label }: Texts, { broadcast }: PlaceLine): Html | string {
  return broadcast === undefined
    ? ''
    : html`<a href="${deskHref(`/siaran/${broadcast}`)}">${label} ${String(broadcast)}</a>`
}
