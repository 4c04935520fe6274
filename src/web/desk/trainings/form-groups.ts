import { html } from 'hono/html'
import { educations, selections } from '../../../training/course.ts'
import type { Html } from '../../layout.ts'
import { areaBoxes } from './area-boxes.ts'
import { boxInput, choiceInput, errorLine, lineInput, linesInput, partOf } from './form-controls.ts'
import type { FormPage } from './form-state.ts'
import { questionRows } from './question-rows.ts'
import { quotaRows } from './quota-rows.ts'
import { sessionRows } from './session-rows.ts'
import type { TrainingTexts } from './training-texts.ts'

/** A part of the form under a heading of its own. */
export type FormGroup = keyof TrainingTexts['form']['groups']

/** The parts of the form in their order. */
export const formGroups: Readonly<Record<FormGroup, (page: FormPage) => Html>> = {
  about,
  place,
  sessions: sessionRows,
  conditions,
  seats,
  selection,
  questions: questionRows,
  rules,
}

function about({ texts, state, words, offices }: FormPage): Html {
  const { form } = texts
  const unchosen = { value: '', label: form.choose }
  const subjects = Object.entries(words().subjects).map(([value, { title }]) => ({ value, label: title }))
  const givers = [...offices()].map(([value, { title }]) => ({ value, label: title }))
  return html`${lineInput(state, { name: 'title', label: form.title, hint: form.title_hint, maxLength: 100 })}
${choiceInput(state, { name: 'subject', label: form.subject, hint: form.subject_hint, options: [unchosen, ...subjects] })}
${choiceInput(state, { name: 'office', label: form.office, options: [unchosen, ...givers] })}
${linesInput(state, { name: 'description', label: form.description, hint: form.description_hint, rows: 4 })}
${lineInput(state, { name: 'cost', label: form.cost, hint: form.cost_hint, inputMode: 'numeric', maxLength: 15 })}
${lineInput(state, { name: 'contact', label: form.contact, hint: form.contact_hint })}`
}

function place({ texts, state, places }: FormPage): Html {
  const { form } = texts
  const sorted = places.all.toSorted((one, other) => one.name.localeCompare(other.name, 'id'))
  const options = [
    { value: '', label: form.kelurahan_none },
    ...sorted.map(({ code, name }) => ({ value: code, label: name })),
  ]
  return html`${lineInput(state, { name: 'place', label: form.place, hint: form.place_hint })}
${choiceInput(state, { name: 'kelurahan', label: form.kelurahan, options })}
${lineInput(state, { name: 'mapUrl', label: form.mapUrl, hint: form.mapUrl_hint, maxLength: 500 })}`
}

function conditions(page: FormPage): Html {
  const { texts, state, words } = page
  const { form } = texts
  const schools = educations.map((value) => ({ value, label: words().educations[value] }))
  return html`<div class="pair">${lineInput(state, { name: 'minAge', label: form.minAge, inputMode: 'numeric', maxLength: 3 })}
${lineInput(state, { name: 'maxAge', label: form.maxAge, inputMode: 'numeric', maxLength: 3 })}</div><p class="hint after">${form.age_hint}</p>
${choiceInput(state, { name: 'minEducation', label: form.minEducation, options: [{ value: '', label: form.minEducation_none }, ...schools] })}
${partOf(state, { id: 'domicile', legend: form.domicile, hint: form.domicile_hint }, areaBoxes(page, state, { prefix: 'domicile', whole: true }))}
${linesInput(state, { name: 'requirements', label: form.requirements, hint: form.requirements_hint, rows: 4 })}`
}

function seats(page: FormPage): Html {
  const { form } = page.texts
  const whole = { name: 'seats', label: form.seats, hint: form.seats_hint }
  return html`${lineInput(page.state, { ...whole, inputMode: 'numeric', maxLength: 4 })}
<h3>${form.quotas_title}</h3>${quotaRows(page)}`
}

function selection({ texts, state }: FormPage): Html {
  const { form } = texts
  const moment = (name: 'opensAt' | 'closesAt') =>
    html`<div class="pair">${lineInput(state, { name: `${name}.date`, label: form[name], type: 'date' })}
${lineInput(state, { name: `${name}.time`, label: form[`${name}_time`], maxLength: 12 })}</div>`
  const choices = selections.map((value) => {
    const { label, text } = form.selections[value]
    const checked = state.fields.selection === value ? html` checked` : ''
    return html`<label class="check"><input type="radio" name="selection" value="${value}"${checked}><span>${label}<span class="hint">${text}</span></span></label>`
  })
  return html`${moment('opensAt')}${moment('closesAt')}${partOf(state, { id: 'selection', legend: form.selection }, html`${choices}`)}`
}

function rules({ texts, state }: FormPage): Html {
  const { form } = texts
  const figure = (name: 'offerHours' | 'barDays' | 'minAttendance') =>
    lineInput(state, {
      ...{ name, label: form[name], hint: form[`${name}_hint`] },
      ...{ inputMode: 'numeric', maxLength: 4 },
    })
  const exclusive = { name: 'exclusive', label: form.exclusive, hint: form.exclusive_hint }
  return html`<div id="exclusive" tabindex="-1">${errorLine('exclusive', state.errors.get('exclusive'))}${boxInput(state, exclusive)}</div>
${figure('offerHours')}${figure('barDays')}${figure('minAttendance')}`
}
