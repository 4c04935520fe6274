import { fill } from '../../../language/fill-text.ts'
import type { ApplicantView } from '../../../training/training-desk.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import type { ApplicantPagesDeps } from './applicant-deps.ts'
import { type ApplicantGiven, applicantPage } from './applicant-page.ts'
import { problemText } from './decision-form.ts'
import { readDecision } from './decision-wish.ts'
import { numberIn } from './list-visit.ts'
import { missingPage, section } from './missing-page.ts'
import { plainName } from './person-words.ts'
import { whyLeft } from './result-page.ts'

type Fields = Readonly<Record<string, string>>

const one = '/peserta/:number{[0-9]{1,9}}/:registration{[0-9]{1,9}}'

/** The pages of one applicant: read, assess, decide. */
export function personRoutes(deps: ApplicantPagesDeps): readonly DeskRoute[] {
  const permission = 'trainings'
  return [
    {
      method: 'get',
      path: one,
      permission,
      handle: (visit) => withPerson(deps, visit, (view) => show(deps, visit, view)),
    },
    {
      method: 'post',
      path: `${one}/nilai`,
      permission,
      handle: (visit) => withPerson(deps, visit, (view) => assess(deps, visit, view)),
    },
    {
      method: 'post',
      path: `${one}/putusan`,
      permission,
      handle: (visit) => withPerson(deps, visit, (view) => decide(deps, visit, view)),
    },
  ]
}

async function withPerson(
  { desk, texts }: ApplicantPagesDeps,
  visit: DeskVisit,
  work: (view: ApplicantView) => Promise<Response>,
): Promise<Response> {
  const course = numberIn(visit)
  const view = await desk.applicants.read(visit.officer, numberIn(visit, 'registration'))
  // A number of another course is none here: what a page says is of the course in its address.
  if (view?.registration.courseNumber !== course)
    return missingPage(visit, texts, 'applicant', `/peserta/${course}`)
  return work(view)
}

async function show(
  deps: ApplicantPagesDeps,
  visit: DeskVisit,
  view: ApplicantView,
  given: ApplicantGiven = {},
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const title = plainName(deps.texts, view.name)
  return visit.page({ title, body: applicantPage(deps, visit, view, given), section }, status)
}

async function assess(deps: ApplicantPagesDeps, visit: DeskVisit, view: ApplicantView): Promise<Response> {
  const { texts, desk } = deps
  const fields = await visit.fields()
  const score = readScore(fields.nilai)
  const note = (fields.catatan ?? '').replaceAll('\r\n', '\n').trim()
  const { number } = view.registration
  const done =
    score === 'score' ? { type: score } : await desk.applicants.assess(visit.officer, number, { score, note })
  if (done.type === 'done') return visit.redirect(pathOf(view), texts.person.saved)
  if (done.type === 'unknown') return gone(deps, visit, view)
  return show(deps, visit, view, { refusal: texts.refused[done.type], fields }, 422)
}

function readScore(text = ''): number | undefined | 'score' {
  const written = text.trim()
  if (written === '') return undefined
  return /^\d{1,3}$/.test(written) && Number(written) <= 100 ? Number(written) : 'score'
}

async function decide(deps: ApplicantPagesDeps, visit: DeskVisit, view: ApplicantView): Promise<Response> {
  const { texts, desk } = deps
  const fields: Fields = await visit.fields()
  const wish = readDecision(texts, fields)
  if (typeof wish === 'string')
    return show(deps, visit, view, { refusal: problemText(texts, wish), fields }, 422)
  const { number, courseNumber } = view.registration
  const { decision, reason } = wish
  const result = await desk.applicants.decide(visit.officer, courseNumber, [number], decision, reason)
  if (!('done' in result)) {
    if (result.type === 'unknown') return gone(deps, visit, view)
    return show(deps, visit, view, { refusal: problemText(texts, result.type), fields }, 422)
  }
  const [left] = result.left
  if (left === undefined)
    return visit.redirect(pathOf(view), fill(texts.decisions[decision].done, { count: 1 }))
  return show(deps, visit, view, { refusal: whyLeft(texts, left.why), fields }, 409)
}

function gone({ texts }: ApplicantPagesDeps, visit: DeskVisit, view: ApplicantView): Promise<Response> {
  return missingPage(visit, texts, 'applicant', `/peserta/${view.registration.courseNumber}`)
}

function pathOf({ registration }: ApplicantView): string {
  return `/peserta/${registration.courseNumber}/${registration.number}`
}
