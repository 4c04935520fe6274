import { z } from 'zod'
import type { Database, Transaction } from '../storage/database.ts'
import type { Course } from './course.ts'
import { mayBeSame, type PersonTraits, personHashes, type TrainingSecrets } from './person.ts'
import {
  activeStates,
  type Doer,
  type Registration,
  type RegistrationDetails,
  type RegistrationState,
  seatedStates,
  standingStates,
} from './registration.ts'
import type { Applicant } from './seats.ts'
import { courseOf, registrationOf, withSessions } from './store-rows.ts'

/** A registration that is not there yet. */
export type NewRegistration = Pick<
  Registration,
  'courseNumber' | 'forWhom' | 'kelurahan' | 'education' | 'gender' | 'desil' | 'consentVersion' | 'state'
> & { readonly contactId: string; readonly chatId: bigint; readonly details: RegistrationDetails }

/** What changes of a registration besides its state. Null: it is taken away; left out: it stays. */
export interface RegistrationChange {
  readonly reason?: string | null
  readonly offerUntil?: Date | null
  readonly acceptedAt?: Date
  readonly barredUntil?: Date | null
}

/**
 * Courses and registrations in PostgreSQL. Whoever locks several takes them in this order: the chat, the person, the course. A
 * course is locked by whoever changes it, or who has a seat: of one course, or of several by their numbers.
 */
export interface TrainingStore {
  /** Runs the work in a transaction of its own, again when others were in its way. */
  transact<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
  course(client: Transaction, number: number): Promise<Course | undefined>
  lockCourse(transaction: Transaction, number: number): Promise<Course | undefined>
  /** Keeps others from registering the person anywhere until the end of the transaction. */
  lockPerson(transaction: Transaction, person: PersonTraits): Promise<void>
  registration(client: Transaction, number: number): Promise<Registration | undefined>
  /** Undefined once erased. */
  details(client: Transaction, number: number): Promise<RegistrationDetails | undefined>
  /** What quotas ask of everybody who has a seat in the course, offered ones included. */
  seated(transaction: Transaction, courseNumber: number): Promise<readonly Applicant[]>
  /** The person's registrations in which they are in, by all that is known of them. Without the course: of all others that are not over. */
  ofPerson(
    transaction: Transaction,
    person: PersonTraits,
    where: { readonly courseNumber: number } | { readonly besides: number },
  ): Promise<readonly Registration[]>
  /** Until when the person is barred, if they are. */
  barredUntil(transaction: Transaction, person: PersonTraits, now: Date): Promise<Date | undefined>
  /** The person's place on the course's waiting list, from 1; undefined when they are not on it. */
  placeInLine(client: Transaction, number: number): Promise<number | undefined>
  /** Those on the course's waiting list, the first in line first: by score where there is one, then by arrival. */
  reserves(transaction: Transaction, courseNumber: number, limit: number): Promise<readonly Registration[]>
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
  /** Locks a chat, ahead of all else. False when it is gone. */
  lockChat(transaction: Transaction, chatId: bigint): Promise<boolean>
}

/** How often a transaction is tried that others block. */
const tries = 5
const blocked = z.object({ message: z.string(), code: z.string().optional() })
const placeRows = z.array(z.object({ place: z.bigint().transform(Number) }))

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

async function transact<T>(prisma: Database, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await prisma.$transaction(work)
    } catch (error) {
      if (attempt >= tries || !isBlocked(error)) throw error
    }
  }
}

/** Whether PostgreSQL ended the transaction so that another could go on. */
function isBlocked(error: unknown): boolean {
  const read = blocked.safeParse(error)
  if (!read.success) return false
  return read.data.code === 'P2034' || /40P01|40001|deadlock/.test(read.data.message)
}

function createReads(keyring: TrainingSecrets) {
  return {
    course: findCourse,
    async lockCourse(transaction: Transaction, number: number) {
      await transaction.$executeRaw`SELECT 1 FROM course WHERE id = ${BigInt(number)} FOR NO KEY UPDATE`
      return findCourse(transaction, number)
    },
    async registration(client: Transaction, number: number) {
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
    async reserves(transaction: Transaction, courseNumber: number, limit: number) {
      const rows = await transaction.registration.findMany({
        where: { courseId: BigInt(courseNumber), state: 'reserve' },
        orderBy: [{ score: { sort: 'desc', nulls: 'last' } }, { id: 'asc' }],
        take: limit,
      })
      return rows.map(registrationOf)
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

function createPersons(keyring: TrainingSecrets) {
  return {
    async lockPerson(transaction: Transaction, person: PersonTraits) {
      const [hash] = personHashes(keyring, person)
      const key = Buffer.from(hash).readBigInt64BE(0)
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${key}::bigint)`
    },
    async ofPerson(
      transaction: Transaction,
      person: PersonTraits,
      where: { readonly courseNumber: number } | { readonly besides: number },
    ) {
      const isThere =
        'courseNumber' in where
          ? { courseId: BigInt(where.courseNumber), state: { in: [...standingStates] } }
          : {
              courseId: { not: BigInt(where.besides) },
              state: { in: [...activeStates] },
              course: { state: { notIn: ['finished', 'cancelled'] } },
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
    async barredUntil(transaction: Transaction, person: PersonTraits, now: Date) {
      const row = await transaction.registration.findFirst({
        where: { personHash: { in: [...personHashes(keyring, person)] }, barredUntil: { gt: now } },
        orderBy: { barredUntil: 'desc' },
      })
      return row?.barredUntil ?? undefined
    },
  }
}

function createWrites(keyring: TrainingSecrets) {
  return {
    async create(
      transaction: Transaction,
      { details, courseNumber, gender, desil, ...registration }: NewRegistration,
      by: Doer,
      now: Date,
    ) {
      const traits = { ...details, kelurahan: registration.kelurahan }
      const { id } = await transaction.registration.create({
        data: {
          ...registration,
          courseId: BigInt(courseNumber),
          gender: gender ?? null,
          desil: desil ?? null,
          personHash: personHashes(keyring, traits)[0],
          details: keyring.seal(JSON.stringify(details)),
          consentAt: now,
          createdAt: now,
          stateAt: now,
          acceptedAt: registration.state === 'accepted' ? now : null,
          changes: { create: historyLine(registration.state, by, now) },
        },
        select: { id: true },
      })
      return Number(id)
    },
    async move(
      transaction: Transaction,
      number: number,
      state: RegistrationState,
      by: Doer,
      now: Date,
      change: RegistrationChange = {},
    ) {
      const { reason } = change
      await transaction.registration.update({
        where: { id: BigInt(number) },
        data: {
          ...change,
          state,
          stateAt: now,
          changes: { create: historyLine(state, by, now, reason ?? undefined) },
        },
        select: { id: true },
      })
    },
  }
}

function historyLine(state: RegistrationState, by: Doer, at: Date, reason?: string) {
  return {
    state,
    actor: by.type,
    by: by.type === 'officer' ? by.name : null,
    reason: reason ?? null,
    at,
  }
}

const detailsShape = z.object({
  name: z.string(),
  birth: z.string(),
  reason: z.string(),
  phone: z
    .string()
    .optional()
    .transform((phone) => phone),
  answers: z.array(z.object({ id: z.string(), question: z.string(), answer: z.string() })),
})

/** What was sealed of a registration. */
export function openDetails(keyring: Pick<TrainingSecrets, 'open'>, sealed: Uint8Array): RegistrationDetails {
  const { phone, ...details } = detailsShape.parse(JSON.parse(keyring.open(sealed)))
  return { ...details, phone }
}
