import { html } from 'hono/html'
import { formatNumber } from '../../../language/format.ts'
import type { DeskCounts } from '../../../marketplace/desk/desk-views.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import { deskRoot } from '../desk-request.ts'
import type { DeskVisit } from '../desk-route.ts'
import type { MarketPagesDeps } from './market-pages-deps.ts'

/** The tabs of the marketplace. */
export type MarketTab = 'waiting' | 'appeals' | 'reports' | 'papers' | 'all' | 'figures'

const paths: Readonly<Record<MarketTab, string>> = {
  waiting: '/umkm',
  appeals: '/umkm/banding',
  reports: '/umkm/laporan',
  papers: '/umkm/surat',
  all: '/umkm/semua',
  figures: '/umkm/angka',
}
const tabs = ['waiting', 'appeals', 'reports', 'papers', 'all', 'figures'] as const

/** The way between the parts of the marketplace, with how much waits in each. `here`: the path of the page, below /desk. */
function marketTabs({ texts, moreTabs }: Tabbed, counts: DeskCounts, here: string): Html {
  const link = (path: string, label: string, isHere: boolean, count = 0) =>
    html`<li><a href="${deskHref(path)}"${isHere ? html` aria-current="page"` : ''}>${label}${
      count === 0
        ? ''
        : html` <span class="tab-count"${path === paths.waiting ? html` id="${countId}"` : ''}>${formatNumber(count)}</span>`
    }</a></li>`
  const others = moreTabs?.() ?? []
  return html`<nav class="parts" aria-label="${texts.tabs.label}"><ul>${tabs.map((tab) =>
    link(
      paths[tab],
      texts.tabs[tab],
      paths[tab] === here,
      tab === 'all' || tab === 'figures' ? 0 : counts[tab],
    ),
  )}${others.map(({ label, path }) => link(path, label, here === path || here.startsWith(`${path}/`)))}</ul></nav>`
}

type Tabbed = Pick<MarketPagesDeps, 'texts' | 'moreTabs'>

/** The tabs of the marketplace for the pages that other areas add to it. */
export async function tabsFor(
  deps: Tabbed & Pick<MarketPagesDeps, 'desk'>,
  { officer, context }: Pick<DeskVisit, 'officer' | 'context'>,
): Promise<Html> {
  const here = context.req.path.slice(deskRoot.length)
  return marketTabs(deps, await deps.desk.counts(officer), here)
}

const countId = 'jumlah-menunggu'

/** How much waits by now, put into the tabs of an open page. */
export function renewedCount(count: number): Html {
  return html`<hx-partial hx-target="#${countId}" hx-swap="innerHTML">${formatNumber(count)}</hx-partial>`
}

/** A page of one of the tabs. */
export async function tabPage(
  deps: MarketPagesDeps,
  visit: DeskVisit,
  page: {
    readonly tab: MarketTab
    readonly title: string
    readonly body: Html
    readonly status?: 200 | 409 | 422
  },
): Promise<Response> {
  const { tab, title, body, status = 200 } = page
  const counts = await deps.desk.counts(visit.officer)
  const whole = html`<div class="market"><h1>${title}</h1>${marketTabs(deps, counts, paths[tab])}${body}</div>${script}`
  return visit.page({ title, section: 'market', body: whole }, status)
}

/** Goes at the end of every page of the marketplace. */
export const script = html`<script src="${deskHref('/umkm/halaman.js')}" defer></script>`

/** A page that says that there is no such product, shop or paper. */
export async function notThere({ texts }: MarketPagesDeps, visit: DeskVisit): Promise<Response> {
  const { title, text } = texts.refused.unknown
  const body = html`<h1>${title}</h1><p>${text}</p><p><a class="button second" href="${deskHref('/umkm')}">${texts.product.back}</a></p>`
  return visit.page({ title, body, section: 'market' }, 404)
}
