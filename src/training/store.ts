import type { Database, Transaction } from '../storage/database.ts'
import { transact } from '../storage/transact.ts'
import type { Course } from './course.ts'
import type { PersonTraits, TrainingSecrets } from './person.ts'
import type { Doer, Registration, RegistrationDetails, RegistrationState } from './registration.ts'
import type {
  Background,
  Bar,
  InLine,
  NewRegistration,
  Reception,
  RegistrationChange,
  SeenCourse,
} from './seats/registration-change.ts'
import type { Applicant } from './seats/seats.ts'
import { createPersons } from './store-persons.ts'
import { createReads } from './store-reads.ts'
import { createWrites } from './store-writes.ts'

export type { NewRegistration, RegistrationChange } from './seats/registration-change.ts'

/**
 * Courses and registrations in PostgreSQL. Whoever locks several takes them in this order: the chat, the person, the course. A
 * course is locked by whoever changes it, or who has a seat: of one course, or of several by their numbers.
 */
export interface TrainingStore {
  /** Runs the work in a transaction of its own, again when others were in its way. */
  transact<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
  course(client: Transaction, number: number): Promise<Course | undefined>
  lockCourse(transaction: Transaction, number: number): Promise<Course | undefined>
  seeCourse(client: Transaction, number: number): Promise<SeenCourse | undefined>
  /** Locks a course that was seen before, and reads it again only where it changed since. */
  lockSeen(transaction: Transaction, seen: SeenCourse): Promise<Course | undefined>
  /** What the person meets in a course that is locked, in one look: others wait for it. */
  reception(transaction: Transaction, courseNumber: number, person: PersonTraits): Promise<Reception>
  /** Keeps others from registering the person anywhere until the end of the transaction. */
  lockPerson(transaction: Transaction, person: PersonTraits): Promise<void>
  registration(client: Transaction, number: number): Promise<Registration | undefined>
  /** Undefined once erased. */
  details(client: Transaction, number: number): Promise<RegistrationDetails | undefined>
  /** What quotas ask of everybody who has a seat in the course, offered ones included. */
  seated(transaction: Transaction, courseNumber: number): Promise<readonly Applicant[]>
  /**
   * The person's registrations, by all that is known of them: those in which they are in of one course, or those of other exclusive
   * courses that are not over in which they are active.
   */
  ofPerson(
    transaction: Transaction,
    person: PersonTraits,
    where: { readonly courseNumber: number } | { readonly besides: number; readonly now: Date },
  ): Promise<readonly Registration[]>
  /** Until when the person is barred, if they are, and who had registered them. */
  bar(transaction: Transaction, person: PersonTraits, now: Date): Promise<Bar | undefined>
  /** Keeps other chats of the contact from registering anybody until the end of the transaction. */
  lockContact(transaction: Transaction, contactId: string): Promise<void>
  /** What is to be looked at before the person is registered for the course, in one look. */
  background(
    transaction: Transaction,
    contactId: string,
    person: PersonTraits,
    where: { readonly courseNumber: number; readonly since: Date; readonly now: Date },
  ): Promise<Background>
  /** The contact's registrations, newest first. */
  ofContact(client: Transaction, contactId: string, limit: number): Promise<readonly Registration[]>
  /** The person's place on the course's waiting list, from 1; undefined when they are not on it. */
  placeInLine(client: Transaction, number: number): Promise<number | undefined>
  /** Everybody on the course's waiting list, by score where there is one, then by arrival, with what quotas ask of them. */
  line(transaction: Transaction, courseNumber: number): Promise<readonly InLine[]>
  /** Who on the waiting list is in another exclusive course that is not over, as far as that can be told without their locks. */
  busyInLine(transaction: Transaction, courseNumber: number, now: Date): Promise<readonly number[]>
  create(transaction: Transaction, registration: NewRegistration, by: Doer, now: Date): Promise<number>
  /** Moves a registration to a state, with a line in its history. */
  move(
    transaction: Transaction,
    number: number,
    state: RegistrationState,
    by: Doer,
    now: Date,
    change?: RegistrationChange,
  ): Promise<void>
  /** Writes anew what was written; of an erased one nothing. */
  changeDetails(transaction: Transaction, number: number, details: RegistrationDetails): Promise<void>
  /** Locks a chat, ahead of all else. False when it is gone. */
  lockChat(transaction: Transaction, chatId: bigint): Promise<boolean>
}

/** Makes the store. What people wrote is kept sealed. */
export function createTrainingStore(deps: {
  readonly prisma: Database
  readonly keyring: TrainingSecrets
}): TrainingStore {
  const { prisma, keyring } = deps
  return {
    transact: (work) => transact(prisma, work),
    ...createReads(keyring),
    ...createPersons(keyring),
    ...createWrites(keyring),
  }
}
