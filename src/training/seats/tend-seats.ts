import { createAttempts } from '../../attempts.ts'
import { isQuiet } from '../../language/quiet-hours.ts'
import { advanceCourse } from './advance-course.ts'
import { lapseOffers } from './lapse-offers.ts'
import { offerSeats } from './offer-seats.ts'
import type { TendSeatsDeps } from './tend-seats-deps.ts'

/**
 * Makes what time does to courses and seats: courses open, close and begin; offers that nobody answered in time end; and each free
 * seat is offered to the next in line, outside the quiet hours. Returns how many things it did. Any process may run it at any time;
 * after an hour or a month without, one run does what is due, once. Rejects when something failed, after all the rest was done.
 */
export function createTendSeats(deps: TendSeatsDeps): (now: Date) => Promise<number> {
  return async (now) => {
    const { attempt, finish } = createAttempts()
    for (const number of await deps.tend.dueCourses(now))
      await attempt(() => advanceCourse(deps, number, now))
    await lapseOffers(deps, now, attempt)
    if (!isQuiet(now, deps.words().quiet_hours)) {
      for (const number of await deps.tend.linedCourses(now))
        await attempt(() => offerSeats(deps, number, now))
    }
    return finish()
  }
}
