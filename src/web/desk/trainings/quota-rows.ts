import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { genders, quotaGrounds } from '../../../training/course.ts'
import type { Html } from '../../layout.ts'
import { areaBoxes } from './area-boxes.ts'
import { boxInput, choiceInput, lineInput, partOf, rowButton } from './form-controls.ts'
import { type FormFields, rowsOf } from './form-fields.ts'
import type { FormPage } from './form-state.ts'
import { rowList } from './row-list.ts'
import { removeButton, withSmallLetter } from './session-rows.ts'
import { districtsOf } from './training-deps.ts'

type Ground = (typeof quotaGrounds)[number]

const desils = Array.from({ length: 10 }, (_, index) => String(index + 1))

/** The seats of groups: each has its own kind of boxes, so the kind is chosen when a quota is added. */
export function quotaRows(page: FormPage): Html {
  const { texts, state } = page
  const { form } = texts
  const rows = rowsOf(state.fields, 'quotas')
  const options = quotaGrounds.map((value) => ({ value, label: form.grounds[value] }))
  const add = html`<div class="add">${choiceInput(state, { name: 'newQuota', label: form.add_quota_by, options })}
${rowButton(page, { list: 'quotas', step: 'add.quotas', label: form.add_quota, to: `quotas.${rows.length}` })}</div>`
  return rowList(
    page,
    { list: 'quotas', hint: form.quotas_hint },
    html`${rows.map((row, index) => quotaRow(page, row, index))}${add}`,
  )
}

function quotaRow(page: FormPage, row: FormFields, index: number): Html {
  const { texts, state } = page
  const { form } = texts
  const by = quotaGrounds.find((one) => one === row.by) ?? 'gender'
  const at = (name: string) => `quotas.${index}.${name}`
  const number = index + 1
  const legend = fill(form.quota, { number, ground: withSmallLetter(form.grounds[by]) })
  return partOf(
    state,
    { id: `quotas.${index}`, legend, kind: 'row' },
    html`<input type="hidden" name="${at('by')}" value="${by}">
${partOf(state, { id: at('values'), legend: form.quota_values }, valueBoxes(page, by, at('values')))}
${lineInput(state, { name: at('seats'), label: form.quota_seats, inputMode: 'numeric', maxLength: 4 })}
${removeButton(page, 'quotas', index, legend)}`,
  )
}

function valueBoxes(page: FormPage, by: Ground, prefix: string): Html {
  const { state, places, texts, words } = page
  if (by === 'kelurahan') return areaBoxes(page, state, { prefix, whole: false })
  const values = {
    kecamatan: () => districtsOf(places).map(({ code, name }) => [code, name] as const),
    gender: () => genders.map((one) => [one, words().genders[one]] as const),
    desil: () => desils.map((one) => [one, fill(texts.form.desil, { value: one })] as const),
  }[by]()
  return html`<div class="boxes">${values.map(([value, label]) => boxInput(state, { name: `${prefix}.${value}`, label }))}</div>`
}
