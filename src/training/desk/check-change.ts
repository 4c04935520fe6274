import { formatMoment } from '../../language/format.ts'
import type { Course, CoursePlan } from '../course.ts'
import type { CourseProblem } from '../plan/course-problem.ts'
import { type Applicant, countOf, overfull } from '../seats/seats.ts'

/** What a course has by now that its plan must not take away. */
interface Standing {
  /** Everybody who has a seat. */
  readonly seated: readonly Applicant[]
  /** Whether anybody ever registered. */
  readonly isTaken: boolean
  readonly now: Date
}

/** Everything that may not be changed any more. A draft may be changed in everything. */
export function checkChange(before: Course, plan: CoursePlan, standing: Standing): readonly CourseProblem[] {
  if (before.state === 'draft') return []
  return [
    ...(standing.isTaken ? checkWhatWasAgreed(before, plan) : []),
    ...checkWindow(before, plan),
    ...checkHeld(before, plan, standing.now),
    ...checkSeats(plan, standing.seated),
  ]
}

/** What people registered for. */
function checkWhatWasAgreed(before: Course, plan: CoursePlan): readonly CourseProblem[] {
  const isSame = {
    title: before.title === plan.title,
    selection: before.selection === plan.selection,
    exclusive: before.exclusive === plan.exclusive,
    questions: questionsOf(before) === questionsOf(plan),
  }
  return Object.entries(isSame).flatMap(([field, same]) =>
    same ? [] : [fixed(field, field === 'title' ? before.title : '')],
  )
}

function questionsOf({ questions }: CoursePlan): string {
  return JSON.stringify(
    questions.map(({ id, text, kind, choices, optional }) => [id, text, kind, choices, optional]),
  )
}

/** Registration that was opened was opened, and registration that is over stays so. */
function checkWindow({ state, opensAt, closesAt }: Course, plan: CoursePlan): readonly CourseProblem[] {
  const isOpened = state !== 'announced'
  const isClosed = isOpened && state !== 'registration'
  return [
    ...(isOpened && opensAt.getTime() !== plan.opensAt.getTime()
      ? [fixed('opensAt', formatMoment(opensAt))]
      : []),
    ...(isClosed && closesAt.getTime() !== plan.closesAt.getTime()
      ? [fixed('closesAt', formatMoment(closesAt))]
      : []),
  ]
}

/** Sessions that began stay as they were. */
function checkHeld(before: Course, plan: CoursePlan, now: Date): readonly CourseProblem[] {
  return before.sessions
    .filter(({ startsAt }) => startsAt <= now)
    .flatMap(({ startsAt, endsAt, title, place }) => {
      const index = plan.sessions.findIndex((other) => other.startsAt.getTime() === startsAt.getTime())
      const other = plan.sessions[index]
      const isSame =
        other !== undefined &&
        other.endsAt.getTime() === endsAt.getTime() &&
        other.title === title &&
        other.place === place
      const field = index < 0 ? 'sessions' : `sessions.${index}`
      return isSame ? [] : [fixed(field, formatMoment(startsAt))]
    })
}

function checkSeats(plan: CoursePlan, seated: readonly Applicant[]): readonly CourseProblem[] {
  return overfull(plan, seated).map((quota) => ({
    code: 'quota_below_taken',
    field: quota === undefined ? 'seats' : `quotas.${plan.quotas.indexOf(quota)}`,
    details:
      quota === undefined
        ? { seats: plan.seats, taken: seated.length }
        : { seats: quota.seats, taken: countOf(quota, seated) },
  }))
}

/** `value`: what it was, where that can be written in a word. */
function fixed(field: string, value = ''): CourseProblem {
  return { code: 'fixed', field, details: { value } }
}
