import type { Course } from '../course.ts'
import { type Applicant, hasSeat } from './seats.ts'

/**
 * How somebody who registers now comes in: an officer chooses; or there is a seat, and nobody on the waiting list whom it would fit;
 * or they join the waiting list. The line is only asked for where a seat is free.
 */
export async function arrivalOf(
  course: Pick<Course, 'selection' | 'seats' | 'quotas'>,
  seated: readonly Applicant[],
  line: () => Promise<readonly Applicant[]>,
  person: Applicant,
): Promise<'registered' | 'accepted' | 'reserve'> {
  if (course.selection === 'officer') return 'registered'
  if (!hasSeat(course, seated, person)) return 'reserve'
  const isFirst = !(await line()).some((other) => hasSeat(course, seated, other))
  return isFirst ? 'accepted' : 'reserve'
}
