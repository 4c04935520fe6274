import type { App } from '../app.ts'
import type { Transaction } from '../storage/database.ts'
import type { Course, CoursePlan, CourseState, Education, Gender } from '../training/course.ts'
import {
  type CourseAnswer,
  type Doer,
  type RegistrationState,
  seatedStates,
} from '../training/registration.ts'
import { createTrainingStore } from '../training/store.ts'
import { columnsOf, courseOf, withSessions } from '../training/store-rows.ts'

/** A synthetic person who registered. */
export interface MadeRegistrant {
  readonly name: string
  /** `YYYY-MM-DD` or `YYYY`. */
  readonly birth: string
  /** Kemendagri code. */
  readonly kelurahan: string
  readonly education: Education
  readonly state: RegistrationState
  readonly gender?: Gender | undefined
  readonly score?: number | undefined
  readonly reason: string
  readonly answers?: readonly CourseAnswer[]
  /** In how many sessions, from the first on, they were. */
  readonly attended?: number
}

/** A course that is there without an officer's having led it there, with everybody who registered. */
export interface MadeCourse {
  /** Undefined: the next one. */
  readonly number?: number
  readonly plan: CoursePlan
  readonly state: CourseState
  readonly createdAt: Date
  /** Whoever made it, as the desk shows it. */
  readonly by: string
  readonly registrants: readonly MadeRegistrant[]
  /** When they registered, the first of them; a minute lies between two. */
  readonly registeredAt: Date
  /** Everybody gets a chat of their own on this account of the terminal, where nobody sits. */
  readonly account: string
}

/** Makes a course with synthetic people, past the rules of the desk. Answers its number. */
export async function makeCourse(app: App, made: MadeCourse): Promise<number> {
  const { prisma } = app.storage.database
  const { plan, state, createdAt, by } = made
  if (made.number !== undefined) await keepNumber(app, made.number)
  const row = await prisma.course.create({
    data: {
      ...columnsOf(plan),
      ...(made.number === undefined ? {} : { id: BigInt(made.number) }),
      ...{ state, createdAt, createdBy: by, announcedAt: state === 'draft' ? null : createdAt },
      sessions: {
        create: plan.sessions.map(({ title, place, startsAt, endsAt }) => {
          return { startsAt, endsAt, title: title ?? null, place: place ?? null }
        }),
      },
    },
    include: withSessions(),
  })
  const course = courseOf(row)
  for (const [at, person] of made.registrants.entries()) {
    const when = new Date(made.registeredAt.getTime() + at * 60_000)
    const externalId = `${course.number}-${at + 1}`
    await prisma.$transaction((transaction) =>
      register(app, transaction, { ...made, course, person, when, externalId }),
    )
  }
  return course.number
}

/** Courses that are made later do not get the number. */
async function keepNumber({ storage }: App, number: number): Promise<void> {
  for (let next = 0; next < number; ) {
    const { rows } = await storage.database.pool.query("SELECT nextval('course_id_seq')::int AS next")
    next = Number(rows[0]?.next ?? number)
  }
}

interface Registering extends Pick<MadeCourse, 'account' | 'by'> {
  readonly course: Course
  readonly person: MadeRegistrant
  readonly when: Date
  readonly externalId: string
}

async function register(
  { now, storage, trainingTexts }: App,
  transaction: Transaction,
  { course, person, when, externalId, account, by }: Registering,
): Promise<void> {
  const { name, birth, reason, answers = [], kelurahan, education, gender, state, score } = person
  const { contactId, id: chatId } = await transaction.chat.create({
    data: { channel: 'terminal', account, externalId, contact: { create: {} } },
    select: { id: true, contactId: true },
  })
  const doer: Doer = { type: 'officer', id: by, name: by }
  const number = await createTrainingStore({
    prisma: storage.database.prisma,
    keyring: storage.keyring,
  }).create(
    transaction,
    {
      ...{ courseNumber: course.number, contactId, chatId, forWhom: 'self', kelurahan, education, gender },
      ...{ desil: undefined, state, consentVersion: trainingTexts().words.consent.version },
      details: { name, birth, reason, phone: undefined, answers },
    },
    doer,
    when,
  )
  const offerUntil = new Date(now().getTime() + course.offerHours * 3_600_000)
  await transaction.registration.update({
    where: { id: BigInt(number) },
    data: {
      score: score ?? null,
      offerUntil: state === 'offered' ? offerUntil : null,
      acceptedAt: isSeated(state) ? when : null,
    },
  })
  await transaction.attendance.createMany({
    data: course.sessions.slice(0, person.attended ?? 0).map(({ id, startsAt }) => {
      return { registrationId: BigInt(number), sessionId: id, way: 'list', by, at: startsAt }
    }),
  })
}

function isSeated(state: RegistrationState): boolean {
  return state !== 'offered' && seatedStates.some((seated) => seated === state)
}
