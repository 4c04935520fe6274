import { topicsWith } from '../notices/interests.ts'
import { countOf } from '../seats/seats.ts'
import type { CourseDesk } from '../training-desk.ts'
import type { CourseDeskDeps } from './course-desk-deps.ts'
import { courseLine } from './course-line.ts'
import { movesFrom } from './course-moves.ts'

/** Makes the use case. Nobody's data is in it, and so it is not in the trail. */
export function createReadCourse({ store, courses, now }: CourseDeskDeps): CourseDesk['read'] {
  return (_viewer, number) =>
    store.transact(async (transaction) => {
      const course = await store.course(transaction, number)
      if (course === undefined) return undefined
      const counts = (await courses.counts(transaction, [number]))(number)
      const seated = await store.seated(transaction, number)
      const isAnnounced = course.announcedAt !== undefined
      return {
        ...courseLine(course, counts),
        counts,
        quotas: course.quotas.map((quota) => ({ quota, taken: countOf(quota, seated) })),
        moves: movesFrom(course, now()),
        announcement: isAnnounced
          ? await courses.announcement(transaction, number, topicsWith(course.subject))
          : undefined,
      }
    })
}
