import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { dayInWita, formatDate, formatNumber, isoDay } from '../../../language/format.ts'
import {
  formatInvitationCode,
  invitationWords,
  type MadeInvitation,
  mostInvitations,
  type UnownedShop,
} from '../../../marketplace/invitation/invitation.ts'
import type { UnownedCount } from '../../../marketplace/invitation/store-invitations.ts'
import type { Html } from '../../layout.ts'
import { deskForm, deskHref } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import { deskTable } from '../desk-table.ts'
import { qrPicture } from '../qr-picture.ts'
import type { MarketImportPagesDeps } from './market-import-deps.ts'
import type { MarketImportTexts } from './market-import-texts.ts'

type Texts = MarketImportTexts['invitations']

/** Shops of one page. */
export const pageSize = 50

/** Where shops without an owner are. */
export function countsView(
  texts: Texts,
  tabs: Html,
  counts: readonly UnownedCount[],
  placeName: MarketImportPagesDeps['placeName'],
): Html {
  const rows = counts.map(({ kelurahan, shops, invited }) => [
    html`<a href="${deskHref(`/umkm/undangan/${kelurahan}`)}">${placeName(kelurahan) ?? kelurahan}</a>`,
    formatNumber(shops),
    formatNumber(invited),
  ])
  const columns = [texts.kelurahan, texts.shops, texts.invited]
  return html`<h1>${texts.title}</h1>${tabs}<p class="lead">${texts.lead}</p>
${counts.length === 0 ? html`<p>${texts.none}</p>` : deskTable({ caption: texts.caption, columns, rows })}`
}

/** The shops of a kelurahan that nobody has, each with its button, and one for all. */
export function shopsView(
  texts: Texts,
  visit: Pick<DeskVisit, 'csrf'>,
  view: {
    readonly kelurahan: string
    readonly name: string
    readonly page: number
    /** One more than fits where there is a next page. */
    readonly shops: readonly UnownedShop[]
    readonly uninvited: number
  },
): Html {
  const { kelurahan, name, page, shops, uninvited } = view
  const title = fill(texts.kelurahan_title, { kelurahan: name })
  const path = `/umkm/undangan/${kelurahan}`
  const count = formatNumber(Math.min(uninvited, mostInvitations))
  const all = html`<p class="hint">${fill(texts.invite_all_hint, { most: formatNumber(mostInvitations) })}</p>
<p class="actions"><button type="submit">${fill(texts.invite_all, { count })}</button></p>`
  const turn = (to: number, label: string) =>
    html`<a href="${deskHref(`${path}?halaman=${to}`)}">${label}</a> `
  return html`<h1>${title}</h1><p class="back"><a href="${deskHref('/umkm/undangan')}">${texts.back}</a></p>
${uninvited === 0 ? html`<p>${shops.length === 0 ? texts.none : texts.everybody}</p>` : deskForm(visit, path, all)}
${shops.length === 0 ? '' : shopTable(texts, visit, title, shops.slice(0, pageSize))}
<p class="actions">${page > 1 ? turn(page - 1, texts.previous) : ''}${shops.length > pageSize ? turn(page + 1, texts.next) : ''}</p>`
}

function shopTable(
  texts: Texts,
  visit: Pick<DeskVisit, 'csrf'>,
  caption: string,
  shops: readonly UnownedShop[],
): Html {
  return deskTable({
    caption,
    columns: [texts.shop, texts.source, texts.until, texts.invite],
    rows: shops.map(({ id, name, source, invitedUntil }) => {
      const label = invitedUntil === undefined ? texts.invite : texts.invite_again
      const button = html`<button class="quiet" type="submit" aria-label="${label}: ${name}">${label}</button>`
      return [
        name,
        source,
        invitedUntil === undefined ? '' : formatDate(isoDay(dayInWita(invitedUntil))),
        deskForm(visit, `/umkm/undangan/toko/${id}`, button),
      ]
    }),
  })
}

/** An invitation that was just made: its code, the ways into the chats, and the way to its letter. */
export function madeView(
  texts: Texts,
  visit: Pick<DeskVisit, 'csrf'>,
  {
    made,
    pass,
    linksOf,
  }: {
    readonly made: MadeInvitation
    /** The sealed word that the letter is asked for with. */
    readonly pass: string
    readonly linksOf: MarketImportPagesDeps['linksOf']
  },
): Html {
  const { shop, kelurahan, code, expiresAt } = made
  const words = invitationWords(formatInvitationCode(code))
  const links = linksOf(invitationWords(code))
  const form = html`<input type="hidden" name="pass" value="${pass}"><p class="actions"><button type="submit">${texts.print}</button></p>`
  return html`<h1>${texts.made_title}</h1><p class="secret claim-code">${formatInvitationCode(code)}</p>
<p>${fill(texts.valid, { until: formatDate(isoDay(dayInWita(expiresAt))) })}</p><p class="warning">${fill(texts.made, { shop, kelurahan })}</p>
<p>${fill(texts.words, { words })}</p>
${links.map(({ label, url }) => html`<p><a href="${url}" rel="noreferrer">${label}</a></p>${qrPicture(url, `${label}: ${words}`)}`)}
${deskForm(visit, '/umkm/undangan/surat', form)}
<p class="actions"><a href="${deskHref('/umkm/undangan')}">${texts.back}</a></p>`
}
