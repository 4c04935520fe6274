import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import type { Html } from '../../layout.ts'
import { deskForm, deskHref } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import type { ActTexts, ApplicantTexts } from './applicant-texts.ts'
import { pickedFields } from './chosen-people.ts'
import { personName } from './person-words.ts'

/** Something that is about to be done with many. */
export interface Confirmation {
  readonly words: ActTexts
  readonly people: readonly {
    readonly number: number
    readonly name: string
    readonly standing: Html | string
  }[]
  /** What else to know beforehand. */
  readonly notes: readonly (Html | string)[]
  /** Below /desk: where it is done, and the way back to the list with the same people ticked. */
  readonly path: string
  readonly back: string
  /** What goes along besides the people. */
  readonly fields: Readonly<Record<string, string>>
  readonly isDanger: boolean
}

/** Says how many and who, and what follows, before anything is done. */
export function confirmPage(
  texts: Pick<ApplicantTexts, 'confirm' | 'erased' | 'number'>,
  visit: Pick<DeskVisit, 'csrf'>,
  wish: Confirmation,
): Html {
  const { words, people, notes, path, back, fields, isDanger } = wish
  const { confirm } = texts
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  const body = html`${hidden}${pickedFields(people.map(({ number }) => number))}
<p class="actions"><button type="submit"${isDanger ? html` class="danger"` : ''}>${words.press}</button><a href="${deskHref(back)}">${confirm.back}</a></p>`
  return html`<div class="applicants"><p class="step">${confirm.title}</p><h1>${fill(words.ask, { count: people.length })}</h1>
<p class="lead">${words.told}</p>${notes.map((note) => html`<p>${note}</p>`)}
<h2>${fill(confirm.people, { count: people.length })}</h2><ol class="people">${people.map(
    ({ number, name, standing }) =>
      html`<li>${personName(texts, name)} <span class="hint beside">${fill(texts.number, { number })}</span> ${standing}</li>`,
  )}</ol>${deskForm(visit, path, body)}</div>`
}
