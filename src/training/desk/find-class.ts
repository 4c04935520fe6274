import type { Transaction } from '../../storage/database.ts'
import type { CourseClass } from '../attendance/store-attendance.ts'
import type { TrainingStore } from '../store.ts'

/** A session of a course whose attendance is a matter: not of one that was never announced, or was called off. With `lock` the course is locked. */
export async function findClass(
  store: TrainingStore,
  transaction: Transaction,
  courseNumber: number,
  sessionId: bigint,
  how: 'lock' | 'read',
): Promise<CourseClass | undefined> {
  const find = how === 'lock' ? store.lockCourse : store.course
  const course = Number.isSafeInteger(courseNumber) ? await find(transaction, courseNumber) : undefined
  if (course === undefined || course.state === 'draft' || course.state === 'cancelled') return undefined
  const session = course.sessions.find(({ id }) => id === sessionId)
  return session && { course, session }
}
