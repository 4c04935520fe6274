import type { CourseDesk } from '../training-desk.ts'
import type { CourseDeskDeps } from './course-desk-deps.ts'
import { lockCourse } from './lock-course.ts'
import { noteDeed } from './note-deed.ts'

/** Makes the use case. A course that somebody registered for can only be cancelled. */
export function createRemoveCourse(deps: CourseDeskDeps): CourseDesk['remove'] {
  const { store, courses } = deps
  return (viewer, number) =>
    store.transact(async (transaction) => {
      const course = await lockCourse(store, transaction, number)
      if (course === undefined) return { type: 'unknown' }
      if (await courses.isTaken(transaction, number)) return { type: 'has_registrations' }
      await courses.remove(transaction, number)
      const details = { state: course.state }
      await noteDeed(deps, transaction, {
        ...{ viewer, number, at: deps.now(), details },
        action: 'training.course_remove',
      })
      return { type: 'done' }
    })
}
