import { dayInWita, formatMoment, isoDay } from '../../language/format.ts'
import type { Course, CoursePlan } from '../course.ts'
import type { CourseProblem } from './course-problem.ts'

const mostSessions = 60
const longestMs = 14 * 3_600_000
/** A year beyond it is a slip of the finger. */
const farthestMs = 10 * 366 * 86_400_000

type Ground = { readonly now: Date; readonly before?: Course | undefined }
type PlanSession = CoursePlan['sessions'][number]

/**
 * What is wrong with the window of registration and the sessions. What stood before is not in the past, unless the course is a
 * draft: it may still be put right. A new course may open registration on the day that it is.
 */
export function checkTimes(plan: CoursePlan, ground: Ground): readonly CourseProblem[] {
  return [
    ...checkWindow(plan, ground),
    ...checkSessions(plan.sessions, ground),
    ...checkOverlap(plan.sessions),
  ]
}

function checkWindow(plan: CoursePlan, ground: Ground): readonly CourseProblem[] {
  const { opensAt, closesAt } = plan
  const { now, before } = ground
  const unreadable = (['opensAt', 'closesAt'] as const).filter((field) => !isMoment(plan[field], now))
  if (unreadable.length > 0) return unreadable.map((field) => ({ code: 'window', field, details: {} }))
  const opensAnew = before?.opensAt.getTime() !== opensAt.getTime()
  const closesAnew = before?.closesAt.getTime() !== closesAt.getTime()
  const begins = firstBegin(plan.sessions, now)
  const problems: (CourseProblem | false)[] = [
    // An officer who closes it by hand leaves a window of no length.
    (opensAnew || closesAnew) && opensAt >= closesAt && { code: 'window', field: 'closesAt', details: {} },
    opensAnew && dayOf(opensAt) < dayOf(now) && { code: 'past', field: 'opensAt', details: {} },
    (closesAnew || !isOut(before)) && closesAt <= now && { code: 'past', field: 'closesAt', details: {} },
    begins !== undefined &&
      closesAt > begins && {
        code: 'window_after_start',
        field: 'closesAt',
        details: { begins: formatMoment(begins) },
      },
  ]
  return problems.filter((problem) => problem !== false)
}

function checkSessions(sessions: readonly PlanSession[], { now, before }: Ground): readonly CourseProblem[] {
  if (sessions.length === 0 || sessions.length > mostSessions) {
    return [{ code: 'sessions', field: 'sessions', details: { least: 1, most: mostSessions } }]
  }
  const stood = new Set(isOut(before) ? before?.sessions.map(({ startsAt }) => startsAt.getTime()) : [])
  return sessions.flatMap((session, index): readonly CourseProblem[] => {
    const field = `sessions.${index}`
    if (!isSound(session, now)) return [{ code: 'session_times', field, details: {} }]
    const isPast = session.startsAt <= now && !stood.has(session.startsAt.getTime())
    return isPast ? [{ code: 'past', field, details: {} }] : []
  })
}

/** Every session is held against the one before it that ends last. */
function checkOverlap(sessions: readonly PlanSession[]): readonly CourseProblem[] {
  const byTime = sessions
    .map((session, index) => ({ ...session, index }))
    .filter(({ startsAt, endsAt }) => startsAt < endsAt)
    .sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime())
  const problems: CourseProblem[] = []
  let last: PlanSession | undefined
  for (const session of byTime) {
    if (last !== undefined && session.startsAt < last.endsAt) {
      const details = { one: formatMoment(last.startsAt), other: formatMoment(session.startsAt) }
      problems.push({ code: 'session_overlap', field: `sessions.${session.index}`, details })
    }
    if (last === undefined || session.endsAt > last.endsAt) last = session
  }
  return problems
}

function firstBegin(sessions: readonly PlanSession[], now: Date): Date | undefined {
  const begins = sessions.filter((session) => isSound(session, now)).map(({ startsAt }) => startsAt.getTime())
  return begins.length === 0 ? undefined : new Date(Math.min(...begins))
}

function isSound({ startsAt, endsAt }: PlanSession, now: Date): boolean {
  if (!isMoment(startsAt, now) || !isMoment(endsAt, now)) return false
  const length = endsAt.getTime() - startsAt.getTime()
  return length > 0 && length <= longestMs
}

/** Whether it is a moment at all, and none of another age. */
function isMoment(moment: Date, now: Date): boolean {
  return Math.abs(moment.getTime() - now.getTime()) <= farthestMs
}

/** Whether people were told of the course. */
function isOut(before: Course | undefined): boolean {
  return before !== undefined && before.state !== 'draft'
}

function dayOf(moment: Date): string {
  return isoDay(dayInWita(moment))
}
