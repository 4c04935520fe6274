import { html } from 'hono/html'
import type { ImportRun } from '../../../assistance/import-run.ts'
import { formatNumber } from '../../../language/format.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import { deskTable } from '../desk-table.ts'
import type { ListTexts } from './list-texts.ts'

/** What a check or load found; nothing where there was none. Reasons are told in the words of the report. */
export function findingView(
  texts: ListTexts,
  { id, finding, reportFile }: ImportRun,
  reasonWords: Readonly<Record<string, string>>,
): Html {
  if (finding === undefined) return html``
  const words = texts.run
  const { rows, accepted, quarantined, reasons, warnings } = finding
  const counts = [
    [words.rows, rows],
    [words.accepted, accepted],
    [words.quarantined, quarantined],
  ] as const
  const sorted = Object.entries(reasons).sort(([, one], [, other]) => other - one)
  return html`<h2>${words.found_title}</h2>
<dl class="facts">${counts.map(([label, count]) => html`<dt>${label}</dt><dd>${formatNumber(count)}</dd>`)}</dl>
${warnings.map((warning) => html`<p class="warning">${words.warnings[warning]}</p>`)}
${
  sorted.length === 0
    ? ''
    : deskTable({
        caption: words.reasons,
        columns: [words.reason, words.count],
        rows: sorted.map(([reason, count]) => [reasonWords[reason] ?? reason, formatNumber(count)]),
      })
}
${reportFile === undefined ? '' : html`<p class="actions"><a href="${deskHref(`/daftar/impor/${id}/karantina`)}" download>${words.download}</a></p>`}`
}
