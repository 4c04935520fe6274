import { html } from 'hono/html'
import { formatNumber } from '../../../language/format.ts'
import type { MarketImport } from '../../../marketplace/import/market-import.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import { deskTable } from '../desk-table.ts'
import type { MarketImportTexts } from './market-import-texts.ts'

/** What a check or load found; nothing where there was none. Reasons are told in the words of the report. */
export function findingView(
  { run: texts, report }: MarketImportTexts,
  { id, state, finding, reportFile }: MarketImport,
): Html {
  if (finding === undefined) return html``
  const { rows, accepted, quarantined, shops, reasons, notes } = finding
  const { added, changed, unchanged, owned } = shops
  const counts = Object.entries({ rows, accepted, quarantined, added, changed, unchanged, owned })
  const words: Readonly<Record<string, string>> = texts.counts
  const title = state === 'checked' ? texts.would_title : texts.found_title
  return html`<h2>${title}</h2>
<dl class="facts">${counts.map(([name, count]) => html`<dt>${words[name]}</dt><dd>${formatNumber(count)}</dd>`)}</dl>
${countTable(texts, report.findings, texts.reasons, reasons)}${countTable(texts, report.findings, texts.notes, notes)}
${reportFile === undefined ? '' : html`<p class="actions"><a href="${deskHref(`/umkm/impor/${id}/laporan`)}" download>${texts.download}</a></p>`}`
}

function countTable(
  texts: MarketImportTexts['run'],
  findings: Readonly<Record<string, string>>,
  caption: string,
  counts: Readonly<Record<string, number>>,
): Html {
  const sorted = Object.entries(counts).sort(([, one], [, other]) => other - one)
  if (sorted.length === 0) return html``
  const rows = sorted.map(([what, count]) => [findings[what] ?? what, formatNumber(count)])
  return html`<h3>${caption}</h3>${deskTable({ caption, columns: [texts.reason, texts.count], rows })}`
}
