import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import type { Html } from '../../layout.ts'
import { boxInput, lineInput, partOf, rowButton } from './form-controls.ts'
import { type FormFields, mostRows, rowsOf, trimmed } from './form-fields.ts'
import type { FormPage } from './form-state.ts'
import { rowList } from './row-list.ts'

/** The sessions: a row each, and a way to write many at once. */
export function sessionRows(page: FormPage): Html {
  const { texts, state } = page
  const { form } = texts
  const rows = rowsOf(state.fields, 'sessions')
  const more =
    rows.length >= mostRows
      ? ''
      : html`<p class="actions">${rowButton(page, { list: 'sessions', step: 'add.sessions', label: form.add_session, to: `sessions.${rows.length}` })}</p>${repeatPart(page)}`
  return rowList(
    page,
    { list: 'sessions', hint: form.sessions_hint },
    html`${rows.map((row, index) => sessionRow(page, row, index))}${more}`,
  )
}

function sessionRow(page: FormPage, row: FormFields, index: number): Html {
  const { form } = page.texts
  const { state } = page
  const at = (name: string) => `sessions.${index}.${name}`
  const legend = fill(form.session, { number: index + 1 })
  const isMore = ['title', 'place'].some((name) => trimmed(row, name) !== '' || state.errors.has(at(name)))
  return partOf(
    state,
    { id: `sessions.${index}`, legend, kind: 'row' },
    html`<div class="when">${lineInput(state, { name: at('date'), label: form.date, type: 'date' })}
${lineInput(state, { name: at('from'), label: form.from, maxLength: 12 })}
${lineInput(state, { name: at('to'), label: form.to, maxLength: 12 })}</div>
<details class="aside"${isMore ? html` open` : ''}><summary class="aside-more">${form.session_more}<span class="away">, ${legend}</span></summary>
${lineInput(state, { name: at('title'), label: form.session_title, maxLength: 100 })}
${lineInput(state, { name: at('place'), label: form.session_place, maxLength: 200 })}</details>
${removeButton(page, 'sessions', index, legend)}`,
  )
}

/** The button that takes a row away. */
export function removeButton(
  page: FormPage,
  list: 'sessions' | 'quotas' | 'questions',
  index: number,
  what: string,
): Html {
  const label = fill(page.texts.form.remove, { what: withSmallLetter(what) })
  return rowButton(page, { list, step: `remove.${list}.${index}`, label, to: list })
}

/** As it stands within a sentence. */
export function withSmallLetter(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

function repeatPart(page: FormPage): Html {
  const { texts, state } = page
  const { form, weekdays } = texts
  const isOpen = [...state.errors.keys()].some((at) => at.startsWith('repeat'))
  // The week begins on Monday.
  const days = [1, 2, 3, 4, 5, 6, 0].map((day) => ({ day, label: weekdays[day] ?? '' }))
  return html`<details class="panel fold repeat"${isOpen ? html` open` : ''}><summary>${form.repeat}</summary><p class="hint">${form.repeat_hint}</p>
${lineInput(state, { name: 'repeat.date', label: form.repeat_date, type: 'date' })}
${partOf(
  state,
  { id: 'repeat.weekday', legend: form.repeat_weekdays },
  html`<div class="boxes">${days.map(({ day, label }) => boxInput(state, { name: `repeat.weekday.${day}`, label }))}</div>`,
)}
<div class="when">${lineInput(state, { name: 'repeat.from', label: form.from, maxLength: 12 })}
${lineInput(state, { name: 'repeat.to', label: form.to, maxLength: 12 })}
${lineInput(state, { name: 'repeat.count', label: form.repeat_count, inputMode: 'numeric', maxLength: 3 })}</div>
<p class="actions">${rowButton(page, { list: 'sessions', step: 'repeat', label: form.repeat_do, to: 'sessions' })}</p></details>`
}
