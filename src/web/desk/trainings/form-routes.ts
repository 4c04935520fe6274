import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import type { Course } from '../../../training/course.ts'
import type { CourseRefusal, CourseView } from '../../../training/training-desk.ts'
import type { Html } from '../../layout.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import { blankSession, changeRows, numbered } from './change-rows.ts'
import { type FormFields, named, ticked } from './form-fields.ts'
import { byPlace, type FormProblem, idOf, placeProblem } from './form-problem.ts'
import { errorsOf, type FormState, labelOf } from './form-state.ts'
import { formView, saveStep } from './form-view.ts'
import { noCourse } from './no-course.ts'
import { tellFields } from './plan-words.ts'
import { type ReadForm, readForm } from './read-form.ts'
import { numberOf, type TrainingPagesDeps } from './training-deps.ts'
import { writeForm } from './write-form.ts'

/** A form as it is answered with. */
interface Given {
  readonly fields: FormFields
  readonly problems?: readonly FormProblem[]
  readonly focus?: string
  readonly note?: string
  readonly notice?: Html | undefined
  readonly status?: 200 | 404 | 409 | 422
}

/** Making a course, and changing one. */
export function formRoutes(deps: TrainingPagesDeps): readonly DeskRoute[] {
  const permission = 'trainings'
  return [
    {
      ...{ method: 'get', path: '/pelatihan/baru', permission },
      handle: async (visit) => showForm(deps, visit, undefined, { fields: newForm(deps) }),
    },
    { ...{ method: 'post', path: '/pelatihan/baru', permission }, handle: (visit) => create(deps, visit) },
    {
      ...{ method: 'get', path: '/pelatihan/:number/ubah', permission },
      handle: (visit) => openEdit(deps, visit),
    },
    {
      ...{ method: 'post', path: '/pelatihan/:number/ubah', permission },
      handle: (visit) => edit(deps, visit),
    },
  ]
}

/** The form of a course that is not announced, with what keeps it from being. */
export function showUnready(
  deps: TrainingPagesDeps,
  visit: DeskVisit,
  { course }: CourseView,
  problems: Extract<CourseRefusal, { type: 'problems' }>['problems'],
): Promise<Response> {
  const fields = writeForm(course)
  const { rows } = readForm(fields)
  const placed = problems.map((problem) => placeProblem(problem, rows))
  const notice = html`<p>${deps.texts.refused.not_ready}</p>`
  return showForm(deps, visit, course, { fields, problems: placed, notice, status: 422 })
}

/** What a new form proposes. */
function newForm({ texts }: TrainingPagesDeps): FormFields {
  const { defaults } = texts
  return {
    ...{ cost: defaults.cost, selection: defaults.selection },
    ...{ 'opensAt.time': defaults.opens, 'closesAt.time': defaults.closes },
    ...{ offerHours: defaults.offer_hours, barDays: defaults.bar_days },
    ...{ minAttendance: defaults.min_attendance, ...(defaults.exclusive ? { exclusive: ticked } : {}) },
    ...named('sessions.0', blankSession(texts)),
  }
}

async function showForm(
  deps: TrainingPagesDeps,
  visit: DeskVisit,
  course: Course | undefined,
  { fields, problems = [], focus, note, notice, status = 200 }: Given,
): Promise<Response> {
  const { texts } = deps
  const was = course === undefined ? {} : tellFields(deps, course)
  const state: FormState = { fields, errors: errorsOf(deps, problems, was), focus, note }
  const path = course === undefined ? '/pelatihan/baru' : `/pelatihan/${course.number}/ubah`
  const title =
    course === undefined ? texts.form.new_title : fill(texts.form.edit_title, { number: course.number })
  const body = formView(visit, { ...deps, state, path, course, notice })
  return visit.page({ title, section: 'trainings', body }, status)
}

/** The form again where the button was one that changes rows. */
function rowsChanged(
  deps: TrainingPagesDeps,
  visit: DeskVisit,
  course: Course | undefined,
  fields: FormFields,
): Promise<Response> | undefined {
  const { step = saveStep } = fields
  const changed = changeRows(deps.texts, fields, step)
  if (changed === undefined) return undefined
  return showForm(deps, visit, course, { ...changed, status: changed.problems.length > 0 ? 422 : 200 })
}

async function create(deps: TrainingPagesDeps, visit: DeskVisit): Promise<Response> {
  const fields = numbered(await visit.fields())
  const again = rowsChanged(deps, visit, undefined, fields)
  if (again !== undefined) return again
  const form = readForm(fields)
  const done = await deps.desk.create(visit.officer, form.plan)
  if (done.type === 'done') {
    const { number } = done
    return visit.redirect(`/pelatihan/${number}`, fill(deps.texts.done.create, { number }))
  }
  return showForm(deps, visit, undefined, { fields, problems: allProblems(form, done), status: 422 })
}

async function openEdit(deps: TrainingPagesDeps, visit: DeskVisit): Promise<Response> {
  const view = await courseOf(deps, visit)
  if (view === undefined) return noCourse(deps, visit)
  const { course } = view
  if (course.state === 'finished' || course.state === 'cancelled') {
    return visit.redirect(`/pelatihan/${course.number}`, lateEdit(deps, course))
  }
  return showForm(deps, visit, course, { fields: writeForm(course) })
}

async function edit(deps: TrainingPagesDeps, visit: DeskVisit): Promise<Response> {
  const { texts, desk } = deps
  const fields = numbered(await visit.fields())
  const view = await courseOf(deps, visit)
  if (view === undefined) return showDeleted(deps, visit, fields)
  // The version that the officer saw, until it is saved or they are told of another.
  const seen = { ...view.course, version: Number(fields.version ?? 0) }
  const again = rowsChanged(deps, visit, seen, fields)
  if (again !== undefined) return again
  const form = readForm(fields)
  const done = await desk.edit(visit.officer, view.course.number, form.plan, seen.version)
  switch (done.type) {
    case 'done': {
      const { edit, edit_told } = texts.done
      return visit.redirect(
        `/pelatihan/${view.course.number}`,
        done.told === 0 ? edit : fill(edit_told, done),
      )
    }
    case 'unknown':
      return showDeleted(deps, visit, fields)
    case 'moved':
      return showMoved(deps, visit, fields, form)
    case 'state': {
      const notice = html`<p>${lateEdit(deps, view.course)}</p>`
      return showForm(deps, visit, seen, { fields, notice, status: 409 })
    }
    default:
      return showForm(deps, visit, seen, { fields, problems: allProblems(form, done), status: 422 })
  }
}

/** Where everything that is typed stays, and the next press makes a new course of it. */
function showDeleted(deps: TrainingPagesDeps, visit: DeskVisit, fields: FormFields): Promise<Response> {
  const notice = html`<p>${deps.texts.refused.deleted}</p>`
  return showForm(deps, visit, undefined, { fields, notice, status: 409 })
}

/** What is typed stays, beside what is kept by now; the next press puts it in the place of that. */
async function showMoved(
  deps: TrainingPagesDeps,
  visit: DeskVisit,
  fields: FormFields,
  form: ReadForm,
): Promise<Response> {
  const view = await courseOf(deps, visit)
  if (view === undefined) return showDeleted(deps, visit, fields)
  const { refused } = deps.texts
  const kept = tellFields(deps, view.course)
  const typed: Readonly<Record<string, string>> = tellFields(deps, form.plan)
  const others = Object.entries(kept).filter(([field, value]) => typed[field] !== value)
  const lines = others.map(([field, value]) => {
    const line = fill(refused.differs, { label: labelOf(deps.texts, field), value: value || refused.empty })
    return html`<li><a href="#${idOf(field)}">${line}</a></li>`
  })
  const notice =
    others.length === 0 ? html`<p>${refused.moved_same}</p>` : html`<p>${refused.moved}</p><ul>${lines}</ul>`
  return showForm(deps, visit, view.course, { fields, problems: form.problems, notice, status: 409 })
}

function courseOf({ desk }: TrainingPagesDeps, visit: DeskVisit): Promise<CourseView | undefined> {
  const number = numberOf(visit)
  return number === undefined ? Promise.resolve(undefined) : desk.read(visit.officer, number)
}

function lateEdit({ texts }: TrainingPagesDeps, { state }: Pick<Course, 'state'>): string {
  return fill(texts.refused.state_edit, { state: texts.states[state] })
}

/** What the form itself found, and of the desk's findings those about other places. */
function allProblems(form: ReadForm, done: CourseRefusal): readonly FormProblem[] {
  if (done.type !== 'problems') return form.problems
  const isTold = (at: string) => form.problems.some((own) => rowOf(own.at) === rowOf(at))
  const others = done.problems.map((problem) => placeProblem(problem, form.rows))
  return [...form.problems, ...others.filter(({ at }) => !isTold(at))].sort(byPlace)
}

/** A moment's date and time, and the inputs of a session, are one place. */
function rowOf(at: string): string {
  const parts = at.split('.')
  return parts[0] === 'sessions' ? parts.slice(0, 2).join('.') : (parts[0] ?? at)
}
