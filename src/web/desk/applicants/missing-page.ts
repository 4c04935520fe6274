import { html } from 'hono/html'
import { deskHref } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import type { ApplicantTexts } from './applicant-texts.ts'

/** The entry of the navigation that these pages light: of the courses' pages. */
export const section = 'trainings'

/** A page that says that there is no such thing, with a way back: `to` is a path below /desk, the first page when left out. */
export async function missingPage(
  visit: Pick<DeskVisit, 'page'>,
  { missing }: Pick<ApplicantTexts, 'missing'>,
  what: 'course' | 'applicant' | 'session' | 'certificate',
  to?: string,
): Promise<Response> {
  const { title, text } = missing[what]
  const back = to === undefined ? missing.home : missing.back
  const body = html`<h1>${title}</h1><p>${text}</p><p><a class="button second" href="${deskHref(to ?? '/')}">${back}</a></p>`
  return visit.page({ title, body, section }, 404)
}
