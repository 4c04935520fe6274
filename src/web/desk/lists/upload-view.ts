import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { type TableFault, tableFaults } from '../../../tables/table.ts'
import type { Html } from '../../layout.ts'
import { deskField } from '../desk-field.ts'
import { deskForm } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import type { ListTexts } from './list-texts.ts'

/** What is wrong with an upload; `file.…`: the file is no table. */
export type UploadProblem = keyof ListTexts['upload']['problems'] | `file.${TableFault}`

/** The form that brings a list file; what was written is kept when something is wrong with it. */
export function uploadView(
  { upload: texts, run }: ListTexts,
  visit: Pick<DeskVisit, 'csrf'>,
  page: {
    /** Megabytes of the largest file. */
    readonly size: number
    readonly problem?: UploadProblem
    readonly fields?: Readonly<Record<string, string>>
  },
): Html {
  const { size, problem, fields = {} } = page
  const errorAt = (...problems: readonly (keyof typeof texts.problems)[]) => {
    const found = problems.find((one) => one === problem)
    return found === undefined ? undefined : fill(texts.problems[found], { size })
  }
  const fault = tableFaults.find((one) => `file.${one}` === problem)
  const wrongFile = fault === undefined ? errorAt('no_file', 'too_large', 'broken') : run.faults[fault]
  const form = html`${fileField(texts, size, wrongFile)}
${deskField({ name: 'kind', label: texts.kind, hint: texts.kind_hint, value: fields.kind, error: errorAt('kind'), maxLength: 31 })}
${deskField({ name: 'title', label: texts.name, value: fields.title, error: errorAt('name'), maxLength: 100 })}
${deskField({ name: 'as_of', label: texts.as_of, hint: texts.as_of_hint, type: 'date', value: fields.as_of, error: errorAt('as_of') })}
${deskField({ name: 'period', label: texts.period, hint: texts.period_hint, value: fields.period, required: false, maxLength: 100 })}
<p class="actions"><button type="submit">${texts.submit}</button></p>`
  return html`<h1>${texts.title}</h1><p class="lead">${texts.lead}</p>${deskForm(visit, '/daftar/unggah', form, { file: true })}`
}

function fileField(texts: ListTexts['upload'], size: number, error: string | undefined): Html {
  const described = error === undefined ? 'file-hint' : 'file-hint file-error'
  return html`<div class="field"><label for="file">${texts.file}</label>
<p class="hint" id="file-hint">${fill(texts.file_hint, { size })}</p>
${error === undefined ? '' : html`<p class="error" id="file-error">${error}</p>`}
<input id="file" name="file" type="file" accept=".csv,.xlsx,.txt,text/csv" required aria-describedby="${described}"></div>`
}
