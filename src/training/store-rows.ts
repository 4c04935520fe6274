import { z } from 'zod'
import {
  type Course,
  type CoursePlan,
  courseStates,
  educations,
  genders,
  questionKinds,
  quotaGrounds,
  selections,
} from './course.ts'
import { type Registration, registrationStates } from './registration.ts'

const quotas = z.array(
  z.object({ by: z.enum(quotaGrounds), values: z.array(z.string()), seats: z.number().int() }),
)
const questions = z.array(
  z.object({
    id: z.string(),
    text: z.string(),
    kind: z.enum(questionKinds),
    choices: z.array(z.string()),
    optional: z.boolean(),
  }),
)
const absent = <T>(value: T | null): T | undefined => value ?? undefined
const number = z.bigint().transform(Number)
const maybe = <Shape extends z.ZodType>(shape: Shape) => shape.nullable().transform(absent)

const sessionRow = z
  .object({
    id: z.bigint(),
    startsAt: z.date(),
    endsAt: z.date(),
    title: maybe(z.string()),
    place: maybe(z.string()),
  })
  .readonly()

const courseRow = z
  .object({
    id: z.bigint(),
    title: z.string(),
    subject: z.string(),
    office: z.string(),
    description: z.string(),
    place: z.string(),
    mapUrl: maybe(z.string()),
    kelurahan: maybe(z.string()),
    cost: z.number(),
    contact: z.string(),
    requirements: z.string(),
    minAge: maybe(z.number()),
    maxAge: maybe(z.number()),
    minEducation: maybe(z.enum(educations)),
    domicile: z.array(z.string()),
    seats: z.number(),
    quotas,
    selection: z.enum(selections),
    opensAt: z.date(),
    closesAt: z.date(),
    startsAt: z.date(),
    endsAt: z.date(),
    questions,
    exclusive: z.boolean(),
    offerHours: z.number(),
    barDays: z.number(),
    minAttendance: z.number(),
    state: z.enum(courseStates),
    version: z.number(),
    createdAt: z.date(),
    createdBy: z.string(),
    announcedAt: maybe(z.date()),
    cancelReason: maybe(z.string()),
    endedAt: maybe(z.date()),
    sessions: z.array(sessionRow),
  })
  .transform(({ id, ...row }): Course => ({ number: Number(id), ...row }))

const registrationRow = z
  .object({
    id: number,
    courseId: number,
    contactId: maybe(z.string()),
    chatId: maybe(z.bigint()),
    forWhom: z.enum(['self', 'other']),
    kelurahan: z.string(),
    education: z.enum(educations),
    gender: maybe(z.enum(genders)),
    desil: maybe(z.number()),
    consentVersion: z.string(),
    consentAt: z.date(),
    state: z.enum(registrationStates),
    stateAt: z.date(),
    score: maybe(z.number()),
    reason: maybe(z.string()),
    offerUntil: maybe(z.date()),
    acceptedAt: maybe(z.date()),
    barredUntil: maybe(z.date()),
    createdAt: z.date(),
  })
  .transform(({ id, courseId, ...row }): Registration => ({ number: id, courseNumber: courseId, ...row }))

/** What a query for courses takes along: their sessions by time. */
export function withSessions(): { sessions: { orderBy: [{ startsAt: 'asc' }, { id: 'asc' }] } } {
  return { sessions: { orderBy: [{ startsAt: 'asc' }, { id: 'asc' }] } }
}

/** A row of `course` with its sessions. */
export function courseOf(row: unknown): Course {
  return courseRow.parse(row)
}

/** A row of `registration`. */
export function registrationOf(row: unknown): Registration {
  return registrationRow.parse(row)
}

/** The columns of a plan, but for its sessions. */
export function columnsOf({ sessions, quotas, questions, domicile, ...plan }: CoursePlan) {
  const begins = sessions.map(({ startsAt }) => startsAt.getTime())
  const ends = sessions.map(({ endsAt }) => endsAt.getTime())
  return {
    ...plan,
    domicile: [...domicile],
    quotas: quotas.map(({ values, ...quota }) => ({ ...quota, values: [...values] })),
    questions: questions.map(({ choices, ...question }) => ({ ...question, choices: [...choices] })),
    mapUrl: plan.mapUrl ?? null,
    kelurahan: plan.kelurahan ?? null,
    minAge: plan.minAge ?? null,
    maxAge: plan.maxAge ?? null,
    minEducation: plan.minEducation ?? null,
    startsAt: new Date(Math.min(...begins)),
    endsAt: new Date(Math.max(...ends)),
  }
}
