import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createOutboxStore } from '../../../src/conversation/outbox-store.ts'
import { createTellMany } from '../../../src/conversation/tell-many.ts'
import { formatMoment } from '../../../src/language/format.ts'
import { createAuditTrail } from '../../../src/staff/store.ts'
import { createKeyring, newKeyEntry } from '../../../src/storage/keyring.ts'
import type { Course } from '../../../src/training/course.ts'
import { parseNoticeTexts } from '../../../src/training/notices/notice-texts.ts'
import { createAnnounceStore } from '../../../src/training/notices/store-announce.ts'
import { createDueNoticeStore, createNoticeStore } from '../../../src/training/notices/store-notice.ts'
import { createReminderStore } from '../../../src/training/notices/store-reminders.ts'
import { createTendNotices } from '../../../src/training/notices/tend-notices.ts'
import type { Registration, RegistrationState } from '../../../src/training/registration.ts'
import { createTrainingStore } from '../../../src/training/store.ts'
import type { TrainingVoice } from '../../../src/training/training-voice.ts'
import { parseTrainingWords } from '../../../src/training/training-words.ts'
import { createTestDatabase } from '../../support/test-database.ts'

/** A moment in Kupang, of March 2026 unless told otherwise: `at('05 09:30')`. */
export function at(dayAndTime: string, month = '2026-03'): Date {
  const [day = '', time = ''] = dayAndTime.split(' ')
  return new Date(`${month}-${day}T${time.length === 5 ? `${time}:00` : time}+08:00`)
}

/** Everything that trainings tell unasked on a database of its own, with a clock that the test turns. */
export async function openNoticeWorld() {
  const database = await createTestDatabase()
  const { prisma } = database
  const keyring = createKeyring([newKeyEntry()])
  const contentOf = (name: string) => readFile(`flows/content/${name}.yaml`, 'utf8')
  const words = parseTrainingWords(await contentOf('pelatihan'))
  const texts = parseNoticeTexts(await contentOf('pelatihan-kabar'))
  const clock = { now: at('01 12:00') }
  const outbox = createOutboxStore(database)
  const tellMany = createTellMany({ store: outbox, sealer: keyring, now: () => clock.now })
  const voice: TrainingVoice = {
    offer: async () => undefined,
    async tellMany(transaction, messages, purpose) {
      const items = messages.map(({ chatId, text }) => ({ chatId, message: { text } }))
      await tellMany(items, transaction, purpose)
    },
  }
  const deps = {
    store: createTrainingStore({ prisma, keyring }),
    notices: createNoticeStore(),
    reminders: createReminderStore(),
    due: createDueNoticeStore({ keyring }),
    announce: createAnnounceStore(),
    words: () => words,
    texts: () => texts,
    offices: () => new Map([['nakertrans', { title: 'Dinas Tenaga Kerja' }]]),
    newsOf: (course: Course) => ({
      schedule: formatMoment(course.startsAt),
      requirements: ['• Warga Kota Kupang', '• Usia paling muda 17 tahun'],
    }),
    audit: createAuditTrail(),
    voice,
    now: () => clock.now,
  }

  /** A person in a chat; `contactId` is of somebody who has another. */
  async function seat(contactId?: string) {
    const contact = contactId ?? (await prisma.contact.create({ data: {} })).id
    const data = { contactId: contact, channel: 'telegram', account: 'main', externalId: randomUUID() }
    const { id: chatId } = await prisma.chat.create({ data })
    return { contactId: contact, chatId }
  }

  /** A course that begins then, on the days told, for two hours each. */
  async function openCourse(starts: readonly Date[], more: Partial<Course> = {}): Promise<number> {
    const times = starts.map((startsAt) => ({ startsAt, endsAt: new Date(startsAt.getTime() + 7_200_000) }))
    const { id } = await prisma.course.create({
      data: {
        ...{
          title: 'Menjahit dasar',
          subject: 'menjahit',
          office: 'nakertrans',
          place: 'Balai Latihan, Oesapa',
        },
        ...{
          contact: 'Ibu Rini, 0380 000000',
          seats: 16,
          selection: 'arrival',
          createdBy: 'Ama',
          state: 'selection',
        },
        ...{ opensAt: at('01 08:00', '2026-02'), closesAt: at('28 17:00', '2026-02') },
        startsAt: times[0]!.startsAt,
        endsAt: times.at(-1)!.endsAt,
        ...withoutLists(more),
        sessions: { create: times },
      },
    })
    return Number(id)
  }

  /** Moves the course's only session. */
  const moveSession = (course: number, startsAt: Date) =>
    prisma.courseSession.updateMany({
      where: { courseId: BigInt(course) },
      data: { startsAt, endsAt: new Date(startsAt.getTime() + 7_200_000) },
    })

  /** Registers somebody, accepted well before unless told otherwise. */
  async function register(
    courseNumber: number,
    more: Partial<Registration> & {
      readonly name?: string
      readonly person?: Awaited<ReturnType<typeof seat>>
    } = {},
  ) {
    const { name = 'Maria Contoh', person, ...columns } = more
    const someone = person ?? (await seat())
    const number = await prisma.$transaction(async (transaction) => {
      const details = { name, birth: '1990', reason: 'Mau belajar', phone: undefined, answers: [] }
      const created = await deps.store.create(
        transaction,
        {
          ...{
            courseNumber,
            forWhom: 'self',
            kelurahan: '53.71.02.1001',
            education: 'sma',
            gender: undefined,
          },
          ...{ desil: undefined, consentVersion: '1', state: 'accepted', ...someone, details },
        },
        { type: 'resident', contactId: someone.contactId },
        at('01 08:00', '2026-02'),
      )
      await transaction.registration.update({ where: { id: BigInt(created) }, data: withoutLists(columns) })
      return created
    })
    return { ...someone, number }
  }

  /** Moves a registration to a state as an officer does, and has the person told. */
  async function decide(number: number, state: RegistrationState, reason?: string) {
    await prisma.$transaction(async (transaction) => {
      const by = { type: 'officer', id: 'ama', name: 'Ama' } as const
      await deps.store.move(transaction, number, state, by, clock.now, { reason: reason ?? null })
      const key = `result:${randomUUID()}`
      await deps.notices.put(transaction, [{ registration: number, kind: 'result', key, dueAt: clock.now }])
    })
  }

  /** What the person was told, in its order. */
  async function toldIn(chatId: bigint): Promise<string[]> {
    const rows = await prisma.outboxMessage.findMany({ where: { chatId }, orderBy: { id: 'asc' } })
    return rows.map(({ body }) => JSON.parse(keyring.open(body)).text)
  }

  const notices = (number: number) =>
    prisma.registrationNotice.findMany({ where: { registrationId: BigInt(number) }, orderBy: { id: 'asc' } })

  /** Lets time do its work at a moment. */
  const tend = createTendNotices(deps)
  const tendAt = (now: Date) => {
    clock.now = now
    return tend(now)
  }

  return {
    ...{ database, prisma, keyring, words, texts, clock, deps, voice },
    ...{ seat, openCourse, moveSession, register, decide, toldIn, notices, tend, tendAt },
    close: () => database.close(),
  }
}

export type NoticeWorld = Awaited<ReturnType<typeof openNoticeWorld>>

/** Only what stands in columns of its own. */
function withoutLists<T extends object>(more: T) {
  return Object.fromEntries(Object.entries(more).filter(([, value]) => !Array.isArray(value)))
}
