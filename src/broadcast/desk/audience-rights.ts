import { may, type Officer } from '../../staff/officer.ts'
import type { Audience } from '../audience.ts'
import type { PlanProblem } from '../broadcast-desk.ts'
import type { BroadcastRoom } from '../broadcast-room.ts'
import { mayTell } from '../topic-rights.ts'

/** Whether an officer may know how many stand how in a course: who looks after courses, or judges what others wrote. */
export function mayAskForCourses(viewer: Officer, { course, without }: Audience): boolean {
  const isAsked = course !== undefined || without.course !== undefined
  return !isAsked || may(viewer, 'trainings') || may(viewer, 'broadcast_approval')
}

/** What of an audience is not this officer's to write to. */
export function rightsProblems(
  { topics }: Pick<BroadcastRoom, 'topics'>,
  viewer: Officer,
  audience: Audience,
): readonly PlanProblem[] {
  const others = audience.topics.filter((topic) => topics().has(topic) && !mayTell(viewer, topic))
  const problems = others.map((topic) => {
    const detail = topics().get(topic) ?? topic
    return { at: 'audience.topics', what: 'not_your_topic', detail } as const
  })
  return [...problems, ...courseProblems(viewer, audience)]
}

/** To whoever may not, a course in an audience is one that is not there. */
function courseProblems(viewer: Officer, audience: Audience): readonly PlanProblem[] {
  if (mayAskForCourses(viewer, audience)) return []
  const at = audience.course === undefined ? 'audience.without.course' : 'audience.course'
  return [{ at, what: 'unknown_course' }]
}
