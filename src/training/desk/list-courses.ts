import type { CourseDesk } from '../training-desk.ts'
import type { CourseDeskDeps } from './course-desk-deps.ts'
import { courseLine } from './course-line.ts'

const mostListed = 200

/** Makes the use case. Nobody's data is in it, and so it is not in the trail. */
export function createListCourses({ store, courses }: CourseDeskDeps): CourseDesk['list'] {
  return (_viewer, filter = {}) =>
    store.transact(async (transaction) => {
      const found = await courses.list(transaction, filter.over, mostListed)
      const countsOf = await courses.counts(
        transaction,
        found.map(({ number }) => number),
      )
      return found.map((course) => courseLine(course, countsOf(course.number)))
    })
}
