import { afterQuiet } from '../../language/quiet-hours.ts'
import type { Transaction } from '../../storage/database.ts'
import { stageAt } from './course-stage.ts'
import { noteTended, type TendSeatsDeps } from './tend-seats-deps.ts'

/** Moves a course to where the clock has it. Once it begins, whoever still waits is let go, and told so. How much it did. */
export function advanceCourse(deps: TendSeatsDeps, number: number, now: Date): Promise<number> {
  const { store, tend } = deps
  return store.transact(async (transaction) => {
    const course = await store.lockCourse(transaction, number)
    if (course === undefined) return 0
    const state = stageAt(course, now)
    const isMoved = state !== course.state
    if (isMoved) await tend.setState(transaction, number, state)
    // An officer may have begun it ahead of its time.
    const hasBegun = state === 'running' || state === 'finished'
    const rejected = hasBegun ? await letGo(deps, transaction, number, now) : 0
    // Another process was faster.
    if (!isMoved && rejected === 0) return 0
    const subject = String(number)
    const entry = {
      at: now,
      action: 'course.advance',
      subject,
      outcome: state,
      details: { rejected },
    } as const
    await noteTended(deps, transaction, entry)
    return 1
  })
}

async function letGo(
  { tend, notices, words }: TendSeatsDeps,
  transaction: Transaction,
  courseNumber: number,
  now: Date,
): Promise<number> {
  const { started_reason, quiet_hours } = words()
  const numbers = await tend.rejectWaiting(transaction, courseNumber, started_reason, now)
  const notice = { kind: 'result', key: 'result started', dueAt: afterQuiet(now, quiet_hours) } as const
  await notices.put(
    transaction,
    numbers.map((registration) => ({ registration, ...notice })),
  )
  return numbers.length
}
