import { checkPlan } from '../plan/check-plan.ts'
import type { CourseDesk } from '../training-desk.ts'
import { type CourseDeskDeps, groundOf } from './course-desk-deps.ts'
import { noteDeed } from './note-deed.ts'
import { tidyPlan } from './tidy-plan.ts'

/** Makes the use case: a draft, which residents do not see. */
export function createCreateCourse(deps: CourseDeskDeps): CourseDesk['create'] {
  return async (viewer, written) => {
    const now = deps.now()
    const plan = tidyPlan(written)
    const problems = checkPlan(plan, groundOf(deps, now))
    if (problems.length > 0) return { type: 'problems', problems }
    return deps.store.transact(async (transaction) => {
      const number = await deps.courses.create(transaction, plan, { by: viewer.name, now })
      const details = { seats: plan.seats, sessions: plan.sessions.length }
      await noteDeed(deps, transaction, {
        ...{ viewer, number, at: now, details },
        action: 'training.course_create',
      })
      return { type: 'done', number }
    })
  }
}
