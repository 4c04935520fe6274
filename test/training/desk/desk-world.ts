import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Officer } from '../../../src/staff/officer.ts'
import { createAuditTrail } from '../../../src/staff/store.ts'
import { createKeyring, newKeyEntry } from '../../../src/storage/keyring.ts'
import { createAttendanceStore } from '../../../src/training/attendance/store-attendance.ts'
import { type Course, type CoursePlan, type CourseState, isOpen } from '../../../src/training/course.ts'
import { createApplicantDesk } from '../../../src/training/desk/create-applicant-desk.ts'
import { createCourseDesk } from '../../../src/training/desk/create-course-desk.ts'
import { createApplicantStore } from '../../../src/training/desk/store-applicants.ts'
import { createCourseStore } from '../../../src/training/desk/store-courses.ts'
import { createNoticeStore } from '../../../src/training/notices/store-notice.ts'
import type { RegistrationDetails, RegistrationState } from '../../../src/training/registration.ts'
import type { NewRegistration } from '../../../src/training/seats/registration-change.ts'
import { hasSeat } from '../../../src/training/seats/seats.ts'
import { createTrainingStore } from '../../../src/training/store.ts'
import { parseTrainingWords } from '../../../src/training/training-words.ts'
import { language } from '../../language/the-language.ts'
import { createTestDatabase } from '../../support/test-database.ts'

/** Monday, 08.00 in Kupang. */
export const monday = new Date('2026-01-05T08:00:00+08:00')
export const hour = 3_600_000
export const day = 24 * hour

export const ina: Officer = { id: 'id-ina', name: 'Ina Pelatihan', roles: ['pelatihan'] }
export const oma: Officer = { id: 'id-oma', name: 'Oma Pelatihan', roles: ['pelatihan'] }

/** A moment some days after `monday`, at an hour of the day in Kupang. */
export function on(days: number, atHour: number): Date {
  return new Date(monday.getTime() + days * day + (atHour - 8) * hour)
}

/** A session of a day, 09.00 to 12.00 unless told otherwise. */
export function sessionOn(days: number, from = 9, to = from + 3): CoursePlan['sessions'][number] {
  return { startsAt: on(days, from), endsAt: on(days, to), title: undefined, place: undefined }
}

/** A sound plan: registration from tomorrow for a week, sessions on two Mondays. */
export function planOf(change: Partial<CoursePlan> = {}): CoursePlan {
  return {
    ...{ title: 'Menjahit dasar', subject: 'menjahit', office: 'nakertrans', description: '' },
    ...{ place: 'Aula Kantor Lurah Oesapa', mapUrl: undefined, kelurahan: '53.71.03.1001' },
    ...{ cost: 0, contact: 'Ibu Ina, loket 2', requirements: 'Membawa kain' },
    ...{ minAge: 17, maxAge: 40, minEducation: undefined, domicile: [], seats: 2, quotas: [] },
    ...{ selection: 'officer', opensAt: on(1, 8), closesAt: on(8, 16) },
    sessions: [sessionOn(14), sessionOn(21)],
    ...{ questions: [], exclusive: true, offerHours: 24, barDays: 0, minAttendance: 80 },
    ...change,
  }
}

/** The desk on a database of its own, with a clock that is moved by hand. */
export async function openDeskWorld() {
  const database = await createTestDatabase()
  const { prisma } = database
  const keyring = createKeyring([newKeyEntry()])
  const clock = { now: monday }
  const words = parseTrainingWords(readFileSync('flows/content/pelatihan.yaml', 'utf8'))
  const store = createTrainingStore({ prisma, keyring })
  const shared = {
    ...{ store, notices: createNoticeStore(), words: () => words, audit: createAuditTrail() },
    offices: () => new Map([['nakertrans', { title: 'Dinas Tenaga Kerja' }]]),
    now: () => clock.now,
  }
  const courses = createCourseDesk({ ...shared, courses: createCourseStore(), language })
  const applicants = createApplicantDesk({
    ...{ ...shared, applicants: createApplicantStore(keyring) },
    attendance: createAttendanceStore(keyring),
  })

  /** A new course, in a state if it is told one. */
  async function course(change: Partial<CoursePlan> = {}, state?: CourseState): Promise<number> {
    const made = await courses.create(ina, planOf(change))
    if (made.type !== 'done') throw new Error(JSON.stringify(made))
    if (state !== undefined)
      await prisma.course.update({ where: { id: BigInt(made.number) }, data: { state } })
    return made.number
  }

  let count = 0
  /** Somebody with a chat who is registered for a course. */
  async function person(
    courseNumber: number,
    state: RegistrationState = 'registered',
    given: Partial<Pick<NewRegistration, 'kelurahan' | 'gender' | 'desil'> & RegistrationDetails> = {},
  ): Promise<number> {
    count += 1
    const { kelurahan = '53.71.03.1001', gender, desil, ...details } = given
    const contact = await prisma.contact.create({ data: {} })
    const chat = await prisma.chat.create({
      data: { contactId: contact.id, channel: 'telegram', account: 'main', externalId: randomUUID() },
    })
    const who = { contactId: contact.id, chatId: chat.id }
    return store.transact((transaction) =>
      store.create(
        transaction,
        {
          ...{ ...who, courseNumber, forWhom: 'self', kelurahan, education: 'sma', gender, desil, state },
          consentVersion: '1',
          details: {
            ...{ name: `Marta Warga ${count}`, birth: '1998-03-02', reason: 'Ingin belajar' },
            ...{ phone: '+6281200000001', answers: [], ...details },
          },
        },
        { type: 'resident', contactId: contact.id },
        clock.now,
      ),
    )
  }

  /** Somebody registers as the bot would: a seat when there is one, else the waiting list. */
  async function arrive(courseNumber: number): Promise<RegistrationState | 'closed'> {
    const contact = await prisma.contact.create({ data: {} })
    const data = { contactId: contact.id, channel: 'telegram', account: 'main', externalId: randomUUID() }
    const { id: chatId } = await prisma.chat.create({ data })
    const details = { name: randomUUID(), birth: '1990', reason: '', phone: undefined, answers: [] }
    const groups = { kelurahan: '53.71.03.1001', gender: undefined, desil: undefined }
    return store.transact(async (transaction) => {
      await store.lockPerson(transaction, { ...details, kelurahan: groups.kelurahan })
      const found = await store.lockCourse(transaction, courseNumber)
      if (found === undefined || !isOpen(found, clock.now)) return 'closed'
      const state: RegistrationState = hasSeat(found, await store.seated(transaction, courseNumber), groups)
        ? 'accepted'
        : 'reserve'
      const registration = {
        ...{ ...groups, courseNumber, contactId: contact.id, chatId, forWhom: 'self' as const, state },
        ...{ education: 'sma' as const, consentVersion: '1', details },
      }
      await store.create(transaction, registration, { type: 'resident', contactId: contact.id }, clock.now)
      return state
    })
  }

  const read = async (number: number): Promise<Course> => {
    const found = await store.course(prisma, number)
    if (found === undefined) throw new Error(`no course ${number}`)
    return found
  }
  return {
    ...{ database, prisma, keyring, clock, store, courses, applicants, course, person, arrive, read },
    /** Changes a course as an officer who has read it just now. */
    edit: async (number: number, change: Partial<CoursePlan>) => {
      const before = await read(number)
      return courses.edit(ina, number, { ...before, ...change }, before.version)
    },
    state: async (number: number) => (await store.registration(prisma, number))?.state,
    /** What a registration is to be told, the first first. */
    notices: (number: number) =>
      prisma.registrationNotice.findMany({
        where: { registrationId: BigInt(number) },
        orderBy: { id: 'asc' },
        select: { kind: true, key: true, details: true, dueAt: true },
      }),
    trail: async (action: string, subject?: number) => {
      const rows = await prisma.auditEntry.findMany({
        where: { action, ...(subject === undefined ? {} : { subject: String(subject) }) },
        orderBy: { id: 'asc' },
      })
      return rows.map(({ actorType, actorId, outcome, details }) => ({
        actorType,
        actorId,
        outcome,
        details,
      }))
    },
    close: () => database.close(),
  }
}

export type DeskWorld = Awaited<ReturnType<typeof openDeskWorld>>
