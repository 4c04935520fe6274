import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import type { Course } from '../../../training/course.ts'
import type { ApplicantLine } from '../../../training/training-desk.ts'
import type { Html } from '../../layout.ts'
import type { ApplicantPagesDeps } from '../applicants/applicant-deps.ts'
import { refusalNotice } from '../applicants/decision-form.ts'
import { personName } from '../applicants/person-words.ts'
import { deskForm, deskHref } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'

/** Those who never came, and what it means for them to be marked so: said before anything is done. */
export function absentPage(
  { texts }: ApplicantPagesDeps,
  visit: Pick<DeskVisit, 'csrf'>,
  course: Course,
  people: readonly ApplicantLine[],
  refusal?: string,
): Html {
  const { absent } = texts
  const bar = course.barDays === 0 ? absent.no_bar : fill(absent.bar, { days: course.barDays })
  const body = html`<fieldset class="roll"><legend>${absent.list}</legend>${people.map(
    ({ registration: { number }, name, held }) =>
      html`<label class="check"><input type="checkbox" name="pilih.${number}" value="ya"><span>${personName(texts, name)}
<span class="hint">${fill(texts.number, { number })} · ${fill(absent.held, { held })}</span></span></label>`,
  )}</fieldset><p class="actions"><button type="submit" class="danger">${absent.press}</button></p>`
  return html`<div class="attendance"><p class="back"><a href="${deskHref(`/kehadiran/${course.number}`)}">${absent.back}</a></p>
<h1>${absent.title}</h1>${refusalNotice(texts, refusal)}${
    people.length === 0
      ? html`<p class="panel">${absent.none}</p>`
      : html`<p class="lead">${absent.lead}</p><p>${absent.means}</p><p class="warning">${bar}</p>${deskForm(visit, `/kehadiran/${course.number}/tidak-hadir`, body)}`
  }</div>`
}
