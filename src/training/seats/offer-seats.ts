import { isQuiet, type QuietHours } from '../../language/quiet-hours.ts'
import type { Transaction } from '../../storage/database.ts'
import type { Course } from '../course.ts'
import type { NewNotice } from '../notices/notice.ts'
import { offersSeats } from './course-stage.ts'
import { offerDeadline } from './offer-deadline.ts'
import { otherTraining } from './other-training.ts'
import type { InLine } from './registration-change.ts'
import { hasSeat } from './seats.ts'
import { noteTended, type TendSeatsDeps } from './tend-seats-deps.ts'

/** Whoever a seat is offered to next, and until when it would wait for them. */
interface Next {
  readonly person: InLine
  readonly until: Date
}

/** So long before its end an offer that waited at least as long is told of again. */
const endingMs = 3 * 3_600_000
/** So often in a row somebody else is faster before it is left to them. */
const mostMissed = 20

/**
 * Offers each free seat of a course to the first in line whom it fits, each in a transaction of its own. Whoever is in another
 * training is passed over and keeps their place; whoever cannot be written to any more loses it. How much it did.
 */
export async function offerSeats(deps: TendSeatsDeps, courseNumber: number, now: Date): Promise<number> {
  const passed = new Set<number>()
  let done = 0
  for (let missed = 0; missed < mostMissed; ) {
    const next = await deps.store.transact(async (transaction) => {
      const course = await deps.store.course(transaction, courseNumber)
      return course && findNext(deps, transaction, course, passed, now)
    })
    if (next === undefined) return done
    const outcome = await offerTo(deps, courseNumber, next.person, passed, now)
    missed = outcome === 'moved' ? missed + 1 : 0
    if (outcome === 'busy') {
      // Where one is there may be hundreds: they are looked for at once, instead of each by their locks.
      const others =
        passed.size > 0
          ? []
          : await deps.store.transact((each) => deps.store.busyInLine(each, courseNumber, now))
      for (const number of [next.person.number, ...others]) passed.add(number)
    }
    if (outcome === 'offered' || outcome === 'let_go') done += 1
  }
  return done
}

/** Undefined when no seat is free, nobody fits one, or none is offered now. */
async function findNext(
  { store, tend, words }: TendSeatsDeps,
  transaction: Transaction,
  course: Course,
  passed: ReadonlySet<number>,
  now: Date,
): Promise<Next | undefined> {
  const until = offerDeadline(now, course, words().quiet_hours)
  if (until === undefined || !offersSeats(course, now)) return undefined
  const isUndecided = course.selection === 'officer' && (await tend.hasPending(transaction, course.number))
  if (isUndecided) return undefined
  const seated = await store.seated(transaction, course.number)
  if (seated.length >= course.seats) return undefined
  const line = await store.line(transaction, course.number)
  const person = line.find((each) => !passed.has(each.number) && hasSeat(course, seated, each))
  return person && { person, until }
}

/**
 * The person was found before anything was locked: what comes first is locked first, and then it is seen whether it is still their
 * turn.
 */
function offerTo(
  deps: TendSeatsDeps,
  courseNumber: number,
  { number, chatId, kelurahan }: InLine,
  passed: ReadonlySet<number>,
  now: Date,
): Promise<'offered' | 'let_go' | 'busy' | 'moved'> {
  const { store, tend, voice, notices, words } = deps
  return store.transact(async (transaction) => {
    const isReachable = chatId !== undefined && (await tend.lockReachable(transaction, chatId))
    const details = await store.details(transaction, number)
    const person = details && { ...details, kelurahan }
    if (person !== undefined) await store.lockPerson(transaction, person)
    const course = await store.lockCourse(transaction, courseNumber)
    const next = course && (await findNext(deps, transaction, course, passed, now))
    if (course === undefined || next?.person.number !== number) return 'moved'
    const note = { at: now, subject: String(number) }
    if (person === undefined || chatId === undefined || !isReachable) {
      await store.move(transaction, number, 'lapsed', { type: 'time' }, now)
      await noteTended(deps, transaction, { ...note, action: 'registration.let_go' })
      return 'let_go'
    }
    if ((await otherTraining(store, transaction, course, person, now)) !== undefined) return 'busy'
    const { until } = next
    await store.move(transaction, number, 'offered', { type: 'time' }, now, { offerUntil: until })
    await voice.offer(transaction, chatId, { number, title: course.title, name: person.name, until })
    await notices.put(transaction, endingOf(number, until, now, words().quiet_hours))
    await noteTended(deps, transaction, { ...note, action: 'registration.offer' })
    return 'offered'
  })
}

/** Whoever was taken away from the question by something else is told once more, some hours before the end of a long wait. */
function endingOf(registration: number, until: Date, now: Date, quiet: QuietHours): readonly NewNotice[] {
  const dueAt = new Date(until.getTime() - endingMs)
  if (dueAt.getTime() - now.getTime() < endingMs || isQuiet(dueAt, quiet)) return []
  const details = { until: until.toISOString() }
  return [{ registration, kind: 'offer_ending', key: `offer_ending:${details.until}`, details, dueAt }]
}
