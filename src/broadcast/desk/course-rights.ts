import { may, type Officer } from '../../staff/officer.ts'
import type { Audience } from '../audience.ts'
import type { PlanProblem } from '../broadcast-desk.ts'

/** Whether an officer may know how many stand how in a course: who looks after courses, or judges what others wrote. */
export function mayAskForCourses(viewer: Officer, { course, without }: Audience): boolean {
  const isAsked = course !== undefined || without.course !== undefined
  return !isAsked || may(viewer, 'trainings') || may(viewer, 'broadcast_approval')
}

/** To whoever may not, a course in an audience is one that is not there. */
export function courseProblems(viewer: Officer, audience: Audience): readonly PlanProblem[] {
  if (mayAskForCourses(viewer, audience)) return []
  const at = audience.course === undefined ? 'audience.without.course' : 'audience.course'
  return [{ at, what: 'unknown_course' }]
}
