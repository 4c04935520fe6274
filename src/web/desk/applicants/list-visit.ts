import { fill } from '../../../language/fill-text.ts'
import type { DeskVisit } from '../desk-route.ts'
import type { SealedSearch } from '../sealed-search.ts'
import type { ApplicantPagesDeps } from './applicant-deps.ts'
import { applicantListPage, type ShownList } from './applicant-list-page.ts'
import { type ApplicantWish, readApplicantWish } from './applicant-wish.ts'
import { missingPage, section } from './missing-page.ts'

/** What the pages on applicants have besides what all pages here have. */
export interface ApplicantListDeps extends ApplicantPagesDeps {
  readonly searches: SealedSearch
}

/** The number that a path names; its pattern lets nothing else through. */
export function numberIn({ context }: DeskVisit, name = 'number'): number {
  return Number(context.req.param(name))
}

/** What the query of an address, or of the address a form was on, asks to be listed. */
export function wishIn(
  { searches }: ApplicantListDeps,
  { officer }: DeskVisit,
  query: Readonly<Record<string, string>>,
): ApplicantWish {
  return readApplicantWish(query, (sealed) => searches.open(officer.id, sealed))
}

/** The list of a course, or that there is no such course. */
export async function showList(
  deps: ApplicantListDeps,
  visit: DeskVisit,
  wish: ApplicantWish,
  given: Pick<ShownList, 'refusal' | 'given'> = {},
): Promise<Response> {
  const number = numberIn(visit)
  const view = await deps.desk.courses.read(visit.officer, number)
  if (view === undefined) return missingPage(visit, deps.texts, 'course')
  const people = await deps.desk.applicants.list(visit.officer, number, wish, 'page')
  const title = fill(deps.texts.list.heading, { title: view.course.title })
  const body = applicantListPage(deps, visit, { view, wish, people, ...given })
  return visit.page({ title, body, section }, given.refusal === undefined ? 200 : 422)
}
