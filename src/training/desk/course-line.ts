import type { Course } from '../course.ts'
import { type RegistrationState, registrationStates, seatedStates } from '../registration.ts'
import type { CourseLine } from '../training-desk.ts'
import type { StateCounts } from './store-courses.ts'

const givenUp: readonly RegistrationState[] = ['cancelled', 'withdrawn']

/** A course in a list, with how many are in which state. */
export function courseLine(course: Course, counts: StateCounts): CourseLine {
  const sum = (states: readonly RegistrationState[]) =>
    states.reduce((total, state) => total + counts[state], 0)
  return {
    course,
    applicants: sum(registrationStates.filter((state) => !givenUp.includes(state))),
    seated: sum(seatedStates),
    reserves: counts.reserve,
  }
}
