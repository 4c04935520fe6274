import { html } from 'hono/html'
import type { ProductLine, ReportedLine } from '../../../marketplace/desk/desk-views.ts'
import type { Html } from '../../layout.ts'
import type { DeskRoute } from '../desk-route.ts'
import { deskTable } from '../desk-table.ts'
import { deskTime } from '../desk-time.ts'
import { tabPage } from './market-frame.ts'
import { type MarketPagesDeps, route } from './market-pages-deps.ts'
import { productLink, shopLink, statePill, thumb } from './product-words.ts'

/** What owners say against decisions, and what citizens say of products. Both are decided on the product's page. */
export function complaintRoutes(deps: MarketPagesDeps): readonly DeskRoute[] {
  const { appeals, reports } = deps.texts
  return [
    route('get', '/umkm/banding', async (visit) => {
      const body = appealTable(deps, await deps.desk.appeals(visit.officer))
      return tabPage(deps, visit, { tab: 'appeals', title: appeals.title, body })
    }),
    route('get', '/umkm/laporan', async (visit) => {
      const body = reportTable(deps, await deps.desk.reported(visit.officer))
      return tabPage(deps, visit, { tab: 'reports', title: reports.title, body })
    }),
  ]
}

function appealTable(deps: MarketPagesDeps, lines: readonly ProductLine[]): Html {
  const { none, caption, columns } = deps.texts.appeals
  if (lines.length === 0) return html`<p class="panel">${none}</p>`
  return deskTable({
    caption,
    columns: [columns.product, columns.shop, columns.reason, columns.appeal],
    rows: lines.map(({ product, shop }) => [
      productCell(product),
      shopLink(deps, shop),
      product.reason ?? '',
      html`<span class="said">${product.appeal ?? ''}</span>`,
    ]),
  })
}

function reportTable(deps: MarketPagesDeps, lines: readonly ReportedLine[]): Html {
  const { none, caption, columns } = deps.texts.reports
  if (lines.length === 0) return html`<p class="panel">${none}</p>`
  return deskTable({
    caption,
    columns: [columns.product, columns.state, columns.shop, columns.reports],
    rows: lines.map(({ product, shop, reports }) => [
      productCell(product),
      statePill(deps, product.state),
      shopLink(deps, shop),
      html`<ul class="told">${reports.map(
        ({ reason, words, at, count }) =>
          html`<li>${deps.words().reports[reason] ?? reason}${count > 1 ? html` <strong>× ${count}</strong>` : ''} <span class="hint">${deskTime(at)}</span>${
            words === '' ? '' : html`<br><q>${words}</q>`
          }</li>`,
      )}</ul>`,
    ]),
  })
}

/** A product in a table, with its photo. */
export function productCell(product: ProductLine['product']): Html {
  return html`<span class="with-thumb">${thumb(product.photos[0])}<span>${productLink(product)}</span></span>`
}
