import { z } from 'zod'
import type { Database, Transaction } from '../../storage/database.ts'
import type { CourseState } from '../course.ts'
import { pendingStates } from '../registration.ts'

/** An offer whose time may be over. */
export interface DueOffer {
  readonly number: number
  readonly courseNumber: number
}

/** What time alone does to courses and their seats, in PostgreSQL. */
export interface TendSeatsStore {
  /** Courses in whose life a time has come, to open, to close or to begin; and those that began while somebody still waits. */
  dueCourses(now: Date): Promise<readonly number[]>
  /** Offers whose time is over or whose course has begun, by number, beginning after one. */
  dueOffers(now: Date, after: number): Promise<readonly DueOffer[]>
  /** Courses that have not begun and have a waiting list. */
  linedCourses(now: Date): Promise<readonly number[]>
  setState(transaction: Transaction, courseNumber: number, state: CourseState): Promise<void>
  /** Whether anybody waits for an officer's decision. */
  hasPending(transaction: Transaction, courseNumber: number): Promise<boolean>
  /** Lets go everybody who waits for a decision or a seat, with a line in the history of each; tells whom. */
  rejectWaiting(
    transaction: Transaction,
    courseNumber: number,
    reason: string,
    now: Date,
  ): Promise<readonly number[]>
  /** Locks a chat, ahead of all else; whether its person can be written to. */
  lockReachable(transaction: Transaction, chatId: bigint): Promise<boolean>
}

const batch = 500
const waitingStates = [...pendingStates, 'reserve']
const numberRows = z.array(z.object({ number: z.bigint().transform(Number) }))
const stateRows = z.array(z.object({ state: z.string() }))

/** Makes the store. */
export function createTendSeatsStore({ prisma }: { readonly prisma: Database }): TendSeatsStore {
  return { ...createFinder(prisma), ...createMover() }
}

/** What is due. */
function createFinder(prisma: Database): Pick<TendSeatsStore, 'dueCourses' | 'dueOffers' | 'linedCourses'> {
  return {
    async dueCourses(now) {
      const rows = await prisma.course.findMany({
        where: {
          OR: [
            { state: 'announced', opensAt: { lte: now } },
            { state: { in: ['announced', 'registration'] }, closesAt: { lte: now } },
            { state: { in: ['announced', 'registration', 'selection'] }, startsAt: { lte: now } },
            {
              state: { in: ['running', 'finished'] },
              registrations: { some: { state: { in: waitingStates } } },
            },
          ],
        },
        select: { id: true },
        orderBy: { id: 'asc' },
      })
      return rows.map(({ id }) => Number(id))
    },
    async dueOffers(now, after) {
      const rows = await prisma.registration.findMany({
        where: {
          state: 'offered',
          id: { gt: BigInt(after) },
          OR: [{ offerUntil: { lte: now } }, { course: { startsAt: { lte: now } } }],
        },
        select: { id: true, courseId: true },
        orderBy: { id: 'asc' },
        take: batch,
      })
      return rows.map(({ id, courseId }) => ({ number: Number(id), courseNumber: Number(courseId) }))
    },
    async linedCourses(now) {
      const rows = await prisma.course.findMany({
        where: {
          state: { in: ['announced', 'registration', 'selection'] },
          startsAt: { gt: now },
          registrations: { some: { state: 'reserve' } },
        },
        select: { id: true },
        orderBy: { id: 'asc' },
      })
      return rows.map(({ id }) => Number(id))
    },
  }
}

/** What is done about it, in a transaction. */
function createMover(): Omit<TendSeatsStore, 'dueCourses' | 'dueOffers' | 'linedCourses'> {
  return {
    async setState(transaction, courseNumber, state) {
      await transaction.course.update({
        where: { id: BigInt(courseNumber) },
        data: { state },
        select: { id: true },
      })
    },
    async hasPending(transaction, courseNumber) {
      const where = { courseId: BigInt(courseNumber), state: { in: [...pendingStates] } }
      return (await transaction.registration.findFirst({ where, select: { id: true } })) !== null
    },
    async rejectWaiting(transaction, courseNumber, reason, now) {
      const rows = await transaction.$queryRaw`
        WITH gone AS (
          UPDATE registration SET state = 'rejected', state_at = ${now}, reason = ${reason}
          WHERE course_id = ${BigInt(courseNumber)} AND state = ANY(${waitingStates})
          RETURNING id
        ), told AS (
          INSERT INTO registration_change (registration_id, state, actor, reason, at)
          SELECT id, 'rejected', 'time', ${reason}, ${now}::timestamptz FROM gone ORDER BY id
        )
        SELECT id AS number FROM gone ORDER BY id`
      return numberRows.parse(rows).map(({ number }) => number)
    },
    async lockReachable(transaction, chatId) {
      const rows = await transaction.$queryRaw`
        SELECT state FROM chat WHERE id = ${chatId} FOR NO KEY UPDATE`
      return stateRows.parse(rows).some(({ state }) => state !== 'stopped')
    },
  }
}
