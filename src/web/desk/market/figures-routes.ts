import { html } from 'hono/html'
import { csvLine } from '../../../language/csv-cell.ts'
import { fill } from '../../../language/fill-text.ts'
import { dayInWita, formatDate, formatNumber, isoDay } from '../../../language/format.ts'
import type { FigureRow } from '../../../marketplace/desk/desk-views.ts'
import { type ProductState, productStates } from '../../../marketplace/product.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import type { DeskRoute } from '../desk-route.ts'
import { deskTable } from '../desk-table.ts'
import { tabPage } from './market-frame.ts'
import { type MarketPagesDeps, route } from './market-pages-deps.ts'
import { categoryName, placeName } from './product-words.ts'

const grounds = ['kelurahan', 'category'] as const
type Ground = (typeof grounds)[number]

/** Where each of them is downloaded. */
const files: Readonly<Record<Ground, string>> = {
  kelurahan: '/umkm/angka/kelurahan.csv',
  category: '/umkm/angka/golongan.csv',
}

/** How much there is by kelurahan and by category, on a page and as files. */
export function figureRoutes(deps: MarketPagesDeps): readonly DeskRoute[] {
  return [
    route('get', '/umkm/angka', async (visit) => {
      const { title } = deps.texts.figures
      const figures = await deps.desk.figures(visit.officer)
      return tabPage(deps, visit, { tab: 'figures', title, body: figuresPage(deps, figures) })
    }),
    ...grounds.map((ground) =>
      route('get', files[ground], async (visit) => {
        const rows = (await deps.desk.figures(visit.officer))[ground]
        return visit.context.body(figuresCsv(deps, ground, rows), 200, {
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': `attachment; filename="${deps.texts.figures.files[ground]}.csv"`,
        })
      }),
    ),
  ]
}

const daysCounted = 30

function figuresPage(deps: MarketPagesDeps, figures: Readonly<Record<Ground, readonly FigureRow[]>>): Html {
  const { figures: words } = deps.texts
  const from = formatDate(isoDay(dayInWita(deps.now(), -daysCounted)))
  return html`<p class="lead">${fill(words.lead, { from })}</p>${grounds.map((ground) => {
    const rows = figures[ground]
    const heading = html`<h2>${words.by[ground]}</h2>`
    if (rows.length === 0) return html`${heading}<p class="panel">${words.none}</p>`
    return html`${heading}${ground === 'category' ? html`<p class="hint">${words.note}</p>` : ''}
<div class="figures">${table(deps, ground, rows)}</div>
<p class="actions"><a class="button second small" href="${deskHref(files[ground])}">${words.download}<span class="away">, ${words.by[ground]}</span></a></p>`
  })}`
}

/** A draft is its owner's alone. */
const countedStates: readonly ProductState[] = productStates.filter((state) => state !== 'draft')

function headings({ texts, words }: MarketPagesDeps, ground: Ground): readonly string[] {
  const { heads, shops, views, finds, contacts } = texts.figures
  return [
    heads[ground],
    shops,
    ...countedStates.map((state) => words().states[state]),
    views,
    finds,
    contacts,
  ]
}

function cellsOf({ shops, states, views, finds, contacts }: FigureRow): readonly number[] {
  return [shops, ...countedStates.map((state) => states[state]), views, finds, contacts]
}

function nameOf(deps: MarketPagesDeps, ground: Ground, key: string): string {
  return ground === 'kelurahan' ? placeName(deps, key) : categoryName(deps, key)
}

function table(deps: MarketPagesDeps, ground: Ground, rows: readonly FigureRow[]): Html {
  const { by, total } = deps.texts.figures
  const cells = rows.map(cellsOf)
  const sums = cells[0]?.map((_, column) => cells.reduce((sum, row) => sum + (row[column] ?? 0), 0)) ?? []
  const lines = rows.map((row, index) => [
    nameOf(deps, ground, row.key),
    ...(cells[index] ?? []).map(formatNumber),
  ])
  // Whoever sells in two categories is in both: their shops do not add up.
  const all =
    ground === 'kelurahan'
      ? [[html`<b>${total}</b>`, ...sums.map((sum) => html`<b>${formatNumber(sum)}</b>`)]]
      : []
  return deskTable({ caption: by[ground], columns: headings(deps, ground), rows: [...lines, ...all] })
}

/** The mark at the start has spreadsheet programs read it as UTF-8. */
function figuresCsv(deps: MarketPagesDeps, ground: Ground, rows: readonly FigureRow[]): string {
  const lines = rows.map((row) => [nameOf(deps, ground, row.key), ...cellsOf(row).map(String)])
  return `\uFEFF${[headings(deps, ground), ...lines].map(csvLine).join('')}`
}
