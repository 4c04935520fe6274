import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { questionKinds } from '../../../training/course.ts'
import type { Html } from '../../layout.ts'
import { boxInput, choiceInput, lineInput, linesInput, partOf, rowButton } from './form-controls.ts'
import { type FormFields, rowsOf } from './form-fields.ts'
import type { FormPage } from './form-state.ts'
import { rowList } from './row-list.ts'
import { removeButton } from './session-rows.ts'

/** What the bot asks besides the usual. */
export function questionRows(page: FormPage): Html {
  const { form } = page.texts
  const rows = rowsOf(page.state.fields, 'questions')
  const add = rowButton(page, {
    ...{ list: 'questions', step: 'add.questions', label: form.add_question },
    to: `questions.${rows.length}`,
  })
  return rowList(
    page,
    { list: 'questions', hint: form.questions_hint },
    html`${rows.map((row, index) => questionRow(page, row, index))}<p class="actions">${add}</p>`,
  )
}

function questionRow(page: FormPage, row: FormFields, index: number): Html {
  const { state, texts } = page
  const { form } = texts
  const at = (name: string) => `questions.${index}.${name}`
  const legend = fill(form.question, { number: index + 1 })
  const options = questionKinds.map((value) => ({ value, label: form.question_kinds[value] }))
  // The style sheet shows only what goes with the chosen kind; where it cannot, the hints say it.
  return partOf(
    state,
    { id: `questions.${index}`, legend, kind: 'row question' },
    html`<input type="hidden" name="${at('id')}" value="${row.id ?? ''}">
${lineInput(state, { name: at('text'), label: form.question_text, maxLength: 300 })}
${choiceInput(state, { name: at('kind'), label: form.question_kind, options })}
<div class="of-choice">${linesInput(state, { name: at('choices'), label: form.question_choices, hint: form.question_choices_hint, rows: 4, maxLength: 1000 })}</div>
<div class="of-text">${boxInput(state, { name: at('optional'), label: form.question_optional, hint: form.question_optional_hint })}</div>
${removeButton(page, 'questions', index, legend)}`,
  )
}
