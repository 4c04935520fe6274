import type { Course, CoursePlan } from '../course.ts'
import type { CourseDesk } from '../training-desk.ts'
import type { CourseDeskDeps } from './course-desk-deps.ts'
import { noteDeed } from './note-deed.ts'
import { tidyPlan } from './tidy-plan.ts'

const weekMs = 7 * 86_400_000

/** Makes the use case: a draft of the same course, without its people. What is wrong with it by now is said when it is announced. */
export function createCopyCourse(deps: CourseDeskDeps): CourseDesk['copy'] {
  const { store, courses } = deps
  return (viewer, number) =>
    store.transact(async (transaction) => {
      const now = deps.now()
      const course = await store.course(transaction, number)
      if (course === undefined) return { type: 'unknown' }
      const copy = await courses.create(transaction, laterPlan(course, now), { by: viewer.name, now })
      const details = { from: number }
      await noteDeed(deps, transaction, {
        ...{ viewer, number: copy, at: now, details },
        action: 'training.course_copy',
      })
      return { type: 'done', number: copy }
    })
}

/** The same by as many whole weeks later as it is old, so that it falls on the same days of the week; at least one, and to come. */
function laterPlan(course: Course, now: Date): CoursePlan {
  const earliest = Math.min(course.opensAt.getTime(), course.startsAt.getTime())
  const old = Math.ceil((now.getTime() - course.createdAt.getTime()) / weekMs)
  const over = Math.floor((now.getTime() - earliest) / weekMs) + 1
  const shift = Math.max(1, old, over) * weekMs
  const later = (moment: Date) => new Date(moment.getTime() + shift)
  return {
    ...tidyPlan(course),
    opensAt: later(course.opensAt),
    closesAt: later(course.closesAt),
    sessions: course.sessions.map(({ startsAt, endsAt, title, place }) => ({
      ...{ startsAt: later(startsAt), endsAt: later(endsAt), title, place },
    })),
  }
}
