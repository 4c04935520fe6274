import { readFile } from 'node:fs/promises'
import type { App } from '../app.ts'
import type { CoursePlan, CourseState } from '../training/course.ts'
import { planAsWritten, readPlanFile, writePlanFile } from '../training/plan/plan-file.ts'
import { writeMoment } from '../training/plan/plan-times.ts'
import type { CourseLine, CourseView } from '../training/training-desk.ts'
import { UsageError } from './command.ts'
import type { CliContext } from './context.ts'
import { noCourse, operator, refusalOf } from './trainings-words.ts'

/** The courses, a line each. */
export async function listCourses(
  { trainings }: App,
  { out, err }: CliContext,
  { all, json }: { readonly all: boolean; readonly json: boolean },
): Promise<number> {
  const lines = await trainings.courses.list(operator(), all ? {} : { over: false })
  if (json) out(`${JSON.stringify(lines.map(lineObject))}\n`)
  else for (const line of lines) out(`${lineText(line)}\n`)
  if (lines.length === 0 && !json) err('There is no course.\n')
  return 0
}

function lineText({ course, applicants, seated, reserves }: CourseLine): string {
  const { number, state, title, seats, startsAt } = course
  const { day, clock } = writeMoment(startsAt)
  const people = [`${seated} of ${seats} seats`, `${reserves} waiting`, `${applicants} applied`]
  return [number, state, title, `begins ${day} ${clock}`, ...people].join('\t')
}

function lineObject({ course, applicants, seated, reserves }: CourseLine) {
  const { number, state, title, subject, office, seats, opensAt, closesAt, startsAt, endsAt } = course
  return {
    ...{ number, state, title, subject, office, seats, seated, reserves, applicants },
    ...{ opens_at: opensAt, closes_at: closesAt, starts_at: startsAt, ends_at: endsAt },
  }
}

/** One course: as a file to edit, with what else is known in remarks; or as an object. */
export async function showCourse(
  { trainings, language }: App,
  { out }: CliContext,
  number: number,
  json: boolean,
): Promise<number> {
  const view = await trainings.courses.read(operator(), number)
  if (view === undefined) throw noCourse(number)
  const { places } = language
  if (json) out(`${JSON.stringify({ ...viewObject(view), plan: planAsWritten(view.course, places) })}\n`)
  else out(`${remarks(view).join('')}${writePlanFile(view.course, places)}`)
  return 0
}

function remarks({ course, applicants, seated, reserves, moves, quotas }: CourseView): readonly string[] {
  const { number, state, version, seats, createdBy, cancelReason } = course
  return [
    `course ${number}: ${state}, changed ${version} times, made by ${createdBy}`,
    `${seated} of ${seats} seats taken, ${reserves} on the waiting list, ${applicants} applied`,
    ...quotas.map(
      ({ quota, taken }) =>
        `${taken} of ${quota.seats} seats taken of ${quota.by} ${quota.values.join(', ')}`,
    ),
    ...(cancelReason === undefined ? [] : [`cancelled: ${cancelReason}`]),
    `may become: ${moves.join(', ') || 'nothing else'}`,
  ].map((line) => `# ${line.replace(/\s+/g, ' ')}\n`)
}

function viewObject(view: CourseView) {
  const { course, counts, moves, announcement, quotas } = view
  const { version, createdAt, createdBy, announcedAt, cancelReason, endedAt } = course
  return {
    ...lineObject(view),
    ...{ version, counts, moves, announcement: announcement ?? null },
    quotas: quotas.map(({ quota, taken }) => ({ ...quota, taken })),
    sessions: course.sessions.map(({ startsAt, endsAt, title, place }, at) => {
      return {
        session: at + 1,
        starts_at: startsAt,
        ends_at: endsAt,
        title: title ?? null,
        place: place ?? null,
      }
    }),
    ...{ created_at: createdAt, created_by: createdBy, announced_at: announcedAt ?? null },
    ...{ cancel_reason: cancelReason ?? null, ended_at: endedAt ?? null },
  }
}

/** Makes a draft of a file; its number goes to standard output. */
export async function addCourse(app: App, { out, err }: CliContext, file: string): Promise<number> {
  const done = await app.trainings.courses.create(operator(), await planIn(file, app))
  if (done.type !== 'done') throw refusalOf(done, undefined, file)
  out(`${done.number}\n`)
  err(`Course ${done.number} is a draft. To have people hear of it: lopo trainings announce ${done.number}\n`)
  return 0
}

/** Changes a course into what a file says. */
export async function editCourse(
  app: App,
  { err }: CliContext,
  number: number,
  file: string,
): Promise<number> {
  const viewer = operator()
  const plan = await planIn(file, app)
  const view = await app.trainings.courses.read(viewer, number)
  if (view === undefined) throw noCourse(number)
  const done = await app.trainings.courses.edit(viewer, number, plan, view.course.version)
  if (done.type !== 'done') throw refusalOf(done, number, file)
  err(`Course ${number} is changed; ${done.told} people are told.\n`)
  return 0
}

async function planIn(file: string, { language }: App): Promise<CoursePlan> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`lopo: ${file} cannot be read`, { cause })
  })
  const read = readPlanFile(text, language.places)
  if (read.type === 'read') return read.plan
  throw new UsageError(read.problems.map((problem) => `lopo: ${file}: ${problem}`).join('\n'))
}

/** Makes a draft like another course; its number goes to standard output. */
export async function copyCourse(
  { trainings }: App,
  { out, err }: CliContext,
  number: number,
): Promise<number> {
  const done = await trainings.courses.copy(operator(), number)
  if (done.type !== 'done') throw refusalOf(done, number)
  out(`${done.number}\n`)
  err(`Course ${done.number} is a draft like course ${number}, later.\n`)
  return 0
}

/** Moves a course on in its life. */
export async function moveCourse(
  { trainings }: App,
  { err }: CliContext,
  number: number,
  to: CourseState,
  reason?: string,
): Promise<number> {
  const done = await trainings.courses.move(operator(), number, to, reason)
  if (done.type !== 'done') throw refusalOf(done, number)
  err(`Course ${number}: ${to}.\n`)
  return 0
}

/** Takes a course away. */
export async function removeCourse({ trainings }: App, { err }: CliContext, number: number): Promise<number> {
  const done = await trainings.courses.remove(operator(), number)
  if (done.type !== 'done') throw refusalOf(done, number)
  err(`Course ${number} is gone.\n`)
  return 0
}
