import { z } from 'zod'
import type { Transaction } from '../../storage/database.ts'
import type { Course, CoursePlan, CourseState } from '../course.ts'
import type { NoticeKind } from '../notices/notice.ts'
import { type RegistrationState, registrationStates, standingStates } from '../registration.ts'
import { columnsOf, courseOf, registrationOf, withSessions } from '../store-rows.ts'
import type { CourseView } from '../training-desk.ts'
import type { SessionChanges } from './match-sessions.ts'

/** How many registrations of a course are in each state. */
export type StateCounts = Readonly<Record<RegistrationState, number>>

/** What changes of a course with its state. */
export interface CourseMove {
  readonly state: CourseState
  readonly opensAt?: Date
  readonly closesAt?: Date
  readonly announcedAt?: Date
  readonly endedAt?: Date
  readonly cancelReason?: string
  readonly toldId?: bigint
  readonly tellUntilId?: bigint
}

/** Courses as officers keep them, in PostgreSQL. */
export interface CourseStore {
  /** Those that are not over first, then the newest. */
  list(transaction: Transaction, over: boolean | undefined, limit: number): Promise<readonly Course[]>
  counts(transaction: Transaction, numbers: readonly number[]): Promise<(number: number) => StateCounts>
  create(
    transaction: Transaction,
    plan: CoursePlan,
    given: { readonly by: string; readonly now: Date },
  ): Promise<number>
  /** Puts the plan in the place of the one before, and counts the version on. */
  change(transaction: Transaction, number: number, plan: CoursePlan, sessions: SessionChanges): Promise<void>
  /** Moves a course to a state, and counts the version on. */
  move(transaction: Transaction, number: number, change: CourseMove): Promise<void>
  remove(transaction: Transaction, number: number): Promise<void>
  /** Whether anybody ever registered. */
  isTaken(transaction: Transaction, number: number): Promise<boolean>
  /** Those who are in, by their numbers and where they can be told. */
  standing(
    transaction: Transaction,
    number: number,
  ): Promise<
    readonly { readonly number: number; readonly state: RegistrationState; readonly isReachable: boolean }[]
  >
  /** Which of some registrations have something of a kind that is not told yet. */
  untold(transaction: Transaction, numbers: readonly number[], kind: NoticeKind): Promise<ReadonlySet<number>>
  /** The newest of all subscriptions; undefined when there is none. */
  lastSubscription(transaction: Transaction): Promise<bigint | undefined>
  /** How many who subscribed to the topics were told of the course, and how many are still to be told. */
  announcement(
    transaction: Transaction,
    number: number,
    topics: readonly string[],
  ): Promise<NonNullable<CourseView['announcement']>>
}

const over = ['finished', 'cancelled']
const countRow = z.object({ courseId: z.bigint(), state: z.enum(registrationStates), _count: z.number() })
const announcementRows = z.tuple([z.object({ told: z.number(), left: z.number() })])

/** Makes the store. */
export function createCourseStore(): CourseStore {
  return { list: listCourses, counts: countStates, ...createWrites(), ...createReads() }
}

function createWrites(): Pick<CourseStore, 'create' | 'change' | 'move' | 'remove'> {
  return {
    async create(transaction, plan, { by, now }) {
      const { id } = await transaction.course.create({
        data: {
          ...columnsOf(plan),
          ...{ createdBy: by, createdAt: now, state: 'draft' },
          sessions: { create: plan.sessions.map(sessionColumns) },
        },
        select: { id: true },
      })
      return Number(id)
    },
    async change(transaction, number, plan, { kept, added, gone }) {
      const courseId = BigInt(number)
      await transaction.courseSession.deleteMany({ where: { courseId, id: { in: [...gone] } } })
      for (const { id, session } of kept) {
        await transaction.courseSession.update({ where: { id, courseId }, data: sessionColumns(session) })
      }
      await transaction.courseSession.createMany({
        data: added.map((session) => ({ courseId, ...sessionColumns(session) })),
      })
      await transaction.course.update({
        where: { id: courseId },
        data: { ...columnsOf(plan), version: { increment: 1 } },
      })
    },
    async move(transaction, number, change) {
      await transaction.course.update({
        where: { id: BigInt(number) },
        data: { ...change, version: { increment: 1 } },
      })
    },
    async remove(transaction, number) {
      await transaction.course.delete({ where: { id: BigInt(number) } })
    },
  }
}

function createReads(): Omit<CourseStore, 'list' | 'counts' | keyof ReturnType<typeof createWrites>> {
  return {
    async isTaken(transaction, number) {
      const found = await transaction.registration.findFirst({
        where: { courseId: BigInt(number) },
        select: { id: true },
      })
      return found !== null
    },
    async standing(transaction, number) {
      const rows = await transaction.registration.findMany({
        where: { courseId: BigInt(number), state: { in: [...standingStates] } },
        orderBy: { id: 'asc' },
      })
      return rows.map((row) => {
        const { number: id, state, chatId } = registrationOf(row)
        return { number: id, state, isReachable: chatId !== undefined }
      })
    },
    async untold(transaction, numbers, kind) {
      const rows = await transaction.registrationNotice.findMany({
        where: { registrationId: { in: numbers.map(BigInt) }, kind, toldAt: null },
        select: { registrationId: true },
      })
      return new Set(rows.map(({ registrationId }) => Number(registrationId)))
    },
    async lastSubscription(transaction) {
      const { _max } = await transaction.subscription.aggregate({ _max: { id: true } })
      return _max.id ?? undefined
    },
    async announcement(transaction, number, topics) {
      // As people are told: each contact once, however many of the topics they chose, and nobody who wants to hear nothing.
      const rows = await transaction.$queryRaw`
        SELECT count(*) FILTER (WHERE was_told)::int AS told,
          count(*) FILTER (WHERE is_next AND NOT was_told)::int AS "left"
        FROM (
          SELECT bool_or(s.id <= c.told_id AND (s.ended_at IS NULL OR s.ended_at >= c.announced_at)) AS was_told,
            bool_or(s.id > c.told_id AND s.ended_at IS NULL) AS is_next
          FROM course c JOIN subscription s ON s.id <= c.tell_until_id AND s.topic = ANY(${[...topics]}::text[])
          WHERE c.id = ${BigInt(number)} AND NOT EXISTS (
            SELECT 1 FROM opt_out o WHERE o.contact_id = s.contact_id AND o.ended_at IS NULL)
          GROUP BY s.contact_id) AS contacts`
      return announcementRows.parse(rows)[0]
    },
  }
}

async function listCourses(
  transaction: Transaction,
  isOver: boolean | undefined,
  limit: number,
): Promise<readonly Course[]> {
  const find = (state: { in: string[] } | { notIn: string[] }, take: number) =>
    transaction.course.findMany({ where: { state }, orderBy: { id: 'desc' }, take, include: withSessions() })
  const current = isOver === true ? [] : await find({ notIn: over }, limit)
  const past = isOver === false ? [] : await find({ in: over }, limit - current.length)
  return [...current, ...past].map(courseOf)
}

async function countStates(
  transaction: Transaction,
  numbers: readonly number[],
): Promise<(number: number) => StateCounts> {
  const rows = await transaction.registration.groupBy({
    by: ['courseId', 'state'],
    where: { courseId: { in: numbers.map(BigInt) } },
    _count: true,
  })
  const counts = new Map<number, Partial<Record<RegistrationState, number>>>()
  for (const { courseId, state, _count } of z.array(countRow).parse(rows)) {
    const number = Number(courseId)
    counts.set(number, { ...counts.get(number), [state]: _count })
  }
  return (number) => ({ ...none, ...counts.get(number) })
}

const none: StateCounts = {
  ...{ registered: 0, screened: 0, interview: 0, reserve: 0, offered: 0, accepted: 0, attending: 0 },
  ...{
    passed: 0,
    not_passed: 0,
    certified: 0,
    rejected: 0,
    lapsed: 0,
    cancelled: 0,
    withdrawn: 0,
    absent: 0,
  },
}

function sessionColumns({ startsAt, endsAt, title, place }: CoursePlan['sessions'][number]) {
  return { startsAt, endsAt, title: title ?? null, place: place ?? null }
}
