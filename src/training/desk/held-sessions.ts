import type { Course } from '../course.ts'

/** How many sessions of a course are over. */
export function heldSessions({ sessions }: Pick<Course, 'sessions'>, now: Date): number {
  return sessions.filter(({ endsAt }) => endsAt <= now).length
}
