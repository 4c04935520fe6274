import type { Transaction } from '../../storage/database.ts'
import type { Course } from '../course.ts'
import type { PersonTraits } from '../person.ts'
import type { Registration } from '../registration.ts'
import type { TrainingStore } from '../store.ts'

/**
 * The registration by which a person is in another active training, where the course asks for people who are in none: both must be
 * exclusive. The caller has locked the person, and has not locked the course yet or keeps it locked.
 */
export async function otherTraining(
  store: Pick<TrainingStore, 'ofPerson'>,
  transaction: Transaction,
  { number, exclusive }: Pick<Course, 'number' | 'exclusive'>,
  person: PersonTraits,
  now: Date,
): Promise<Registration | undefined> {
  if (!exclusive) return undefined
  const [other] = await store.ofPerson(transaction, person, { besides: number, now })
  return other
}

/** What a contact is told of a registration that is in the way: which course, if the registration is their own. */
export async function otherTitle(
  store: Pick<TrainingStore, 'course'>,
  transaction: Transaction,
  other: Registration,
  contactId: string,
): Promise<string> {
  if (other.contactId !== contactId) return ''
  return (await store.course(transaction, other.courseNumber))?.title ?? ''
}
