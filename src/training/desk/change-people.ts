import type { Officer } from '../../staff/officer.ts'
import type { Transaction } from '../../storage/database.ts'
import type { Attendee } from '../attendance/attendee.ts'
import type { AttendanceStore } from '../attendance/store-attendance.ts'
import type { Course } from '../course.ts'
import { registrationStates } from '../registration.ts'
import type { TrainingDeps } from '../training-deps.ts'
import type { Left, ManyDone } from '../training-desk.ts'

/** What is needed to do something with many people of a course. */
export interface ChangePeopleDeps extends Pick<TrainingDeps, 'store' | 'audit' | 'now'> {
  readonly attendance: AttendanceStore
}

/** Who does something with whom, and what the trail calls it. */
interface Request {
  readonly viewer: Officer
  readonly courseNumber: number
  readonly numbers: readonly number[]
  readonly action: `training.${string}`
}

/** A course that is locked, and when. */
export interface LockedCourse {
  readonly transaction: Transaction
  readonly course: Course
  readonly now: Date
}

/** What became of one person: why they were left as they are, what the trail is told of them, or nothing where it was so before. */
type PersonDone = { readonly left: Left } | { readonly outcome: string } | 'unchanged'

/** Does something with one person. */
type ChangePerson = (attendee: Attendee) => Promise<PersonDone>

/**
 * Does something with each of some people of a course, in one transaction that holds the course, with a line in the trail for each.
 * `begin` says what, once the course is locked; `finish` ends it, told how many it was done with.
 */
export function changePeople(
  deps: ChangePeopleDeps,
  request: Request,
  begin: (locked: LockedCourse) => Promise<ChangePerson>,
  finish: (locked: LockedCourse, done: number) => Promise<void> = async () => undefined,
): Promise<ManyDone | { readonly type: 'unknown' }> {
  const { store, now } = deps
  const { courseNumber } = request
  return store.transact(async (transaction) => {
    const isNumber = Number.isSafeInteger(courseNumber)
    const course = isNumber ? await store.lockCourse(transaction, courseNumber) : undefined
    if (course === undefined) return { type: 'unknown' }
    const locked = { transaction, course, now: now() }
    const result = await changeEach(deps, locked, request, await begin(locked))
    await finish(locked, result.done)
    return result
  })
}

async function changeEach(
  { attendance, audit }: ChangePeopleDeps,
  { transaction, course, now }: LockedCourse,
  { viewer, numbers, action }: Request,
  change: ChangePerson,
): Promise<ManyDone> {
  const people = await attendance.people(transaction, course.number, registrationStates)
  const byNumber = new Map(people.map((each) => [each.registration.number, each]))
  const left: ManyDone['left'][number][] = []
  const chosen = new Set(numbers)
  for (const number of chosen) {
    const attendee = byNumber.get(number)
    const result = attendee === undefined ? ({ left: 'unknown' } as const) : await change(attendee)
    if (result === 'unchanged') continue
    if ('left' in result) {
      left.push({ number, name: attendee?.name ?? '', why: result.left })
      continue
    }
    const actor = { type: 'staff', id: viewer.id } as const
    await audit.record(transaction, {
      ...{ at: now, actor, action, subject: String(number), outcome: result.outcome },
      details: { course: course.number },
    })
  }
  return { done: chosen.size - left.length, left }
}
