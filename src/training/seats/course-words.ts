import { formatMoment } from '../../language/format.ts'
import { dayText } from '../browse/course-text.ts'
import type { Course } from '../course.ts'

const dayMs = 86_400_000

/** By which day an officer will have chosen: the last one before the course begins, but not before registration closes. */
export function resultBy({ closesAt, startsAt }: Pick<Course, 'closesAt' | 'startsAt'>): string {
  const dayBefore = new Date(startsAt.getTime() - dayMs)
  return dayText(dayBefore > closesAt ? dayBefore : closesAt)
}

/** When the course begins, as whoever has a seat reads it. */
export function beginText({ startsAt }: Pick<Course, 'startsAt'>): string {
  return formatMoment(startsAt)
}
