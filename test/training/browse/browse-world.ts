import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Values } from '../../../src/flow/action.ts'
import { createAuditTrail } from '../../../src/staff/store.ts'
import { createKeyring, newKeyEntry } from '../../../src/storage/keyring.ts'
import { createBrowseActions } from '../../../src/training/browse/browse-actions.ts'
import { parseBrowseWords } from '../../../src/training/browse/browse-words.ts'
import { createBrowseStore } from '../../../src/training/browse/store-browse.ts'
import type { CoursePlan, CourseState } from '../../../src/training/course.ts'
import type { RegistrationState } from '../../../src/training/registration.ts'
import { createTrainingStore, type NewRegistration } from '../../../src/training/store.ts'
import { columnsOf } from '../../../src/training/store-rows.ts'
import { parseTrainingWords } from '../../../src/training/training-words.ts'
import { language } from '../../language/the-language.ts'
import { createTestDatabase } from '../../support/test-database.ts'

/** Friday, 10.00 in Kupang. */
const friday = new Date('2026-01-02T10:00:00+08:00')

const content = (name: string) =>
  readFileSync(new URL(`../../../flows/content/${name}.yaml`, import.meta.url), 'utf8')

/** The words of the house. */
export const words = parseTrainingWords(content('pelatihan'))
export const texts = parseBrowseWords(content('pelatihan-tanya'))

/** A moment in Kupang. */
export function at(time: string): Date {
  return new Date(`${time.replace(' ', 'T')}:00+08:00`)
}

/** A session on a day, from nine to three. */
export function meeting(day: string, from = '09:00', to = '15:00'): CoursePlan['sessions'][number] {
  return { startsAt: at(`${day} ${from}`), endsAt: at(`${day} ${to}`), title: undefined, place: undefined }
}

/** A course that is open now and begins on 12 January. */
export function plan(change: Partial<CoursePlan> = {}): CoursePlan {
  return {
    title: 'Menjahit dasar',
    subject: 'menjahit',
    office: 'nakertrans',
    description: '',
    place: 'Aula Balai Latihan',
    mapUrl: undefined,
    kelurahan: '53.71.03.1010',
    cost: 0,
    contact: '0812 3456 7890 (Ibu Ina)',
    requirements: '',
    minAge: undefined,
    maxAge: undefined,
    minEducation: undefined,
    domicile: [],
    seats: 16,
    quotas: [],
    selection: 'arrival',
    opensAt: at('2026-01-01 08:00'),
    closesAt: at('2026-01-10 17:00'),
    sessions: [meeting('2026-01-12')],
    questions: [],
    exclusive: true,
    offerHours: 24,
    barDays: 0,
    minAttendance: 80,
    ...change,
  }
}

/** Looking for courses on a database of its own. */
export async function openBrowseWorld() {
  const database = await createTestDatabase()
  const { prisma } = database
  const keyring = createKeyring([newKeyEntry()])
  const store = createTrainingStore({ prisma, keyring })
  const clock = { now: friday }
  const actions = createBrowseActions({
    store,
    browse: createBrowseStore(),
    words: () => words,
    texts: () => texts,
    offices: () => new Map([['nakertrans', { title: 'Dinas Tenaga Kerja' }]]),
    language,
    audit: createAuditTrail(),
  })
  const person = await prisma.contact.create({ data: {} })
  const data = { contactId: person.id, channel: 'telegram', account: 'main', externalId: randomUUID() }
  const { id: chatId } = await prisma.chat.create({ data })

  async function course(change: Partial<CoursePlan> = {}, state: CourseState = 'registration') {
    const whole = plan(change)
    const sessions = { create: whole.sessions.map((one) => ({ startsAt: one.startsAt, endsAt: one.endsAt })) }
    const row = { ...columnsOf(whole), state, createdBy: 'Ama', createdAt: friday, sessions }
    return Number((await prisma.course.create({ data: row })).id)
  }
  async function register(
    courseNumber: number,
    change: Partial<NewRegistration> & { state?: RegistrationState } = {},
  ) {
    const details = { name: `Uji ${randomUUID()}`, birth: '1998', reason: '', phone: undefined, answers: [] }
    const whole: NewRegistration = {
      courseNumber,
      forWhom: 'other',
      kelurahan: '53.71.03.1010',
      education: 'sma',
      gender: undefined,
      desil: undefined,
      consentVersion: 'v',
      state: 'accepted',
      contactId: person.id,
      chatId,
      details,
      ...change,
    }
    const by = { type: 'resident', contactId: whole.contactId } as const
    return prisma.$transaction((transaction) => store.create(transaction, whole, by, clock.now))
  }
  const act = (name: keyof typeof actions, input: Values = {}, contactId = person.id) =>
    prisma.$transaction(async (transaction) => {
      const context = { transaction, contactId, chatId: String(chatId), channel: 'telegram', now: clock.now }
      const action = actions[name]
      const result = await action.run(action.contract.inputs.parse(input) as Values, context)
      action.contract.outcomes[result.outcome]!.strict().parse(result.values)
      return result
    })
  const clear = async () => {
    clock.now = friday
    await prisma.course.deleteMany()
  }
  return { prisma, store, clock, act, course, register, person, chatId, clear, close: () => database.close() }
}

export type BrowseWorld = Awaited<ReturnType<typeof openBrowseWorld>>
