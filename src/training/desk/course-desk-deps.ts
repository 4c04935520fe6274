import type { Course } from '../course.ts'
import type { PlanGround } from '../plan/check-plan.ts'
import type { TrainingDeps } from '../training-deps.ts'
import type { CourseStore } from './store-courses.ts'

/** What the desk of courses is put together from. */
export interface CourseDeskDeps
  extends Pick<TrainingDeps, 'store' | 'notices' | 'words' | 'offices' | 'audit' | 'now'> {
  readonly courses: CourseStore
  readonly language: PlanGround['language']
}

/** What a plan is checked against. */
export function groundOf(deps: CourseDeskDeps, now: Date, before?: Course): PlanGround {
  return { subjects: deps.words().subjects, offices: deps.offices(), language: deps.language, now, before }
}
