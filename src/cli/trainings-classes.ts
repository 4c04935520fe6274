import type { App } from '../app.ts'
import { writeMoment } from '../training/plan/plan-times.ts'
import type { CertificateLine } from '../training/training-desk.ts'
import { UsageError } from './command.ts'
import type { CliContext } from './context.ts'
import { noCourse, operator, tellMany } from './trainings-words.ts'

/** What of a class's attendance is asked for: who was there by number, the code, or to note exactly who was there. */
export type AttendanceWish =
  | { readonly type: 'list' }
  | { readonly type: 'code' }
  | { readonly type: 'mark'; readonly present: readonly number[] }

/** Attendance at one session, by its place in the course from 1. */
export async function tendAttendance(
  app: App,
  { out, err }: CliContext,
  { number, session }: { readonly number: number; readonly session: number },
  wish: AttendanceWish,
): Promise<number> {
  const viewer = operator()
  const { attendance } = app.trainings
  const id = await sessionOf(app, number, session)
  if (wish.type === 'code') {
    const shown = await attendance.code(viewer, number, id)
    if (shown === undefined)
      throw new UsageError(`lopo: session ${session} of course ${number} is not on now`)
    out(`${shown.code}\n`)
    err(`It is good until ${writeMoment(shown.validUntil).clock} WITA.\n`)
    return 0
  }
  if (wish.type === 'mark') {
    const done = await attendance.mark(viewer, number, id, wish.present)
    if (!('present' in done)) {
      if (done.type === 'unknown') throw noCourse(number)
      throw new UsageError(`lopo: session ${session} of course ${number} has not begun`)
    }
    err(`${done.present} were there.\n`)
    return done.present < wish.present.length ? 1 : 0
  }
  const view = await attendance.read(viewer, number, id)
  if (view === undefined) throw noCourse(number)
  for (const person of view.people) {
    out(`${[person.number, person.present ? 'present' : 'absent', person.way ?? ''].join('\t')}\n`)
  }
  return 0
}

async function sessionOf({ trainings }: App, number: number, session: number): Promise<bigint> {
  const view = await trainings.courses.read(operator(), number)
  if (view === undefined) throw noCourse(number)
  const { sessions } = view.course
  const found = sessions[session - 1]
  if (found !== undefined) return found.id
  throw new UsageError(
    `lopo: course ${number} has ${sessions.length} sessions, and none is number ${session}`,
  )
}

/** Notes that some never came. */
export async function markAbsent(
  { trainings }: App,
  context: CliContext,
  number: number,
  registrations: readonly number[],
): Promise<number> {
  return tellMany(await trainings.attendance.markAbsent(operator(), number, registrations), number, context)
}

/** Says of some whether they passed. */
export async function grade(
  { trainings }: App,
  context: CliContext,
  number: number,
  registrations: readonly number[],
  passed: boolean,
): Promise<number> {
  return tellMany(
    await trainings.certificates.grade(operator(), number, registrations, passed),
    number,
    context,
  )
}

/** Certificates of a course by number; with `issue`, issues some: `all` are those who passed and attended enough. */
export async function tendCertificates(
  { trainings }: App,
  context: CliContext,
  number: number,
  issue: 'all' | readonly number[] | undefined,
): Promise<number> {
  const viewer = operator()
  const lines = await trainings.certificates.list(viewer, number)
  if (lines === undefined) throw noCourse(number)
  if (issue === undefined) {
    const byNumber = lines.toSorted((one, other) => one.registration.number - other.registration.number)
    for (const line of byNumber) context.out(`${certificateText(line)}\n`)
    return 0
  }
  const all = lines.filter((line) => line.registration.state === 'passed' && line.isEnough)
  const numbers = issue === 'all' ? all.map(({ registration }) => registration.number) : issue
  return tellMany(await trainings.certificates.issue(viewer, number, numbers), number, context)
}

function certificateText(line: CertificateLine): string {
  const { registration, number, attended, held, isEnough, revokedAt, sentAt } = line
  const came = `${attended} of ${held} sessions${isEnough ? '' : ', too few'}`
  const sent = sentAt === undefined ? 'not sent' : `sent ${sentAt.toISOString()}`
  const state = revokedAt === undefined ? sent : `revoked ${revokedAt.toISOString()}`
  return [
    registration.number,
    registration.state,
    came,
    number ?? '',
    number === undefined ? '' : state,
  ].join('\t')
}
