import { readFileSync } from 'node:fs'
import { fill } from '../../../language/fill-text.ts'
import { courseStates } from '../../../training/course.ts'
import type { CourseRefusal, CourseView } from '../../../training/training-desk.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import type { GivenReason } from './course-moves.ts'
import { toldLine } from './course-telling.ts'
import { courseView } from './course-view.ts'
import { trimmed } from './form-fields.ts'
import { formRoutes, showUnready } from './form-routes.ts'
import { listView } from './list-view.ts'
import { noCourse } from './no-course.ts'
import { numberOf, type TrainingPagesDeps } from './training-deps.ts'

const one = '/pelatihan/:number'

/** All pages and actions about courses. Those about applicants, attendance and certificates are at paths of their own. */
export function trainingRoutes(deps: TrainingPagesDeps): readonly DeskRoute[] {
  const script = readFileSync(new URL('./pages.js', import.meta.url), 'utf8')
  const get = (path: string, handle: DeskRoute['handle']): DeskRoute => ({
    ...{ method: 'get', path, permission: 'trainings' },
    handle,
  })
  const post = (path: string, handle: DeskRoute['handle']): DeskRoute => ({
    ...get(path, handle),
    method: 'post',
  })
  return [
    get('/pelatihan', (visit) => showList(deps, visit)),
    get('/pelatihan/halaman.js', async ({ context }) =>
      context.body(script, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
    ),
    ...formRoutes(deps),
    get(one, (visit) => showCourse(deps, visit)),
    get(`${one}/kabar`, (visit) => tellProgress(deps, visit)),
    post(`${one}/keadaan`, (visit) => move(deps, visit)),
    post(`${one}/salin`, (visit) => copy(deps, visit)),
    post(`${one}/hapus`, (visit) => remove(deps, visit)),
  ]
}

async function showList(deps: TrainingPagesDeps, visit: DeskVisit): Promise<Response> {
  const all = visit.context.req.query('semua') !== undefined
  const lines = await deps.desk.list(visit.officer, all ? {} : { over: false })
  const { title } = deps.texts.list
  return visit.page({ title, section: 'trainings', body: listView(deps, lines, all) })
}

async function readCourse({ desk }: TrainingPagesDeps, visit: DeskVisit): Promise<CourseView | undefined> {
  const number = numberOf(visit)
  return number === undefined ? undefined : desk.read(visit.officer, number)
}

/** The course as it is now, with what was refused just now. */
async function showCourse(
  deps: TrainingPagesDeps,
  visit: DeskVisit,
  refused: { readonly refusal?: string; readonly given?: GivenReason } = {},
): Promise<Response> {
  const view = await readCourse(deps, visit)
  if (view === undefined) return noCourse(deps, visit)
  const { number, title } = view.course
  const body = courseView(deps, visit, { view, ...refused })
  const heading = fill(deps.texts.course.title, { number, name: title })
  const status = refused.refusal === undefined ? 200 : refused.given === undefined ? 409 : 422
  return visit.page({ title: heading, section: 'trainings', body }, status)
}

async function tellProgress(deps: TrainingPagesDeps, visit: DeskVisit): Promise<Response> {
  const view = await readCourse(deps, visit)
  if (view === undefined) return noCourse(deps, visit)
  // Once everybody was told, the page asks no more.
  if ((view.announcement?.left ?? 0) === 0) visit.context.header('HX-Refresh', 'true')
  return visit.page({ title: deps.texts.course.announcement_title, body: toldLine(deps, view) })
}

async function move(deps: TrainingPagesDeps, visit: DeskVisit): Promise<Response> {
  const fields = await visit.fields()
  const number = numberOf(visit)
  const to = courseStates.find((state) => state === fields.to)
  if (number === undefined) return noCourse(deps, visit)
  if (to === undefined) return refuse(deps, visit, { type: 'state' })
  const reason = trimmed(fields, 'reason')
  const done = await deps.desk.move(visit.officer, number, to, reason)
  if (done.type === 'done') return visit.redirect(`/pelatihan/${number}`, deps.texts.done.moves[to])
  return refuse(deps, visit, done, reason)
}

async function copy(deps: TrainingPagesDeps, visit: DeskVisit): Promise<Response> {
  const number = numberOf(visit)
  if (number === undefined) return noCourse(deps, visit)
  const done = await deps.desk.copy(visit.officer, number)
  if (done.type !== 'done') return refuse(deps, visit, done)
  return visit.redirect(`/pelatihan/${done.number}/ubah`, fill(deps.texts.done.copy, done))
}

async function remove(deps: TrainingPagesDeps, visit: DeskVisit): Promise<Response> {
  const number = numberOf(visit)
  if (number === undefined) return noCourse(deps, visit)
  const done = await deps.desk.remove(visit.officer, number)
  if (done.type !== 'done') return refuse(deps, visit, done)
  return visit.redirect('/pelatihan', fill(deps.texts.done.remove, { number }))
}

/** Why nothing was done, on the page where something else can be. */
async function refuse(
  deps: TrainingPagesDeps,
  visit: DeskVisit,
  refusal: CourseRefusal,
  reason = '',
): Promise<Response> {
  const { refused, cancel } = deps.texts
  switch (refusal.type) {
    case 'unknown':
      return noCourse(deps, visit)
    case 'moved':
      return showCourse(deps, visit, { refusal: refused.moved_page })
    case 'state':
    case 'has_registrations':
      return showCourse(deps, visit, { refusal: refused[refusal.type] })
    case 'reason': {
      const given = { reason, error: cancel.no_reason }
      return showCourse(deps, visit, { refusal: cancel.no_reason, given })
    }
    case 'problems': {
      const view = await readCourse(deps, visit)
      return view === undefined ? noCourse(deps, visit) : showUnready(deps, visit, view, refusal.problems)
    }
  }
}
