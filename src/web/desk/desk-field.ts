import { html } from 'hono/html'
import type { Html } from '../layout.ts'

/** One field of a form of the desk. */
export interface DeskField {
  readonly name: string
  readonly label: string
  readonly type?: 'text' | 'password' | 'date' | 'search' | 'number'
  readonly value?: string | undefined
  readonly hint?: string
  /** What is wrong with what was written. */
  readonly error?: string | undefined
  readonly autocomplete?: string
  readonly inputMode?: 'numeric' | 'text'
  readonly maxLength?: number
  readonly required?: boolean
}

/** A label with its input, hint and error, tied together for screen readers. */
export function deskField(field: DeskField): Html {
  const { name, label, type = 'text', value = '', hint, error, maxLength = 200 } = field
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return html`<div class="field"><label for="${name}">${label}</label>
${hint === undefined ? '' : html`<p class="hint" id="${name}-hint">${hint}</p>`}
${error === undefined ? '' : html`<p class="error" id="${name}-error">${error}</p>`}
<input id="${name}" name="${name}" type="${type}" value="${value}" maxlength="${maxLength}" autocomplete="${field.autocomplete ?? 'off'}" autocapitalize="none" spellcheck="false"${
    field.inputMode === undefined ? '' : html` inputmode="${field.inputMode}"`
  }${field.required === false ? '' : html` required`}${described === '' ? '' : html` aria-describedby="${described}"`}${
    error === undefined ? '' : html` aria-invalid="true"`
  }></div>`
}

/** A choice of one among some. */
export function deskSelect(field: {
  readonly name: string
  readonly label: string
  readonly value?: string | undefined
  readonly hint?: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
}): Html {
  const { name, label, value, hint, options } = field
  const described = hint === undefined ? '' : html` aria-describedby="${name}-hint"`
  return html`<div class="field"><label for="${name}">${label}</label>
${hint === undefined ? '' : html`<p class="hint" id="${name}-hint">${hint}</p>`}
<select id="${name}" name="${name}"${described}>${options.map(
    (option) =>
      html`<option value="${option.value}"${option.value === value ? html` selected` : ''}>${option.label}</option>`,
  )}</select></div>`
}

/** A box to tick; its field is `ya` when it is ticked, and missing else. */
export function deskCheck(field: {
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  readonly checked: boolean
}): Html {
  const { name, label, hint, checked } = field
  return html`<label class="check"><input type="checkbox" name="${name}" value="ya"${checked ? html` checked` : ''}><span>${label}${
    hint === undefined ? '' : html`<span class="hint">${hint}</span>`
  }</span></label>`
}
