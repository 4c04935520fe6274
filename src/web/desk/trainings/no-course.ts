import { html } from 'hono/html'
import { deskHref } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import type { TrainingPagesDeps } from './training-deps.ts'

/** A page that says that there is no such course, with the way to those there are. */
export async function noCourse(
  { texts }: Pick<TrainingPagesDeps, 'texts'>,
  visit: DeskVisit,
): Promise<Response> {
  const { title, text } = texts.refused.unknown
  const body = html`<h1>${title}</h1><p>${text}</p><p><a class="button second" href="${deskHref('/pelatihan')}">${texts.course.back}</a></p>`
  return visit.page({ title, body, section: 'trainings' }, 404)
}
