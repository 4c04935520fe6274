import { z } from 'zod'
import type { Transaction } from '../storage/database.ts'
import { type Course, genders } from './course.ts'
import type { TrainingSecrets } from './person.ts'
import { seatedStates } from './registration.ts'
import type { InLine, SeenCourse } from './seats/registration-change.ts'
import { openDetails } from './store-details.ts'
import { courseOf, registrationOf, withSessions } from './store-rows.ts'

const placeRows = z.array(z.object({ place: z.bigint().transform(Number) }))
const absent = <T>(value: T | null): T | undefined => value ?? undefined
const markRows = z.array(z.object({ mark: z.string() }))
const lineRows = z.array(
  z.object({
    number: z.bigint().transform(Number),
    chatId: z.bigint().nullable().transform(absent),
    kelurahan: z.string(),
    gender: z.enum(genders).nullable().transform(absent),
    desil: z.number().nullable().transform(absent),
  }),
)

/** Courses and registrations as they stand. */
export function createReads(keyring: TrainingSecrets) {
  return {
    course: findCourse,
    async lockCourse(transaction: Transaction, number: number) {
      await transaction.$executeRaw`SELECT 1 FROM course WHERE id = ${BigInt(number)} FOR NO KEY UPDATE`
      return findCourse(transaction, number)
    },
    async seeCourse(client: Transaction, number: number): Promise<SeenCourse | undefined> {
      if (!Number.isSafeInteger(number)) return undefined
      // First: a change between the two reads is to be noticed.
      const rows = await client.$queryRaw`SELECT xmin::text AS mark FROM course WHERE id = ${BigInt(number)}`
      const [row] = markRows.parse(rows)
      const course = row && (await findCourse(client, number))
      return row && course && { course, mark: row.mark }
    },
    async lockSeen(transaction: Transaction, { course, mark }: SeenCourse) {
      const rows = await transaction.$queryRaw`
        SELECT xmin::text AS mark FROM course WHERE id = ${BigInt(course.number)} FOR NO KEY UPDATE`
      const [row] = markRows.parse(rows)
      return row?.mark === mark ? course : findCourse(transaction, course.number)
    },
    async registration(client: Transaction, number: number) {
      if (!Number.isSafeInteger(number)) return undefined
      const row = await client.registration.findUnique({ where: { id: BigInt(number) } })
      return row === null ? undefined : registrationOf(row)
    },
    async details(client: Transaction, number: number) {
      const row = await client.registration.findUnique({
        where: { id: BigInt(number) },
        select: { details: true },
      })
      return row?.details == null ? undefined : openDetails(keyring, row.details)
    },
    async seated(transaction: Transaction, courseNumber: number) {
      const rows = await transaction.registration.findMany({
        where: { courseId: BigInt(courseNumber), state: { in: [...seatedStates] } },
      })
      return rows.map(registrationOf)
    },
    async placeInLine(client: Transaction, number: number) {
      const rows = await client.$queryRaw`
        SELECT count(*) + 1 AS place FROM registration r, registration mine
        WHERE mine.id = ${BigInt(number)} AND mine.state = 'reserve'
          AND r.course_id = mine.course_id AND r.state = 'reserve' AND r.id <> mine.id
          AND (coalesce(r.score, -1), -r.id) > (coalesce(mine.score, -1), -mine.id)
        HAVING EXISTS (SELECT 1 FROM registration m WHERE m.id = ${BigInt(number)} AND m.state = 'reserve')`
      return placeRows.parse(rows)[0]?.place
    },
    async line(transaction: Transaction, courseNumber: number): Promise<readonly InLine[]> {
      const rows = await transaction.$queryRaw`
        SELECT id AS number, chat_id AS "chatId", kelurahan, gender, desil FROM registration
        WHERE course_id = ${BigInt(courseNumber)} AND state = 'reserve'
        ORDER BY score DESC NULLS LAST, id`
      return lineRows.parse(rows)
    },
    async lockChat(transaction: Transaction, chatId: bigint) {
      return (await transaction.$executeRaw`SELECT 1 FROM chat WHERE id = ${chatId} FOR NO KEY UPDATE`) > 0
    },
  }
}

async function findCourse(client: Transaction, number: number): Promise<Course | undefined> {
  if (!Number.isSafeInteger(number)) return undefined
  const row = await client.course.findUnique({ where: { id: BigInt(number) }, include: withSessions() })
  return row === null ? undefined : courseOf(row)
}
