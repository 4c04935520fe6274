import type { Transaction } from '../../storage/database.ts'
import type { Course, Session } from '../course.ts'
import type { TrainingSecrets } from '../person.ts'
import type { RegistrationState } from '../registration.ts'
import { openDetails } from '../store-details.ts'
import { courseOf, registrationOf, withSessions } from '../store-rows.ts'
import type { Attendee } from './attendee.ts'
import { attendanceMarginMs } from './class-code.ts'

/** A session of a course. */
export interface CourseClass {
  readonly course: Course
  readonly session: Session
}

/** That somebody was there. */
export interface Presence {
  readonly way: 'code' | 'list'
  readonly at: Date
}

/** Who was where, in PostgreSQL. */
export interface AttendanceStore {
  /** The sessions in whose time attendance is taken now, of courses in which the contact is in one of the states. */
  classesNow(
    transaction: Transaction,
    contactId: string,
    states: readonly RegistrationState[],
    now: Date,
  ): Promise<readonly CourseClass[]>
  /** Everybody of a course in one of the states, or of them whom one contact registered; by name. */
  people(
    client: Transaction,
    courseNumber: number,
    states: readonly RegistrationState[],
    contactId?: string,
  ): Promise<readonly Attendee[]>
  /** Who was there in a session, by the numbers of registrations. */
  presences(client: Transaction, sessionId: bigint): Promise<ReadonlyMap<number, Presence>>
  /** How many of a course's sessions that are over each person attended, by the numbers of registrations. */
  attended(client: Transaction, courseNumber: number, now: Date): Promise<ReadonlyMap<number, number>>
  /** Notes that they were there; answers whom it was not noted of before. `by`: the officer's name, of a list. */
  note(
    transaction: Transaction,
    sessionId: bigint,
    numbers: readonly number[],
    presence: Presence & { readonly by?: string },
  ): Promise<readonly number[]>
  takeOff(transaction: Transaction, sessionId: bigint, numbers: readonly number[]): Promise<void>
  /** How many wrong codes came from a chat since. */
  countTries(transaction: Transaction, chatId: bigint, since: Date): Promise<number>
  /** Notes a wrong code, and forgets what is older than `since`. */
  noteTry(transaction: Transaction, chatId: bigint, at: Date, since: Date): Promise<void>
}

/** Makes the store. */
export function createAttendanceStore(keyring: Pick<TrainingSecrets, 'open'>): AttendanceStore {
  return { ...createReads(keyring), ...createWrites() }
}

function createReads(
  keyring: Pick<TrainingSecrets, 'open'>,
): Pick<AttendanceStore, 'classesNow' | 'people' | 'presences' | 'attended'> {
  return {
    async classesNow(transaction, contactId, states, now) {
      const before = (ms: number) => new Date(now.getTime() - ms)
      const rows = await transaction.courseSession.findMany({
        where: {
          startsAt: { lte: before(-attendanceMarginMs) },
          endsAt: { gt: before(attendanceMarginMs) },
          course: {
            state: { notIn: ['draft', 'cancelled'] },
            registrations: { some: { contactId, state: { in: [...states] } } },
          },
        },
        include: { course: { include: withSessions() } },
        orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
      })
      return rows.flatMap((row) => {
        const course = courseOf(row.course)
        return course.sessions.filter(({ id }) => id === row.id).map((session) => ({ course, session }))
      })
    },
    async people(client, courseNumber, states, contactId) {
      const rows = await client.registration.findMany({
        where: {
          courseId: BigInt(courseNumber),
          state: { in: [...states] },
          ...(contactId === undefined ? {} : { contactId }),
        },
        orderBy: { id: 'asc' },
      })
      return rows
        .map((row) => ({
          registration: registrationOf(row),
          name: row.details === null ? '' : openDetails(keyring, row.details).name,
        }))
        .sort((one, other) => one.name.localeCompare(other.name, 'id'))
    },
    async presences(client, sessionId) {
      const rows = await client.attendance.findMany({ where: { sessionId } })
      return new Map(
        rows.map(({ registrationId, way, at }) => {
          const presence: Presence = { way: way === 'code' ? 'code' : 'list', at }
          return [Number(registrationId), presence] as const
        }),
      )
    },
    async attended(client, courseNumber, now) {
      const rows = await client.attendance.groupBy({
        by: ['registrationId'],
        where: { session: { courseId: BigInt(courseNumber), endsAt: { lte: now } } },
        _count: { _all: true },
      })
      return new Map(rows.map(({ registrationId, _count }) => [Number(registrationId), _count._all]))
    },
  }
}

function createWrites(): Pick<AttendanceStore, 'note' | 'takeOff' | 'countTries' | 'noteTry'> {
  return {
    async note(transaction, sessionId, numbers, { way, at, by }) {
      if (numbers.length === 0) return []
      const rows = await transaction.attendance.createManyAndReturn({
        data: numbers.map((number) => ({
          ...{ registrationId: BigInt(number), sessionId, way, at },
          by: by ?? null,
        })),
        skipDuplicates: true,
        select: { registrationId: true },
      })
      return rows.map(({ registrationId }) => Number(registrationId))
    },
    async takeOff(transaction, sessionId, numbers) {
      await transaction.attendance.deleteMany({
        where: { sessionId, registrationId: { in: numbers.map(BigInt) } },
      })
    },
    countTries: (transaction, chatId, since) =>
      transaction.attendanceTry.count({ where: { chatId, at: { gt: since } } }),
    async noteTry(transaction, chatId, at, since) {
      await transaction.attendanceTry.deleteMany({ where: { chatId, at: { lte: since } } })
      await transaction.attendanceTry.create({ data: { chatId, at }, select: { id: true } })
    },
  }
}
