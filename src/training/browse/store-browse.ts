import { z } from 'zod'
import type { Transaction } from '../../storage/database.ts'
import { type Course, genders } from '../course.ts'
import { seatedStates } from '../registration.ts'
import type { Applicant } from '../seats/seats.ts'
import { courseOf, withSessions } from '../store-rows.ts'

/** Which courses are listed: of a subject, in a kecamatan, or with their first session from a moment until another. */
export interface CourseNarrow {
  readonly subject?: string
  readonly kecamatan?: string
  readonly from?: Date
  readonly until?: Date
}

/** Courses as residents look for them. */
export interface BrowseStore {
  /** Those that one may register for now or later, by their beginning. */
  upcoming(client: Transaction, now: Date, limit: number, narrow?: CourseNarrow): Promise<readonly Course[]>
  /** Those that residents may see and no longer register for, by their beginning. */
  closed(client: Transaction, now: Date, limit: number): Promise<readonly Course[]>
  /** What quotas ask of everybody who has a seat in the courses, offered ones included. */
  seatedOf(
    client: Transaction,
    courses: readonly number[],
  ): Promise<ReadonlyMap<number, readonly Applicant[]>>
  /** The courses that residents may see or saw, the newest first. */
  titles(
    client: Transaction,
    limit: number,
  ): Promise<readonly { readonly number: number; readonly title: string }[]>
  /** How many are on the waiting list. */
  waiting(client: Transaction, course: number): Promise<number>
  /** The contact's last registration of themselves that is not erased. */
  lastOwn(client: Transaction, contactId: string): Promise<number | undefined>
}

const absent = <T>(value: T | null): T | undefined => value ?? undefined
const applicantRows = z.array(
  z.object({
    courseId: z.bigint().transform(Number),
    kelurahan: z.string(),
    gender: z.enum(genders).nullable().transform(absent),
    desil: z.number().nullable().transform(absent),
  }),
)

/** Makes the store. */
export function createBrowseStore(): BrowseStore {
  return {
    async upcoming(client, now, limit, { subject, kecamatan, from, until } = {}) {
      const rows = await client.course.findMany({
        where: {
          state: { in: ['announced', 'registration'] },
          closesAt: { gt: now },
          AND: [
            { startsAt: { gt: now } },
            ...(from === undefined ? [] : [{ startsAt: { gte: from } }]),
            ...(until === undefined ? [] : [{ startsAt: { lt: until } }]),
          ],
          ...(subject === undefined ? {} : { subject }),
          ...(kecamatan === undefined ? {} : { kelurahan: { startsWith: `${kecamatan}.` } }),
        },
        ...byBeginning(limit),
      })
      return rows.map(courseOf)
    },
    async closed(client, now, limit) {
      const isOver = [{ closesAt: { lte: now } }, { startsAt: { lte: now } }]
      const rows = await client.course.findMany({
        where: {
          OR: [
            { state: { in: ['selection', 'running'] } },
            { state: { in: ['announced', 'registration'] }, OR: isOver },
          ],
        },
        ...byBeginning(limit),
      })
      return rows.map(courseOf)
    },
    async seatedOf(client, courses) {
      const rows = await client.registration.findMany({
        where: { courseId: { in: courses.map(BigInt) }, state: { in: [...seatedStates] } },
        select: { courseId: true, kelurahan: true, gender: true, desil: true },
      })
      return Map.groupBy(applicantRows.parse(rows), ({ courseId }) => courseId)
    },
    async titles(client, limit) {
      const rows = await client.course.findMany({
        where: { state: { not: 'draft' } },
        orderBy: { id: 'desc' },
        take: limit,
        select: { id: true, title: true },
      })
      return rows.map(({ id, title }) => ({ number: Number(id), title }))
    },
    waiting: (client, course) =>
      client.registration.count({ where: { courseId: BigInt(course), state: 'reserve' } }),
    async lastOwn(client, contactId) {
      const row = await client.registration.findFirst({
        where: { contactId, forWhom: 'self', details: { not: null } },
        orderBy: { id: 'desc' },
        select: { id: true },
      })
      return row === null ? undefined : Number(row.id)
    },
  }
}

function byBeginning(take: number) {
  return {
    orderBy: [{ startsAt: 'asc' as const }, { id: 'asc' as const }],
    include: withSessions(),
    take,
  }
}
