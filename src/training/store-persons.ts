import { z } from 'zod'
import type { Transaction } from '../storage/database.ts'
import { genders } from './course.ts'
import { mayBeSame, type PersonTraits, personHashes, type TrainingSecrets } from './person.ts'
import { activeStates, seatedStates, standingStates } from './registration.ts'
import type { Background, Bar, Reception } from './seats/registration-change.ts'
import { openDetails } from './store-details.ts'
import { registrationOf } from './store-rows.ts'

const absent = <T>(value: T | null): T | undefined => value ?? undefined
const seatedRow = z.object({
  kelurahan: z.string(),
  gender: z.enum(genders).nullable().transform(absent),
  desil: z.number().nullable().transform(absent),
})
const busyRows = z.array(
  z.object({
    number: z.bigint().transform(Number),
    mine: z.instanceof(Uint8Array),
    other: z.instanceof(Uint8Array),
  }),
)
const receptionRows = z.tuple([
  z.object({ seated: z.array(seatedRow), waiting: z.number(), isKnown: z.boolean() }),
])
const backgroundRows = z.tuple([
  z.object({
    elsewhere: z.number(),
    helped: z.number(),
    helpedInCourse: z.number(),
    mayBeElsewhere: z.boolean(),
    mayBeBarred: z.boolean(),
  }),
])

/** Who is who, and where they are in. */
export function createPersons(keyring: TrainingSecrets) {
  return { ...createLocks(keyring), ...createWhereabouts(keyring), ...createSurveys(keyring) }
}

/** What keeps others from the same person or contact. */
function createLocks(keyring: TrainingSecrets) {
  return {
    async lockPerson(transaction: Transaction, person: PersonTraits) {
      // By all keys: a process that does not know of a new one yet is to wait as well.
      const keys = personHashes(keyring, person).map((hash) => Buffer.from(hash).readBigInt64BE(0))
      for (const key of keys.toSorted((one, other) => (one < other ? -1 : 1)))
        await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${key}::bigint)`
    },
    async lockContact(transaction: Transaction, contactId: string) {
      await transaction.$executeRaw`SELECT 1 FROM contact WHERE id = ${contactId}::uuid FOR NO KEY UPDATE`
    },
  }
}

/** Which registrations a person has, and what stands against one more. */
function createWhereabouts(keyring: TrainingSecrets) {
  return {
    async ofPerson(
      transaction: Transaction,
      person: PersonTraits,
      where: { readonly courseNumber: number } | { readonly besides: number; readonly now: Date },
    ) {
      const isThere =
        'courseNumber' in where
          ? { courseId: BigInt(where.courseNumber), state: { in: [...standingStates] } }
          : {
              courseId: { not: BigInt(where.besides) },
              state: { in: [...activeStates] },
              course: {
                state: { notIn: ['finished', 'cancelled'] },
                exclusive: true,
                // Nobody may have said that it is over.
                endsAt: { gt: where.now },
              },
            }
      const rows = await transaction.registration.findMany({
        where: { ...isThere, personHash: { in: [...personHashes(keyring, person)] } },
        orderBy: { id: 'asc' },
      })
      return rows
        .filter(
          ({ details }) => details === null || mayBeSame(openDetails(keyring, details).birth, person.birth),
        )
        .map(registrationOf)
    },
    async bar(transaction: Transaction, person: PersonTraits, now: Date): Promise<Bar | undefined> {
      const row = await transaction.registration.findFirst({
        where: { personHash: { in: [...personHashes(keyring, person)] }, barredUntil: { gt: now } },
        orderBy: { barredUntil: 'desc' },
      })
      if (row === null || row.barredUntil === null) return undefined
      return { until: row.barredUntil, contactId: row.contactId ?? undefined }
    },
    async ofContact(client: Transaction, contactId: string, limit: number) {
      const rows = await client.registration.findMany({
        where: { contactId },
        orderBy: { id: 'desc' },
        take: limit,
      })
      return rows.map(registrationOf)
    },
  }
}

/** All that is asked at once of a course, or of a contact, in a statement each: a course is locked meanwhile. */
function createSurveys(keyring: TrainingSecrets) {
  return {
    async reception(
      transaction: Transaction,
      courseNumber: number,
      person: PersonTraits,
    ): Promise<Reception> {
      const courseId = BigInt(courseNumber)
      const rows = await transaction.$queryRaw`
        SELECT
          (SELECT coalesce(json_agg(json_build_object('kelurahan', kelurahan, 'gender', gender, 'desil', desil)), '[]')
           FROM registration WHERE course_id = ${courseId} AND state = ANY(${[...seatedStates]})) AS seated,
          (SELECT count(*)::int FROM registration WHERE course_id = ${courseId} AND state = 'reserve') AS waiting,
          EXISTS (
            SELECT 1 FROM registration WHERE course_id = ${courseId} AND state = ANY(${[...standingStates]})
              AND person_hash = ANY(${[...personHashes(keyring, person)]})
          ) AS "isKnown"`
      return receptionRows.parse(rows)[0]
    },
    async busyInLine(transaction: Transaction, courseNumber: number, now: Date): Promise<readonly number[]> {
      const rows = await transaction.$queryRaw`
        SELECT r.id AS number, r.details AS mine, o.details AS other
        FROM registration r
          JOIN registration o ON o.person_hash = r.person_hash AND o.course_id <> r.course_id
            AND o.state = ANY(${[...activeStates]})
          JOIN course c ON c.id = o.course_id AND c.exclusive AND c.state NOT IN ('finished', 'cancelled')
            AND c.ends_at > ${now}
        WHERE r.course_id = ${BigInt(courseNumber)} AND r.state = 'reserve'
          AND r.details IS NOT NULL AND o.details IS NOT NULL`
      const birthIn = (sealed: Uint8Array) => openDetails(keyring, sealed).birth
      return busyRows
        .parse(rows)
        .filter(({ mine, other }) => mayBeSame(birthIn(mine), birthIn(other)))
        .map(({ number }) => number)
    },
    async background(
      transaction: Transaction,
      contactId: string,
      person: PersonTraits,
      where: { readonly courseNumber: number; readonly since: Date; readonly now: Date },
    ): Promise<Background> {
      const { since, now } = where
      const courseId = BigInt(where.courseNumber)
      const hashes = [...personHashes(keyring, person)]
      const rows = await transaction.$queryRaw`
        SELECT
          (SELECT count(*)::int FROM audit_entry WHERE subject = ${contactId} AND action = 'registration.create'
             AND outcome = 'elsewhere' AND at > ${since}) AS elsewhere,
          (SELECT count(DISTINCT person_hash)::int FROM registration
           WHERE contact_id = ${contactId}::uuid AND person_hash <> ALL(${hashes})
             AND created_at > ${since}) AS helped,
          (SELECT count(DISTINCT person_hash)::int FROM registration
           WHERE contact_id = ${contactId}::uuid AND person_hash <> ALL(${hashes})
             AND course_id = ${courseId} AND state = ANY(${[...standingStates]})) AS "helpedInCourse",
          EXISTS (SELECT 1 FROM registration WHERE person_hash = ANY(${hashes}) AND course_id <> ${courseId}
            AND state = ANY(${[...activeStates]})) AS "mayBeElsewhere",
          EXISTS (SELECT 1 FROM registration WHERE person_hash = ANY(${hashes})
            AND barred_until > ${now}) AS "mayBeBarred"`
      return backgroundRows.parse(rows)[0]
    },
  }
}
