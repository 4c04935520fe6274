import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { longestWords } from '../../../marketplace/desk/decision.ts'
import type { ShopView } from '../../../marketplace/desk/desk-views.ts'
import type { Decided } from '../../../marketplace/desk/market-desk.ts'
import type { Html } from '../../layout.ts'
import { deskForm, deskHref } from '../desk-form.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import { deskTime, shortMoment } from '../desk-time.ts'
import { errorLine } from '../trainings/form-controls.ts'
import { consentText } from './all-routes.ts'
import { notThere, script } from './market-frame.ts'
import { type MarketPagesDeps, type MarketVisit, numberOf, route } from './market-pages-deps.ts'
import { paperList } from './product-page.ts'
import {
  doneText,
  movedText,
  placeName,
  priceText,
  productLink,
  shopPill,
  statePill,
  thumb,
} from './product-words.ts'

const one = '/umkm/toko/:number'

/** One shop with its products, closing it and opening it again. */
export function shopRoutes(deps: MarketPagesDeps): readonly DeskRoute[] {
  return [
    route('get', one, (visit) => showShop(deps, visit)),
    route('post', `${one}/tutup`, async (visit) => {
      const { kata = '' } = await visit.fields()
      return change(deps, visit, 'close', kata)
    }),
    route('post', `${one}/buka`, (visit) => change(deps, visit, 'reopen', '')),
  ]
}

/** A closing that lacked a reason. */
interface Unready {
  readonly words: string
  readonly error: string
}

async function showShop(
  deps: MarketPagesDeps,
  visit: DeskVisit,
  said: { readonly notice?: string; readonly unready?: Unready; readonly status?: 409 | 422 } = {},
): Promise<Response> {
  const id = numberOf(visit)
  const view = id === undefined ? undefined : await deps.desk.shop(visit.officer, id)
  if (view === undefined) return notThere(deps, visit)
  const { notice, unready, status = 200 } = said
  const { shop: words } = deps.texts
  const { shop, products } = view
  const body = html`<div class="market one-shop"><p class="back"><a href="${deskHref('/umkm/semua?apa=toko')}">${words.back}</a></p>
<h1>${shop.name} ${shopPill(deps, shop.state)}</h1>${notice === undefined ? '' : html`<p class="notice" role="alert">${notice}</p>`}
${facts(deps, view)}<h2>${words.papers}</h2>${paperList(deps, view.papers)}
<h2>${words.products}</h2>${
    products.length === 0
      ? html`<p class="hint">${words.no_products}</p>`
      : html`<ul class="alike">${products.map(
          (product) =>
            html`<li>${thumb(product.photos[0])}<span>${productLink(product)} ${statePill(deps, product.state)}<br><span class="hint">${priceText(deps, product)}</span></span></li>`,
        )}</ul>`
  }${moves(deps, visit, view, unready)}</div>${script}`
  return visit.page({ title: shop.name, section: 'market', body }, status)
}

function facts(deps: MarketPagesDeps, { shop, createdAt }: ShopView): Html {
  const { fields, unowned } = deps.texts.shop
  const { handover, payments } = deps.words()
  const rows: readonly (readonly [string, Html | string])[] = [
    [fields.kelurahan, placeName(deps, shop.kelurahan)],
    [fields.handover, shop.handover.map((way) => handover[way]).join(', ')],
    [fields.payments, shop.payments.map((way) => payments[way]).join(', ')],
    [fields.consents, shop.contactId === undefined ? unowned : consentText(deps, shop.consents)],
    [fields.since, deskTime(createdAt)],
    [fields.description, shop.description],
  ]
  return html`<dl class="facts">${rows
    .filter(([, value]) => value !== '')
    .map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`
}

function moves(
  { texts }: MarketPagesDeps,
  visit: MarketVisit,
  { shop: { id, state }, closed }: ShopView,
  unready: Unready | undefined,
): Html {
  const { shop: words } = texts
  if (state === 'closed') {
    const { button, text } = words.reopen
    const told =
      closed === undefined
        ? ''
        : html`<p>${fill(words.closed, { name: closed.by, time: shortMoment(closed.at), reason: closed.reason ?? '' })}</p>`
    const body = html`<p>${text}</p><button type="submit">${button}</button>`
    return html`<section class="panel">${told}${deskForm(visit, `/umkm/toko/${id}/buka`, body)}</section>`
  }
  const { button, text } = words.close
  const body = html`<p>${text}</p><div class="field"><label for="kata">${words.why}</label>${errorLine('kata', unready?.error)}
<textarea id="kata" name="kata" rows="3" maxlength="${longestWords}"${
    unready === undefined ? '' : html` aria-invalid="true" aria-describedby="kata-error" autofocus`
  }>${unready?.words ?? ''}</textarea></div><button class="danger" type="submit">${button}</button>`
  return html`<details class="panel fold"${unready === undefined ? '' : html` open`}><summary>${button}</summary>${deskForm(visit, `/umkm/toko/${id}/tutup`, body)}</details>`
}

async function change(
  deps: MarketPagesDeps,
  visit: DeskVisit,
  what: 'close' | 'reopen',
  words: string,
): Promise<Response> {
  const { desk, texts } = deps
  const id = numberOf(visit)
  const view = id === undefined ? undefined : await desk.shop(visit.officer, id)
  if (id === undefined || view === undefined) return notThere(deps, visit)
  const { officer } = visit
  const done =
    what === 'close' ? await desk.closeShop(officer, id, words) : await desk.reopenShop(officer, id)
  if (done.type !== 'done') return refuse(deps, visit, words, done)
  const sentence = what === 'close' ? texts.shop.done_close : texts.shop.done_reopen
  return visit.redirect(
    `/umkm/toko/${id}`,
    doneText(deps, fill(sentence, { name: view.shop.name }), done.told),
  )
}

function refuse(
  deps: MarketPagesDeps,
  visit: DeskVisit,
  words: string,
  refusal: Exclude<Decided, { readonly type: 'done' }>,
): Promise<Response> {
  const { shop, refused } = deps.texts
  switch (refusal.type) {
    case 'unknown':
      return notThere(deps, visit)
    case 'moved':
      return showShop(deps, visit, { notice: movedText(deps, refusal.last), status: 409 })
    case 'state':
      return showShop(deps, visit, { notice: shop.state_moved, status: 409 })
    case 'reason':
      return showShop(deps, visit, { unready: { words, error: shop.no_reason }, status: 422 })
    case 'too_long': {
      const error = fill(refused.too_long, { most: longestWords })
      return showShop(deps, visit, { unready: { words, error }, status: 422 })
    }
  }
}
