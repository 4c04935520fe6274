import { afterQuiet } from '../../language/quiet-hours.ts'
import type { Transaction } from '../../storage/database.ts'
import type { NoticeKind } from '../notices/notice.ts'
import { activeStates, isIn } from '../registration.ts'
import type { ApplicantDesk } from '../training-desk.ts'
import type { ApplicantDeskDeps } from './applicant-desk-deps.ts'
import { type Deciding, judgeApplicants, type Moved, traitsOf } from './judge-applicants.ts'
import { lockCourse } from './lock-course.ts'
import { noteDeed } from './note-deed.ts'
import { readReason } from './read-reason.ts'
import { moveMany } from './store-move-many.ts'

/**
 * Makes the use case: all in the order that is given, in one transaction that holds the course. Who comes in anew is locked as a
 * person before, as whoever registers is, so that nobody gets into two courses at once.
 */
export function createDecideApplicants(deps: ApplicantDeskDeps): ApplicantDesk['decide'] {
  const { store, applicants } = deps
  return async (viewer, courseNumber, numbers, decision, written = '') => {
    const reason = readReason(written)
    if (reason === undefined && (decision === 'reject' || written.trim() !== '')) return { type: 'reason' }
    return store.transact(async (transaction) => {
      const locked =
        decision === 'accept' ? await lockPeople(deps, transaction, courseNumber, numbers) : new Set<number>()
      const course = await lockCourse(store, transaction, courseNumber)
      if (course === undefined) return { type: 'unknown' }
      const people = await applicants.some(transaction, courseNumber, numbers)
      const deciding = { transaction, viewer, course, decision, reason, locked, now: deps.now() }
      const { moved, same, left } = await judgeApplicants(deps, deciding, people, numbers)
      await carryOut(deps, deciding, moved)
      return { done: moved.length + same, left }
    })
  }
}

/** Whoever is active already is in no other training but this one, and needs no lock. */
async function lockPeople(
  { store, applicants }: ApplicantDeskDeps,
  transaction: Transaction,
  courseNumber: number,
  numbers: readonly number[],
): Promise<ReadonlySet<number>> {
  const course = await store.course(transaction, courseNumber)
  if (course?.exclusive !== true) return new Set()
  const found = [...(await applicants.some(transaction, courseNumber, numbers)).values()]
  const fresh = found.filter(({ registration: { state } }) => !isIn(state, activeStates))
  const people = fresh.flatMap((applicant) => traitsOf(applicant) ?? [])
  for (const person of applicants.inLockOrder(people)) await store.lockPerson(transaction, person)
  return new Set(fresh.map(({ registration: { number } }) => number))
}

async function carryOut(deps: ApplicantDeskDeps, deciding: Deciding, moved: readonly Moved[]): Promise<void> {
  const { transaction, viewer, course, decision, reason, now } = deciding
  const by = { type: 'officer', id: viewer.id, name: viewer.name } as const
  const seat = decision === 'accept' ? { acceptedAt: now } : {}
  const change = { reason: reason ?? null, offerUntil: null, ...seat }
  for (const to of new Set(moved.map((each) => each.to))) {
    const numbers = numbersOf(moved.filter((each) => each.to === to))
    await moveMany(transaction, numbers, to, { by, now, change })
  }
  for (const { registration, to } of moved) {
    const details = { course: course.number, from: registration.state }
    await noteDeed(deps, transaction, {
      ...{ viewer, number: registration.number, at: now, outcome: to, details },
      action: `training.${decision}`,
    })
  }
  await tell(deps, deciding, moved)
}

/** What was not told yet of a former decision is not told any more. */
async function tell(
  { notices, words }: ApplicantDeskDeps,
  { transaction, decision, now }: Deciding,
  moved: readonly Moved[],
): Promise<void> {
  const isOut = decision === 'reject' || decision === 'withdraw'
  for (const kind of isOut ? mootForAll : mootForSome) {
    await notices.withdraw(transaction, numbersOf(moved), kind)
  }
  const dueAt = afterQuiet(now, words().quiet_hours)
  await notices.put(
    transaction,
    moved
      .filter(({ registration: { chatId } }) => chatId !== undefined)
      .map(({ registration: { number }, to }) => ({
        ...{ registration: number, kind: 'result', key: `result:${to}:${now.getTime()}`, dueAt },
      })),
  )
}

const mootForSome: readonly NoticeKind[] = ['result', 'lapsed']
/** Of whoever is not in any more. */
const mootForAll: readonly NoticeKind[] = [
  ...mootForSome,
  'changed',
  'reminder_3',
  'reminder_1',
  'reminder_0',
]

function numbersOf(moved: readonly Moved[]): readonly number[] {
  return moved.map(({ registration: { number } }) => number)
}
