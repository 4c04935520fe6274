import type { Course, CourseState } from '../course.ts'

type Timed = Pick<Course, 'state' | 'opensAt' | 'closesAt' | 'startsAt'>

/** The state that a course has by the clock. Nothing goes back: an officer may have moved it on before its time. */
export function stageAt({ state, opensAt, closesAt, startsAt }: Timed, now: Date): CourseState {
  const isBefore = (...states: readonly CourseState[]) => states.includes(state)
  if (isBefore('announced', 'registration', 'selection') && startsAt <= now) return 'running'
  if (isBefore('announced', 'registration') && closesAt <= now) return 'selection'
  return isBefore('announced') && opensAt <= now ? 'registration' : state
}

/** Whether free seats are offered to the waiting list: of a course whose seats an officer gives, once registration is over. */
export function offersSeats(course: Timed & Pick<Course, 'selection'>, now: Date): boolean {
  const { state, selection, startsAt, closesAt } = course
  if (startsAt <= now) return false
  if (selection === 'officer') return state === 'selection' || (state === 'registration' && closesAt <= now)
  return state === 'announced' || state === 'registration' || state === 'selection'
}
