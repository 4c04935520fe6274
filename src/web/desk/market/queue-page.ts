import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { formatNumber } from '../../../language/format.ts'
import type { DeskCounts, WaitingLine } from '../../../marketplace/desk/desk-views.ts'
import { farFrom } from '../../../marketplace/desk/price-bands.ts'
import type { Html } from '../../layout.ts'
import { deskForm, deskHref } from '../desk-form.ts'
import { deskTime, shortMoment } from '../desk-time.ts'
import type { MarketPagesDeps, MarketVisit } from './market-pages-deps.ts'
import { categoryName, photoPath, placeName, priceText } from './product-words.ts'

/** What is shown of the queue. `notice`: what was not done. `done`: what was. */
export interface QueuePart {
  readonly lines: readonly WaitingLine[]
  readonly counts: DeskCounts
  readonly areAllTicked: boolean
  readonly notice?: string | undefined
  readonly done?: string | undefined
}

/** What waits, as cards with a photo: one press approves one, or all that are ticked. With JavaScript it takes the place of itself after each press. */
export function queuePart(deps: MarketPagesDeps, visit: MarketVisit, part: QueuePart): Html {
  return html`${part.done === undefined ? '' : html`<p class="flash" role="status">${part.done}</p>`}${
    part.notice === undefined ? '' : html`<p class="notice" role="alert">${part.notice}</p>`
  }${part.lines.length === 0 ? html`<p class="panel">${deps.texts.queue.none}</p>` : filled(deps, visit, part)}`
}

function filled(deps: MarketPagesDeps, visit: MarketVisit, part: QueuePart): Html {
  const { queue } = deps.texts
  const { lines, counts, areAllTicked } = part
  const [first] = lines
  const since = counts.oldest ?? first?.product.submittedAt
  const lead = fill(queue.lead, {
    count: formatNumber(counts.waiting),
    time: since === undefined ? '' : shortMoment(since),
  })
  const more =
    counts.waiting > lines.length
      ? html`<p class="hint">${fill(queue.more, { shown: lines.length })}</p>`
      : ''
  const body = html`<div class="pick-bar"><a class="roomy" href="${deskHref(areAllTicked ? '/umkm' : '/umkm?pilih=semua')}" data-all-link>${
    areAllTicked ? queue.pick_none : queue.pick_all
  }</a><label class="check" hidden><input type="checkbox" data-all${areAllTicked ? html` checked` : ''}><span>${queue.pick_all}</span></label>
<output data-count="${queue.picked}"></output><button class="quiet down" type="submit">${queue.approve_picked}</button></div>
<ul class="offers">${lines.map((line) => card(deps, line, areAllTicked))}</ul>
<p class="actions"><button type="submit">${queue.approve_picked}</button></p>`
  return html`<p class="lead">${lead}</p><p class="actions"><a class="button" href="${deskHref('/umkm/periksa')}" data-key="m">${queue.start}</a></p>
${deskForm(visit, '/umkm/setujui', body, { kind: 'picks', target: '#antrean' })}${more}`
}

function card(deps: MarketPagesDeps, line: WaitingLine, isTicked: boolean): Html {
  const { queue, common } = deps.texts
  const { product, shop } = line
  const { id, name, version, photos, category, halal, submittedAt } = product
  const [photo] = photos
  const picture =
    photo === undefined
      ? html`<span class="no-photo">${common.no_photo}</span>`
      : html`<img src="${photoPath(photo, 'w480')}" alt="" width="240" height="240" loading="lazy">`
  return html`<li class="offer"><a class="offer-photo" href="${deskHref(`/umkm/produk/${id}`)}" tabindex="-1" aria-hidden="true">${picture}</a>
<div class="offer-words"><label class="pick"><input type="checkbox" name="pilih.${id}" value="${version}"${isTicked ? html` checked` : ''}><span class="away">${fill(queue.pick, { name })}</span></label>
<p class="offer-name"><a href="${deskHref(`/umkm/produk/${id}`)}">${name}</a></p>
<p class="offer-price">${priceText(deps, product)}</p>
<p class="hint">${categoryName(deps, category)}${halal === 'not_food' ? '' : html` · ${deps.words().halal[halal]}`}</p>
<p class="hint">${shop.name}, ${placeName(deps, shop.kelurahan)}${
    submittedAt === undefined ? '' : html`<br>${since(queue.since, submittedAt)}`
  }</p>
<p class="flags">${flags(deps, line).map(({ text, kind }) => html`<span class="pill ${kind}">${text}</span>`)}</p>
<button class="small" type="submit" name="satu" value="${id}.${version}" aria-label="${fill(queue.approve_name, { name })}">${queue.approve}</button></div></li>`
}

function since(sentence: string, moment: Date): Html {
  const [before = '', after = ''] = sentence.split('{{time}}')
  return html`${before}${deskTime(moment)}${after}`
}

/** What an officer should know before pressing. */
function flags(
  { texts }: MarketPagesDeps,
  { product, isChange, isReported, findings, price, look }: WaitingLine,
): readonly { readonly text: string; readonly kind: string }[] {
  const { flags: words } = texts.queue
  const far = farFrom(product.price, price)
  const { forbidden, contacts, isHiddenPork } = findings
  const hits = [...new Set(forbidden.map(({ word }) => word))].join(', ')
  const alerts = [
    hits === '' ? undefined : fill(words.forbidden, { words: hits }),
    isHiddenPork ? words.pork : undefined,
    isReported ? words.reported : undefined,
    contacts.length > 0 ? words.contact : undefined,
    far === undefined ? undefined : far === 'low' ? words.price_low : words.price_high,
    product.photos.length === 0 ? words.no_photo : undefined,
  ].filter((text) => text !== undefined)
  return [
    { text: isChange ? words.change : words.new, kind: '' },
    ...(look === undefined ? [] : [{ text: fill(words.looking, { name: look.by }), kind: 'late' }]),
    ...alerts.map((text) => ({ text, kind: 'alert' })),
  ]
}
