import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import type { Html } from '../../layout.ts'
import { deskForm, deskHref } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import { formGroups } from './form-groups.ts'
import { type FormPage, labelOf } from './form-state.ts'

/** A form with what stands around it. */
export interface ShownForm extends FormPage {
  /** Of the course that is changed; undefined for a new one. */
  readonly course: { readonly number: number; readonly title: string; readonly version: number } | undefined
  /** Why it was not saved, besides what is wrong with it. */
  readonly notice?: Html | undefined
}

/** The name of the button that saves; the others change rows. */
export const saveStep = 'save'

const groupId = (group: string) => `bagian-${group}`

/** The form of a course, new or changed. */
export function formView(visit: Pick<DeskVisit, 'csrf'>, shown: ShownForm): Html {
  const { form } = shown.texts
  const { course } = shown
  const back = course === undefined ? '/pelatihan' : `/pelatihan/${course.number}`
  const backLabel = course === undefined ? form.back_list : fill(form.back_course, { number: course.number })
  const [title, lead] =
    course === undefined
      ? [form.new_title, form.new_lead]
      : [fill(form.edit_title, course), fill(form.edit_lead, course)]
  const groups = Object.entries(formGroups).map(([name, body]) => groupPart(shown, name, body))
  const save = course === undefined ? form.save_new : form.save
  // Enter presses the first button of a form: it must be the one that saves.
  const body = html`<button class="away" type="submit" name="step" value="${saveStep}" tabindex="-1" aria-hidden="true">${save}</button>
${course === undefined ? '' : html`<input type="hidden" name="version" value="${course.version}">`}
${groups}<p class="actions save"><button type="submit" name="step" value="${saveStep}">${save}</button><a href="${deskHref(back)}">${form.cancel}</a></p>`
  const isUnsaved =
    shown.state.errors.size > 0 || shown.state.focus !== undefined || shown.notice !== undefined
  return html`<div class="course-form"${isUnsaved ? html` data-unsaved` : ''}><p class="back"><a href="${deskHref(back)}">${backLabel}</a></p>
<h1>${title}</h1><p class="lead">${lead}</p>${notices(shown)}${jumps(shown)}
${deskForm(visit, shown.path, body)}</div>
<script src="${deskHref('/pelatihan/halaman.js')}" defer></script>`
}

function groupPart(page: FormPage, name: string, body: (page: FormPage) => Html): Html {
  const id = groupId(name)
  return html`<section class="group" aria-labelledby="${id}"><h2 id="${id}">${titleOf(page, name)}</h2>${body(page)}</section>`
}

function titleOf({ texts }: FormPage, name: string): string {
  const titles: Readonly<Record<string, string>> = texts.form.groups
  return titles[name] ?? name
}

function jumps(page: FormPage): Html {
  const { form } = page.texts
  return html`<nav class="jumps" aria-label="${form.groups_label}"><ul>${Object.keys(formGroups).map(
    (name) => html`<li><a class="jump" href="#${groupId(name)}">${titleOf(page, name)}</a></li>`,
  )}</ul></nav>`
}

function notices({ texts, state, notice }: ShownForm): Html | '' {
  const { form } = texts
  const { errors } = state
  const other =
    notice === undefined
      ? ''
      : html`<div class="notice" role="alert" tabindex="-1"${errors.size === 0 ? html` autofocus` : ''}>${notice}</div>`
  if (errors.size === 0 || state.focus !== undefined) return other
  const lines = [...errors].map(([at, sentence]) => {
    const line = fill(form.summary_line, { label: labelOf(texts, at), sentence })
    return html`<li><a href="#${at}">${line}</a></li>`
  })
  return html`${other}<div class="notice summary" role="alert" tabindex="-1" autofocus><p><b>${fill(form.summary, { count: errors.size })}</b></p><ul>${lines}</ul></div>`
}
