import type { ActionContext } from '../../flow/action.ts'
import type { Transaction } from '../../storage/database.ts'
import type { Course } from '../course.ts'
import type { Registration, RegistrationDetails } from '../registration.ts'
import type { TrainingStore } from '../store.ts'

/** One of the contact's own registrations, with its course. */
export interface OwnRegistration {
  readonly registration: Registration
  readonly course: Course
  readonly details: RegistrationDetails
}

type Store = Pick<TrainingStore, 'registration' | 'course' | 'details' | 'lockCourse'>

/** Reads it. Undefined for anybody else's, as for one that does not exist or whose content is gone. */
export async function ownRegistration(
  store: Store,
  { transaction, contactId }: ActionContext<Transaction>,
  number: number,
): Promise<OwnRegistration | undefined> {
  const registration = await store.registration(transaction, number)
  if (registration?.contactId !== contactId) return undefined
  const course = await store.course(transaction, registration.courseNumber)
  const details = await store.details(transaction, number)
  return course === undefined || details === undefined ? undefined : { registration, course, details }
}

/** The same as it stands once the course is locked: the caller has locked whatever comes before the course. */
export async function lockOwnRegistration(
  store: Store,
  context: ActionContext<Transaction>,
  { registration: { number, courseNumber } }: OwnRegistration,
): Promise<OwnRegistration | undefined> {
  await store.lockCourse(context.transaction, courseNumber)
  return ownRegistration(store, context, number)
}
