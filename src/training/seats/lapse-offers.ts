import type { Attempts } from '../../attempts.ts'
import { afterQuiet } from '../../language/quiet-hours.ts'
import type { Course } from '../course.ts'
import type { Registration } from '../registration.ts'
import type { DueOffer } from './store-tend-seats.ts'
import { noteTended, type TendSeatsDeps } from './tend-seats-deps.ts'

/** Ends every offer whose time is over, each in an attempt of its own: the seat is free again, and the person is told. */
export async function lapseOffers(
  deps: TendSeatsDeps,
  now: Date,
  attempt: Attempts['attempt'],
): Promise<void> {
  for (let after = 0; ; ) {
    const due = await deps.tend.dueOffers(now, after)
    for (const offer of due) await attempt(() => lapseOffer(deps, offer, now))
    const last = due.at(-1)
    if (last === undefined) return
    after = last.number
  }
}

function lapseOffer(deps: TendSeatsDeps, { number, courseNumber }: DueOffer, now: Date): Promise<number> {
  const { store, notices, words } = deps
  return store.transact(async (transaction) => {
    const course = await store.lockCourse(transaction, courseNumber)
    const registration = await store.registration(transaction, number)
    // It was answered, or given up, meanwhile.
    if (course === undefined || registration === undefined || !isDue(registration, course, now)) return 0
    await store.move(transaction, number, 'lapsed', { type: 'time' }, now, { offerUntil: null })
    // Whoever was offered a seat twice is told twice.
    const key = `lapsed ${registration.offerUntil?.toISOString()}`
    const dueAt = afterQuiet(now, words().quiet_hours)
    await notices.withdraw(transaction, [number], 'offer_ending')
    await notices.put(transaction, [{ registration: number, kind: 'lapsed', key, dueAt }])
    await noteTended(deps, transaction, { at: now, action: 'registration.lapse', subject: String(number) })
    return 1
  })
}

function isDue({ state, offerUntil }: Registration, { startsAt }: Course, now: Date): boolean {
  return state === 'offered' && (offerUntil === undefined || offerUntil <= now || startsAt <= now)
}
