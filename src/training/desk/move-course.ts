import { afterQuiet } from '../../language/quiet-hours.ts'
import type { Officer } from '../../staff/officer.ts'
import type { Transaction } from '../../storage/database.ts'
import type { Course, CourseState } from '../course.ts'
import { checkPlan } from '../plan/check-plan.ts'
import { isIn, pendingStates, type RegistrationState } from '../registration.ts'
import type { CourseDesk, CourseRefusal } from '../training-desk.ts'
import { type CourseDeskDeps, groundOf } from './course-desk-deps.ts'
import { movesFrom } from './course-moves.ts'
import { lockCourse } from './lock-course.ts'
import { noteDeed } from './note-deed.ts'
import { readReason } from './read-reason.ts'
import type { CourseMove } from './store-courses.ts'
import { moveMany } from './store-move-many.ts'

/** A course that an officer moves, locked. */
interface Moving {
  readonly course: Course
  readonly viewer: Officer
  readonly now: Date
  readonly reason: string | undefined
}

/** Makes the use case. */
export function createMoveCourse(deps: CourseDeskDeps): CourseDesk['move'] {
  const { store } = deps
  return (viewer, number, to, written = '') =>
    store.transact(async (transaction) => {
      const course = await lockCourse(store, transaction, number)
      if (course === undefined) return { type: 'unknown' }
      const now = deps.now()
      if (!movesFrom(course, now).includes(to)) return { type: 'state' }
      const moving = { course, viewer, now, reason: readReason(written) }
      const refusal = refusalOf(deps, moving, to)
      if (refusal !== undefined) return refusal
      const told = to === 'cancelled' ? await letAllGo(deps, transaction, moving) : 0
      await deps.courses.move(transaction, number, await changeOf(deps, transaction, moving, to))
      const details = { from: course.state, to, ...(to === 'cancelled' ? { told } : {}) }
      await noteDeed(deps, transaction, {
        ...{ viewer, number, at: now, details },
        action: 'training.course_move',
      })
      return { type: 'done' }
    })
}

function refusalOf(
  deps: CourseDeskDeps,
  { course, now, reason }: Moving,
  to: CourseState,
): CourseRefusal | undefined {
  if (to === 'cancelled' && reason === undefined) return { type: 'reason' }
  if (to !== 'announced') return undefined
  // A draft may have been lying about, or be a copy: what was right then need not be right now.
  const problems = checkPlan(course, groundOf(deps, now, course))
  return problems.length > 0 ? { type: 'problems', problems } : undefined
}

async function changeOf(
  { courses }: CourseDeskDeps,
  transaction: Transaction,
  { course, now, reason }: Moving,
  to: CourseState,
): Promise<CourseMove> {
  const earlier = (moment: Date) => (moment > now ? now : moment)
  switch (to) {
    case 'announced': {
      const last = await courses.lastSubscription(transaction)
      const telling = last === undefined ? {} : { toldId: 0n, tellUntilId: last }
      return { state: to, announcedAt: now, ...telling }
    }
    case 'registration':
      return { state: to, opensAt: earlier(course.opensAt) }
    case 'selection':
      return { state: to, opensAt: earlier(course.opensAt), closesAt: earlier(course.closesAt) }
    case 'finished':
      return { state: to, endedAt: now }
    case 'cancelled':
      return { state: to, endedAt: now, ...(reason === undefined ? {} : { cancelReason: reason }) }
    case 'draft':
    case 'running':
      return { state: to }
  }
}

const waiting = ['reserve', ...pendingStates] as const
const seated = ['offered', 'accepted', 'attending'] as const
/** What is not told any more of a course that is off. */
const moot = ['result', 'changed', 'reminder_3', 'reminder_1', 'reminder_0'] as const

/** Whoever is in is let go and told why; who was graded keeps that. */
async function letAllGo(
  { courses, notices, words }: CourseDeskDeps,
  transaction: Transaction,
  { course: { number }, viewer, now, reason = '' }: Moving,
): Promise<number> {
  const standing = await courses.standing(transaction, number)
  const by = { type: 'officer', id: viewer.id, name: viewer.name } as const
  const those = (states: readonly RegistrationState[]) => standing.filter(({ state }) => isIn(state, states))
  const given = { by, now, change: { reason, offerUntil: null } }
  await moveMany(transaction, numbersOf(those(waiting)), 'cancelled', given)
  await moveMany(transaction, numbersOf(those(seated)), 'withdrawn', given)
  const gone = those([...waiting, ...seated])
  for (const kind of moot) await notices.withdraw(transaction, numbersOf(gone), kind)
  const dueAt = afterQuiet(now, words().quiet_hours)
  return notices.put(
    transaction,
    gone
      .filter(({ isReachable }) => isReachable)
      .map(({ number: registration }) => ({
        ...{ registration, kind: 'course_cancelled', key: 'course_cancelled', details: { reason }, dueAt },
      })),
  )
}

function numbersOf(people: readonly { readonly number: number }[]): readonly number[] {
  return people.map(({ number }) => number)
}
