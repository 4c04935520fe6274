import { isIn, pendingStates, type Registration, type RegistrationState } from '../registration.ts'
import type { TrainingDeps } from '../training-deps.ts'
import type { OwnRegistration } from './own-registration.ts'

/** In these a person has a seat that they may give up. */
const leavableSeats: readonly RegistrationState[] = ['offered', 'accepted', 'attending']

/** What a registration becomes that is given up; undefined where there is nothing to give up any more. */
export function givenUp({
  registration: { state },
  course,
}: Pick<OwnRegistration, 'registration' | 'course'>) {
  if (course.state === 'finished' || course.state === 'cancelled') return undefined
  if (isIn(state, leavableSeats)) return 'withdrawn' as const
  return state === 'reserve' || isIn(state, pendingStates) ? ('cancelled' as const) : undefined
}

/** How a registration stands, as its contact reads it. */
export function statusOf(
  { words }: Pick<TrainingDeps, 'words'>,
  { registration, course, details }: OwnRegistration,
): { number: number; title: string; name: string; status: string } {
  const { number, state } = registration
  return { number, title: course.title, name: details.name, status: words().states[state] }
}

/** Whether an offered seat still waits for the answer. */
export function isOffered({ state, offerUntil }: Registration, now: Date): boolean {
  return state === 'offered' && offerUntil !== undefined && now < offerUntil
}
