import { html } from 'hono/html'
import type { Html } from '../../layout.ts'
import { deskCheck, deskField } from '../desk-field.ts'
import { deskHref } from '../desk-form.ts'
import { type RowList, ticked } from './form-fields.ts'
import type { FormPage, FormState } from './form-state.ts'

/** What an input is called. */
interface Named {
  readonly name: string
  readonly label: string
  readonly hint?: string
}

/** An input of one line. */
export function lineInput(
  { fields, errors }: FormState,
  input: Named & {
    readonly type?: 'text' | 'date'
    readonly inputMode?: 'numeric' | 'text'
    readonly maxLength?: number
    readonly required?: boolean
  },
): Html {
  return deskField({ required: false, ...input, value: fields[input.name], error: errors.get(input.name) })
}

/** An input of several lines. */
export function linesInput(
  { fields, errors }: FormState,
  {
    name,
    label,
    hint,
    rows,
    maxLength = 2000,
  }: Named & { readonly rows: number; readonly maxLength?: number },
): Html {
  const error = errors.get(name)
  return html`<div class="field"><label for="${name}">${label}</label>
${hintLine(name, hint)}${errorLine(name, error)}
<textarea id="${name}" name="${name}" rows="${rows}" maxlength="${maxLength}"${describedBy(name, hint, error)}>${fields[name] ?? ''}</textarea></div>`
}

/** A choice of one among many. */
export function choiceInput(
  { fields, errors }: FormState,
  {
    name,
    label,
    hint,
    options,
  }: Named & { readonly options: readonly { readonly value: string; readonly label: string }[] },
): Html {
  const error = errors.get(name)
  const value = fields[name] ?? ''
  return html`<div class="field"><label for="${name}">${label}</label>
${hintLine(name, hint)}${errorLine(name, error)}
<select id="${name}" name="${name}"${describedBy(name, hint, error)}>${options.map(
    (option) =>
      html`<option value="${option.value}"${option.value === value ? html` selected` : ''}>${option.label}</option>`,
  )}</select></div>`
}

/** A box to tick. */
export function boxInput({ fields }: FormState, { name, label, hint }: Named): Html {
  return deskCheck({ name, label, hint, checked: fields[name] === ticked })
}

/** What belongs together, with a sentence where something is wrong with it as a whole. */
export function partOf(
  { errors, focus }: FormState,
  part: {
    readonly id: string
    readonly legend: Html | string
    readonly hint?: string
    readonly kind?: string
  },
  body: Html,
): Html {
  const { id, legend, hint, kind = 'part' } = part
  const error = errors.get(id)
  return html`<fieldset class="${kind}" id="${id}" tabindex="-1"${pointTo(id, hint, error)}${focus === id ? html` autofocus` : ''}><legend>${legend}</legend>
${hintLine(id, hint)}${errorLine(id, error)}${body}</fieldset>`
}

/** The buttons that change rows: sent to the page's own path, and with JavaScript only the list they are of is renewed. */
export function rowButton(
  { path }: Pick<FormPage, 'path'>,
  button: {
    readonly list: RowList
    readonly step: string
    readonly label: Html | string
    readonly to: string
  },
): Html {
  const { list, step, label, to } = button
  const action = deskHref(path)
  return html`<button class="quiet small" type="submit" name="step" value="${step}" formaction="${action}#${to}" hx-post="${action}" hx-target="#${list}" hx-select="#${list}" hx-swap="outerHTML">${label}</button>`
}

/** The line that says how an input is meant. */
export function hintLine(name: string, hint: string | undefined): Html | '' {
  return hint === undefined ? '' : html`<p class="hint" id="${name}-hint">${hint}</p>`
}

/** The line that says what to put right. */
export function errorLine(name: string, error: string | undefined): Html | '' {
  return error === undefined ? '' : html`<p class="error" id="${name}-error">${error}</p>`
}

function describedBy(name: string, hint: string | undefined, error: string | undefined): Html | '' {
  return html`${pointTo(name, hint, error)}${error === undefined ? '' : html` aria-invalid="true"`}`
}

function pointTo(name: string, hint: string | undefined, error: string | undefined): Html | '' {
  const ids = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return ids === '' ? '' : html` aria-describedby="${ids}"`
}
