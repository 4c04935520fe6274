import { html } from 'hono/html'
import type { ImportRun } from '../../../assistance/import-run.ts'
import { type Field, fields } from '../../../assistance/layout.ts'
import type { ListPreview, PreviewColumn } from '../../../assistance/preview-list.ts'
import { fill } from '../../../language/fill-text.ts'
import type { Html } from '../../layout.ts'
import { deskSelect } from '../desk-field.ts'
import { deskForm } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import type { ListTexts } from './list-texts.ts'

/** Which column stands for what, as it was recognised, to be put right by hand. */
export function mappingView(
  texts: ListTexts['run'],
  visit: DeskVisit,
  run: ImportRun,
  preview: ListPreview,
): Html {
  const { missing, absent, columns } = preview
  const choices = fields.map((field) =>
    choice(texts, columns, {
      name: `kolom.${field}`,
      label: texts.fields[field],
      heading: run.mapping?.columns[field] ?? preview.fields[field],
    }),
  )
  const programmes = Object.entries(preview.programmes).map(([code, heading]) =>
    choice(texts, columns, {
      name: `program.${code}`,
      label: fill(texts.programme, { code: code.toUpperCase() }),
      heading: run.mapping?.programmes[code] ?? heading,
    }),
  )
  const form = html`${choices}${programmes}<p class="actions"><button type="submit">${texts.check}</button></p>`
  return html`<h2>${texts.mapping_title}</h2><p>${texts.mapping_lead}</p>
${missing.length === 0 ? '' : html`<p class="error" role="alert">${fill(texts.missing, { fields: missing.map((field: Field) => texts.fields[field]).join(', ') })}</p>`}
${absent.length === 0 ? '' : html`<p class="error" role="alert">${fill(texts.absent, { headings: absent.join(', ') })}</p>`}
${deskForm(visit, `/daftar/impor/${run.id}/periksa`, form)}`
}

function choice(
  texts: ListTexts['run'],
  columns: readonly PreviewColumn[],
  field: { readonly name: string; readonly label: string; readonly heading: string | undefined },
): Html {
  const { name, label, heading } = field
  const chosen = columns.find((column) => column.heading === heading)
  const samples = chosen?.samples.filter((sample) => sample !== '') ?? []
  return deskSelect({
    name,
    label,
    value: chosen?.heading ?? '',
    ...(samples.length === 0 ? {} : { hint: fill(texts.sample, { samples: samples.join(' · ') }) }),
    options: [
      { value: '', label: texts.none },
      ...columns.map(({ heading: value, samples: [sample] }) => ({
        value,
        label: sample === undefined ? value : `${value} · ${sample}`,
      })),
    ],
  })
}
