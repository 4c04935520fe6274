import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { type TableFault, tableFaults } from '../../../tables/table.ts'
import type { Html } from '../../layout.ts'
import { deskField } from '../desk-field.ts'
import { deskForm, deskHref } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import type { MarketImportTexts } from './market-import-texts.ts'

/** What is wrong with an upload; `file.…`: the file is no table. */
export type UploadProblem = keyof MarketImportTexts['upload']['problems'] | `file.${TableFault}`

/** The form that brings a list; what was written is kept when something is wrong with it. */
export function uploadView(
  { upload: texts, run, imports }: MarketImportTexts,
  visit: Pick<DeskVisit, 'csrf'>,
  page: {
    /** Megabytes of the largest file. */
    readonly size: number
    readonly problem?: UploadProblem
    readonly source?: string
  },
): Html {
  const { size, problem, source } = page
  const fault = tableFaults.find((one) => `file.${one}` === problem)
  const told = (['no_file', 'too_large', 'broken'] as const).find((one) => one === problem)
  const wrongFile =
    fault !== undefined
      ? run.faults[fault]
      : told === undefined
        ? undefined
        : fill(texts.problems[told], { size })
  const wrongSource = problem === 'source' ? texts.problems.source : undefined
  const form = html`${fileField(texts, size, wrongFile)}
${deskField({ name: 'source', label: texts.source, hint: texts.source_hint, value: source, error: wrongSource, maxLength: 31 })}
<p class="actions"><button type="submit">${texts.submit}</button></p>`
  return html`<h1>${texts.title}</h1><p class="lead">${texts.lead}</p><p>${imports.privacy}</p>
${deskForm(visit, '/umkm/impor/unggah', form, { file: true })}
<p class="actions"><a href="${deskHref('/umkm/impor')}">${imports.to_list}</a></p>`
}

function fileField(texts: MarketImportTexts['upload'], size: number, error: string | undefined): Html {
  const described = error === undefined ? 'file-hint' : 'file-hint file-error'
  return html`<div class="field"><label for="file">${texts.file}</label>
<p class="hint" id="file-hint">${fill(texts.file_hint, { size })}</p>
${error === undefined ? '' : html`<p class="error" id="file-error">${error}</p>`}
<input id="file" name="file" type="file" accept=".csv,.xlsx,.txt,text/csv" required aria-describedby="${described}"></div>`
}
