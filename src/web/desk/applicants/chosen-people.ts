import { html } from 'hono/html'
import type { Html } from '../../layout.ts'

const field = 'pilih.'

/** The numbers that are ticked in a form, in the order of the page, each once. */
export function chosenNumbers(fields: Readonly<Record<string, string>>): readonly number[] {
  return Object.keys(fields).flatMap((name) => {
    const number = name.startsWith(field) ? name.slice(field.length) : ''
    return /^\d{1,9}$/.test(number) ? [Number(number)] : []
  })
}

/** The box to tick for a registration. `label`: what is chosen with it, for screen readers. */
export function pickBox(number: number, label: string, checked: boolean): Html {
  return html`<label class="pick"><input type="checkbox" name="${field}${number}" value="ya"${checked ? html` checked` : ''}><span class="away">${label}</span></label>`
}

/** The same as a field that is not seen: what was ticked goes along to the next page. */
export function pickedFields(numbers: readonly number[]): Html {
  return html`${numbers.map((number) => html`<input type="hidden" name="${field}${number}" value="ya">`)}`
}
