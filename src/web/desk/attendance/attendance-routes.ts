import { fill } from '../../../language/fill-text.ts'
import type { ApplicantLine, AttendanceView } from '../../../training/training-desk.ts'
import type { ApplicantPagesDeps } from '../applicants/applicant-deps.ts'
import { chosenNumbers } from '../applicants/chosen-people.ts'
import { numberIn } from '../applicants/list-visit.ts'
import { missingPage, section } from '../applicants/missing-page.ts'
import { answerMany } from '../applicants/result-page.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import { absentPage } from './absent-page.ts'
import { attendancePage, type ShownAttendance } from './attendance-page.ts'
import { codeBody, codePage } from './code-page.ts'
import { nearestSession, sessionPath } from './session-words.ts'

const ofCourse = '/kehadiran/:number{[0-9]{1,9}}'
const ofSession = `${ofCourse}/:session{[0-9]{1,18}}`

/** The pages on who came: the list of each session, its code in class, and those who never came. */
export function attendanceRoutes(deps: ApplicantPagesDeps): readonly DeskRoute[] {
  const get = (path: string, handle: DeskRoute['handle']): DeskRoute => ({
    method: 'get',
    path,
    permission: 'trainings',
    handle,
  })
  const post = (path: string, handle: DeskRoute['handle']): DeskRoute => ({
    ...get(path, handle),
    method: 'post',
  })
  const session =
    (work: (visit: DeskVisit, view: AttendanceView) => Promise<Response>) => (visit: DeskVisit) =>
      withSession(deps, visit, (view) => work(visit, view))
  return [
    get(ofCourse, (visit) => goToNearest(deps, visit)),
    get(`${ofCourse}/tidak-hadir`, (visit) => showAbsent(deps, visit)),
    post(`${ofCourse}/tidak-hadir`, (visit) => markAbsent(deps, visit)),
    get(
      ofSession,
      session((visit, view) => showSession(deps, visit, view)),
    ),
    post(
      ofSession,
      session((visit, view) => mark(deps, visit, view)),
    ),
    get(
      `${ofSession}/kode`,
      session((visit, view) => showCode(deps, visit, view)),
    ),
    get(
      `${ofSession}/kode/isi`,
      session((visit, view) => renewCode(deps, visit, view)),
    ),
  ]
}

async function withSession(
  { desk, texts }: ApplicantPagesDeps,
  visit: DeskVisit,
  work: (view: AttendanceView) => Promise<Response>,
): Promise<Response> {
  const id = BigInt(visit.context.req.param('session') ?? '0')
  const view = await desk.attendance.read(visit.officer, numberIn(visit), id)
  return view === undefined ? missingPage(visit, texts, 'session', `/peserta/${numberIn(visit)}`) : work(view)
}

async function goToNearest({ desk, texts, now }: ApplicantPagesDeps, visit: DeskVisit): Promise<Response> {
  const view = await desk.courses.read(visit.officer, numberIn(visit))
  if (view === undefined) return missingPage(visit, texts, 'course')
  const nearest = nearestSession(view.course, now())
  if (nearest === undefined) return missingPage(visit, texts, 'session', `/peserta/${view.course.number}`)
  return visit.redirect(sessionPath(view.course.number, nearest.id))
}

async function showSession(
  deps: ApplicantPagesDeps,
  visit: DeskVisit,
  view: AttendanceView,
  given: Pick<ShownAttendance, 'ticked' | 'refusal'> = {},
): Promise<Response> {
  const never = (await neverCame(deps, visit)).length
  const areAllTicked = given.ticked === undefined && visit.context.req.query('pilih') === 'semua'
  const title = fill(deps.texts.attendance.heading, { title: view.course.title })
  const body = attendancePage(deps, visit, { view, never, areAllTicked, ...given })
  return visit.page({ title, body, section }, given.refusal === undefined ? 200 : 409)
}

/** Those in the class who came to none of the sessions that were. */
async function neverCame({ desk }: ApplicantPagesDeps, visit: DeskVisit): Promise<readonly ApplicantLine[]> {
  const filter = { states: ['accepted', 'attending'], order: 'name' } as const
  const people = await desk.applicants.list(visit.officer, numberIn(visit), filter, 'page')
  return people.filter(({ attended, held }) => held > 0 && attended === 0)
}

async function mark(deps: ApplicantPagesDeps, visit: DeskVisit, view: AttendanceView): Promise<Response> {
  const { texts, desk } = deps
  const { course, session } = view
  const fields = await visit.fields()
  const ticked = chosenNumbers(fields)
  const present = [...ticked, ...cameMeanwhile(view, fields.tampak ?? '', ticked)]
  const done = await desk.attendance.mark(visit.officer, course.number, session.id, present)
  if (done.type === 'done') {
    const path = sessionPath(course.number, session.id)
    return visit.redirect(path, fill(texts.attendance.saved, { present: done.present }))
  }
  if (done.type === 'unknown') return missingPage(visit, texts, 'session', `/peserta/${course.number}`)
  return showSession(deps, visit, view, { ticked, refusal: texts.refused.early })
}

/** Who sent the code after the officer's page was made: nobody took them off it. */
function cameMeanwhile(
  { people }: AttendanceView,
  shown: string,
  ticked: readonly number[],
): readonly number[] {
  const seen = shown.split('.').map(Number)
  return people
    .filter(({ way, number }) => way === 'code' && !seen.includes(number) && !ticked.includes(number))
    .map(({ number }) => number)
}

async function showCode(deps: ApplicantPagesDeps, visit: DeskVisit, view: AttendanceView): Promise<Response> {
  const code = await deps.desk.attendance.code(visit.officer, view.course.number, view.session.id)
  return visit.page({ title: deps.texts.code.title, body: codePage(deps, view, code), section })
}

/** What the page asks for by itself. */
async function renewCode(
  deps: ApplicantPagesDeps,
  visit: DeskVisit,
  view: AttendanceView,
): Promise<Response> {
  const code = await deps.desk.attendance.code(visit.officer, view.course.number, view.session.id)
  return visit.page({ title: deps.texts.code.title, body: codeBody(deps, view, code), section })
}

async function showAbsent(deps: ApplicantPagesDeps, visit: DeskVisit, refusal?: string): Promise<Response> {
  const view = await deps.desk.courses.read(visit.officer, numberIn(visit))
  if (view === undefined) return missingPage(visit, deps.texts, 'course')
  const people = await neverCame(deps, visit)
  const body = absentPage(deps, visit, view.course, people, refusal)
  return visit.page({ title: deps.texts.absent.title, body, section }, refusal === undefined ? 200 : 422)
}

async function markAbsent(deps: ApplicantPagesDeps, visit: DeskVisit): Promise<Response> {
  const { texts, desk } = deps
  const numbers = chosenNumbers(await visit.fields())
  if (numbers.length === 0) return showAbsent(deps, visit, texts.refused.nobody)
  const number = numberIn(visit)
  const result = await desk.attendance.markAbsent(visit.officer, number, numbers)
  if ('type' in result) return missingPage(visit, texts, 'course')
  const { done, left_not_ready: notReady } = texts.absent
  return answerMany(texts, visit, result, {
    done,
    back: `/kehadiran/${number}/tidak-hadir`,
    why: { not_ready: notReady },
  })
}
