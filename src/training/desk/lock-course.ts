import type { Transaction } from '../../storage/database.ts'
import type { Course } from '../course.ts'
import type { TrainingStore } from '../store.ts'

/** Locks the course of a number that somebody may have written. */
export async function lockCourse(
  store: Pick<TrainingStore, 'lockCourse'>,
  transaction: Transaction,
  number: number,
): Promise<Course | undefined> {
  return Number.isSafeInteger(number) ? store.lockCourse(transaction, number) : undefined
}
