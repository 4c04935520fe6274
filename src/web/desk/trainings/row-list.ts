import { html } from 'hono/html'
import type { Html } from '../../layout.ts'
import { errorLine, hintLine } from './form-controls.ts'
import type { RowList } from './form-fields.ts'
import type { FormPage } from './form-state.ts'

/** The part of the form that is renewed when a row comes or goes. */
export function rowList(
  { state }: FormPage,
  { list, hint }: { readonly list: RowList; readonly hint: string },
  body: Html,
): Html {
  const { errors, focus, note } = state
  const isHere = focus === list
  return html`<div class="rows" id="${list}" tabindex="-1"${isHere ? html` autofocus` : ''}>${hintLine(list, hint)}${errorLine(list, errors.get(list))}${
    isHere && note !== undefined ? html`<p class="flash" role="status">${note}</p>` : ''
  }${body}</div>`
}
