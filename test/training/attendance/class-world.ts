import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { ActionContext } from '../../../src/flow/action.ts'
import type { Officer } from '../../../src/staff/officer.ts'
import { createAuditTrail } from '../../../src/staff/store.ts'
import type { Transaction } from '../../../src/storage/database.ts'
import { createKeyring, newKeyEntry } from '../../../src/storage/keyring.ts'
import { createAttendanceActions } from '../../../src/training/attendance/attendance-actions.ts'
import { createAttendanceStore } from '../../../src/training/attendance/store-attendance.ts'
import type { Course, CourseState } from '../../../src/training/course.ts'
import { createAttendanceDesk } from '../../../src/training/desk/create-attendance-desk.ts'
import { createNoticeStore } from '../../../src/training/notices/store-notice.ts'
import type { RegistrationState } from '../../../src/training/registration.ts'
import { createTrainingStore } from '../../../src/training/store.ts'
import type { TrainingVoice } from '../../../src/training/training-voice.ts'
import { parseTrainingWords } from '../../../src/training/training-words.ts'
import { createTestDatabase } from '../../support/test-database.ts'

/** The first day of the course that `openClassWorld` makes: a Thursday, 09.00 in Kupang. */
export const firstDay = new Date('2026-03-05T09:00:00+08:00')
export const hour = 3_600_000
export const day = 24 * hour

export const trainer: Officer = { id: 'id-trainer', name: 'Ina Pelatihan', roles: ['pelatihan'] }

/** Something that was said in a chat. */
export interface Said {
  readonly chatId: bigint
  readonly text: string
  readonly media?: { readonly id: string; readonly mime: string; readonly name: string } | undefined
  readonly purpose: string
}

/** A moment after the beginning of the first session. */
export function later(ms: number): Date {
  return new Date(firstDay.getTime() + ms)
}

/** Classes on a database of their own, with a clock that stands still. What is said in chats is in `said`, and in the outbox. */
export async function openClassWorld() {
  const database = await createTestDatabase()
  const { prisma } = database
  const keyring = createKeyring([newKeyEntry()])
  const clock = { now: firstDay }
  const said: Said[] = []
  const voice: TrainingVoice = {
    offer: async () => undefined,
    async tellMany(transaction, messages, purpose) {
      for (const { chatId, text, media } of messages) {
        const body = keyring.seal(JSON.stringify({ text, media: media === undefined ? [] : [media] }))
        await transaction.outboxMessage.create({ data: { chatId, body, kind: purpose } })
        said.push({ chatId, text, media, purpose })
      }
    },
  }
  const words = parseTrainingWords(readFileSync('flows/content/pelatihan.yaml', 'utf8'))
  const shared = {
    store: createTrainingStore({ prisma, keyring }),
    attendance: createAttendanceStore(keyring),
    notices: createNoticeStore(),
    audit: createAuditTrail(),
    secrets: keyring,
    words: () => words,
    offices: () => new Map([['nakertrans', { title: 'Dinas Tenaga Kerja Kota Kupang' }]]),
    voice,
    now: () => clock.now,
  }
  const actions = createAttendanceActions(shared)
  const desk = createAttendanceDesk(shared)

  /** A course of sessions of three hours, a day after the other. */
  async function course(
    given: Partial<Pick<Course, 'title' | 'barDays' | 'minAttendance'>> & {
      readonly state?: CourseState
      readonly sessions?: number
      readonly from?: Date
    } = {},
  ): Promise<Course> {
    const { sessions = 2, from = firstDay, ...columns } = given
    const times = Array.from({ length: sessions }, (_, n) => ({
      startsAt: new Date(from.getTime() + n * day),
      endsAt: new Date(from.getTime() + n * day + 3 * hour),
    }))
    const { id } = await prisma.course.create({
      data: {
        ...{ title: 'Menjahit dasar', subject: 'menjahit', office: 'nakertrans', place: 'BLK Contoh' },
        ...{ contact: 'Ibu Contoh', domicile: [], seats: 16, selection: 'arrival', createdBy: 'Ina' },
        ...{ opensAt: new Date(from.getTime() - 30 * day), closesAt: new Date(from.getTime() - 5 * day) },
        ...{ startsAt: from, endsAt: times.at(-1)!.endsAt, state: 'running' },
        ...columns,
        sessions: { create: times },
      },
    })
    return (await shared.store.course(prisma, Number(id)))!
  }

  /** A chat, of a contact of its own or of a known one. */
  async function chat(contactId?: string, channel = 'telegram') {
    const contact = contactId ?? (await prisma.contact.create({ data: {} })).id
    const externalId = randomUUID()
    const { id } = await prisma.chat.create({
      data: { contactId: contact, channel, account: 'main', externalId },
    })
    return { contactId: contact, chatId: id, address: { channel, account: 'main', id: externalId } }
  }

  /** Somebody whom a chat registered, in a state. */
  async function person(
    { contactId, chatId }: { readonly contactId: string; readonly chatId: bigint },
    courseNumber: number,
    name = 'Maria Contoh',
    state: RegistrationState = 'accepted',
  ): Promise<number> {
    const details = {
      name,
      birth: '1998-07-14',
      reason: 'ingin bekerja',
      phone: '+6281200000000',
      answers: [],
    }
    return shared.store.transact((transaction) =>
      shared.store.create(
        transaction,
        {
          ...{ courseNumber, contactId, chatId, details, state, forWhom: 'self', kelurahan: '53.71.04.1008' },
          ...{ education: 'sma', gender: undefined, desil: undefined, consentVersion: '1' },
        },
        { type: 'resident', contactId },
        clock.now,
      ),
    )
  }

  /** What a turn of the chat that calls an action gets; the chat is held as the conversation holds it. */
  async function turn<T>(
    { contactId, chatId }: { readonly contactId: string; readonly chatId: bigint },
    work: (context: ActionContext<Transaction>) => Promise<T>,
  ): Promise<T> {
    return prisma.$transaction(async (transaction) => {
      await transaction.$executeRaw`SELECT 1 FROM chat WHERE id = ${chatId} FOR NO KEY UPDATE`
      const context = { transaction, contactId, chatId: String(chatId), channel: 'telegram', now: clock.now }
      return work(context)
    })
  }

  /** Sends a code. */
  async function checkIn(who: { readonly contactId: string; readonly chatId: bigint }, code: string) {
    const { contract, run } = actions.check_in
    const result = await turn(who, (context) => run({ code }, context))
    contract.outcomes[result.outcome]!.parse(result.values)
    return result
  }

  const registration = async (number: number) => (await shared.store.registration(prisma, number))!
  const state = async (number: number) => (await registration(number)).state
  const trail = async (action: string) => {
    const rows = await prisma.auditEntry.findMany({ where: { action }, orderBy: { id: 'asc' } })
    return rows.map(({ actorType, actorId, subject, outcome, details }) => ({
      ...{ actorType, actorId, subject, outcome },
      details: z.record(z.string(), z.unknown()).parse(details),
    }))
  }
  return {
    ...{ database, prisma, keyring, clock, said, shared, desk, course, chat, person, turn, checkIn },
    ...{ registration, state, trail, words, close: () => database.close() },
  }
}

export type ClassWorld = Awaited<ReturnType<typeof openClassWorld>>
