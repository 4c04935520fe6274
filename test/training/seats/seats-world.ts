import { randomUUID } from 'node:crypto'
import type { Values } from '../../../src/flow/action.ts'
import { openDatabase } from '../../../src/storage/database.ts'
import { createKeyring, newKeyEntry } from '../../../src/storage/keyring.ts'
import type { Course, CoursePlan, CourseState } from '../../../src/training/course.ts'
import type { Registration, RegistrationState } from '../../../src/training/registration.ts'
import { columnsOf } from '../../../src/training/store-rows.ts'
import { createTestDatabase } from '../../support/test-database.ts'
import { createSeats } from './seats-parts.ts'

/** Monday, 09.00 in Kupang. */
export const monday = new Date('2026-12-07T09:00:00+08:00')
export const hour = 3_600_000
export const day = 24 * hour

/** A moment so many milliseconds after `monday`. */
export const later = (ms: number): Date => new Date(monday.getTime() + ms)

/** A course that is open for a week and begins in two; quiet hours are from 21 to 7. */
function plan(more: Partial<CoursePlan> = {}): CoursePlan {
  return {
    ...{
      title: 'Menjahit dasar',
      subject: 'menjahit',
      office: 'umum',
      description: '',
      place: 'Balai latihan',
    },
    ...{ mapUrl: undefined, kelurahan: undefined, cost: 0, contact: 'Ibu Ina, kantor', requirements: '' },
    ...{ minAge: undefined, maxAge: undefined, minEducation: undefined, domicile: [], seats: 2, quotas: [] },
    ...{
      selection: 'arrival',
      opensAt: later(-day),
      closesAt: later(7 * day),
      questions: [],
      exclusive: true,
    },
    ...{ offerHours: 6, barDays: 0, minAttendance: 80 },
    sessions: [14, 15].map((days) => ({
      startsAt: later(days * day),
      endsAt: later(days * day + 3 * hour),
      title: undefined,
      place: undefined,
    })),
    ...more,
  }
}

/** What somebody fills in; `who` tells one person from another. */
function form(courseNumber: number, who: string, more: Values = {}): Values {
  return {
    ...{
      course_id: courseNumber,
      for_whom: 'self',
      name: who,
      birth: '1998-08-17',
      kelurahan: '53.71.02.1001',
    },
    ...{ education: 'sma', reason: 'Mau usaha sendiri', phone: '', answers: [], ...more },
  }
}

type ActionName = keyof Awaited<ReturnType<typeof createSeats>>['actions']

/** Everything about seats on a database of its own, and what a test does and asks. */
export async function openSeatsWorld() {
  const database = await createTestDatabase()
  const { prisma } = database
  const key = newKeyEntry()
  const keyring = createKeyring([key])
  const clock = { now: monday }
  const seats = await createSeats({ prisma, keyring, clock })
  const { store } = seats

  async function course(
    more: Partial<CoursePlan> = {},
    state: CourseState = 'registration',
  ): Promise<number> {
    const given = plan(more)
    const data = {
      ...columnsOf(given),
      ...{ state, createdBy: 'Petugas', createdAt: clock.now },
      sessions: { create: given.sessions.map(({ startsAt, endsAt }) => ({ startsAt, endsAt })) },
    }
    return Number((await prisma.course.create({ data })).id)
  }

  /** A person in a chat; `contactId` is of somebody who has another. */
  async function seat(contactId?: string) {
    const contact = contactId ?? (await prisma.contact.create({ data: {} })).id
    const address = { channel: 'telegram', account: 'main', externalId: randomUUID() }
    const { id: chatId } = await prisma.chat.create({ data: { contactId: contact, ...address } })
    return resident(contact, chatId)
  }

  /** A person whose chat is there already; `through` is the process that their turns are in. */
  function resident(contactId: string, chatId: bigint, through = { prisma, actions: seats.actions }) {
    /** A turn of the chat that calls the action. */
    const act = (name: ActionName, input: Values = {}) =>
      through.prisma.$transaction(
        async (transaction) => {
          await transaction.$executeRaw`SELECT version FROM chat WHERE id = ${chatId} FOR NO KEY UPDATE`
          const action = through.actions[name]
          const context = {
            transaction,
            contactId,
            chatId: String(chatId),
            channel: 'telegram',
            now: clock.now,
          }
          const result = await action.run(action.contract.inputs.parse(input) as Values, context)
          action.contract.outcomes[result.outcome]!.parse(result.values)
          return result
        },
        { maxWait: 120_000, timeout: 60_000 },
      )
    const register = (courseNumber: number, who: string, more: Values = {}) =>
      act('register', form(courseNumber, who, more))
    return { contactId, chatId, act, register }
  }

  const registration = async (number: number): Promise<Registration> =>
    (await store.registration(prisma, number))!
  /** States by person, in the order of arrival. */
  const states = async (courseNumber: number): Promise<RegistrationState[]> => {
    const rows = await prisma.registration.findMany({
      where: { courseId: BigInt(courseNumber) },
      orderBy: { id: 'asc' },
    })
    return rows.map(({ state }) => state as RegistrationState)
  }
  const history = async (number: number) => {
    const where = { registrationId: BigInt(number) }
    const rows = await prisma.registrationChange.findMany({ where, orderBy: { id: 'asc' } })
    return rows.map(({ state, actor }) => `${state} by ${actor}`)
  }
  /** What was said in a chat, oldest first. */
  const said = async (chatId?: bigint) => {
    const where = chatId === undefined ? {} : { chatId }
    const rows = await prisma.outboxMessage.findMany({ where, orderBy: { id: 'asc' } })
    return rows.map(({ body }) => JSON.parse(keyring.open(body)))
  }
  const notices = (number: number) =>
    prisma.registrationNotice.findMany({ where: { registrationId: BigInt(number) }, orderBy: { id: 'asc' } })
  const trail = async (action?: string) => {
    const rows = await prisma.auditEntry.findMany({
      where: action === undefined ? {} : { action },
      orderBy: { id: 'asc' },
    })
    return rows.map(({ action, actorType, actorId, subject, outcome }) => {
      return { action, actor: `${actorType} ${actorId}`, subject, outcome }
    })
  }
  const findCourse = async (number: number): Promise<Course> => (await store.course(prisma, number))!
  const change = (number: number, data: Parameters<typeof prisma.course.update>[0]['data']) =>
    prisma.course.update({ where: { id: BigInt(number) }, data })
  /** Another process on the same database, with connections of its own. */
  async function another(connections = 8) {
    const other = openDatabase(database.url, { connections })
    return { ...(await createSeats({ prisma: other.prisma, keyring, clock })), ...other }
  }
  return {
    ...{ database, prisma, key, keyring, clock, ...seats },
    ...{ course, seat, resident, registration, states, history, said, noticesOf: notices, trail, findCourse },
    ...{ change, another, close: () => database.close() },
    wait(ms: number) {
      clock.now = new Date(clock.now.getTime() + ms)
    },
  }
}

export type SeatsWorld = Awaited<ReturnType<typeof openSeatsWorld>>
