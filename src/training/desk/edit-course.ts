import { afterQuiet } from '../../language/quiet-hours.ts'
import type { Transaction } from '../../storage/database.ts'
import { type Course, type CoursePlan, isPublic } from '../course.ts'
import { checkPlan } from '../plan/check-plan.ts'
import type { CourseProblem } from '../plan/course-problem.ts'
import type { CourseDesk } from '../training-desk.ts'
import { checkChange } from './check-change.ts'
import { type CourseDeskDeps, groundOf } from './course-desk-deps.ts'
import { lockCourse } from './lock-course.ts'
import { matchSessions } from './match-sessions.ts'
import { noteDeed } from './note-deed.ts'
import { tidyPlan } from './tidy-plan.ts'
import { isElsewhere, whatChanged } from './what-changed.ts'

/** A course that is locked, and the plan that is to take its place. */
interface Editing {
  readonly course: Course
  readonly plan: CoursePlan
  readonly now: Date
}

/** Makes the use case. Whoever is registered is told of another place, or other times. */
export function createEditCourse(deps: CourseDeskDeps): CourseDesk['edit'] {
  const { store, courses } = deps
  return (viewer, number, written, version) =>
    store.transact(async (transaction) => {
      const course = await lockCourse(store, transaction, number)
      if (course === undefined) return { type: 'unknown' }
      if (course.state !== 'draft' && !isPublic(course)) return { type: 'state' }
      if (course.version !== version) return { type: 'moved' }
      const now = deps.now()
      const plan = tidyPlan(written)
      const editing = { course, plan, now }
      const problems = await problemsOf(deps, transaction, editing)
      if (problems.length > 0) return { type: 'problems', problems }
      await courses.change(transaction, number, plan, matchSessions(course.sessions, plan.sessions))
      const isToTell = course.state !== 'draft' && isElsewhere(course, plan)
      const told = isToTell ? await tellStanding(deps, transaction, editing) : 0
      const details = { version: version + 1, fields: changedFields(course, plan), told }
      await noteDeed(deps, transaction, {
        ...{ viewer, number, at: now, details },
        action: 'training.course_edit',
      })
      return { type: 'done', told }
    })
}

async function problemsOf(
  deps: CourseDeskDeps,
  transaction: Transaction,
  { course, plan, now }: Editing,
): Promise<readonly CourseProblem[]> {
  const { number } = course
  const seated = await deps.store.seated(transaction, number)
  const isTaken = await deps.courses.isTaken(transaction, number)
  const change = checkChange(course, plan, { seated, isTaken, now })
  const fixed = new Set(change.filter(({ code }) => code === 'fixed').map(({ field }) => field))
  // What must be as it was is not to be put right.
  const others = checkPlan(plan, groundOf(deps, now, course)).filter(({ field }) => !fixed.has(field))
  return [...others, ...change]
}

/** Whoever was not told of a former change yet hears of both at once: when and where it is now, all of it. */
async function tellStanding(
  { courses, notices, words }: CourseDeskDeps,
  transaction: Transaction,
  { course, plan, now }: Editing,
): Promise<number> {
  const standing = await courses.standing(transaction, course.number)
  const people = standing.filter(({ isReachable }) => isReachable).map(({ number }) => number)
  const untold = await courses.untold(transaction, people, 'changed')
  await notices.withdraw(transaction, people, 'changed')
  const changed = { ...whatChanged(course, plan, now) }
  const dueAt = afterQuiet(now, words().quiet_hours)
  return notices.put(
    transaction,
    people.map((registration) => ({
      ...{ registration, kind: 'changed', key: `changed:${course.version + 1}`, dueAt },
      details: untold.has(registration) ? {} : changed,
    })),
  )
}

/** For the trail: what is another, not what it is. */
function changedFields(before: Course, plan: CoursePlan): string {
  const old = new Map<string, unknown>(Object.entries(tidyPlan(before)))
  const fields = Object.entries(plan).filter(
    ([field, value]) => JSON.stringify(old.get(field)) !== JSON.stringify(value),
  )
  return fields.map(([field]) => field).join(', ')
}
