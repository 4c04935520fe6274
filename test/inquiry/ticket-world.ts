import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Values } from '../../src/flow/action.ts'
import { createTicketDesk } from '../../src/inquiry/desk/create-ticket-desk.ts'
import { createQueueStore } from '../../src/inquiry/desk/store-queue.ts'
import { type Offices, parseOffices } from '../../src/inquiry/offices.ts'
import { createTicketStore } from '../../src/inquiry/store.ts'
import { createTendStore } from '../../src/inquiry/store-tend.ts'
import { createTendTickets } from '../../src/inquiry/tend-tickets.ts'
import { ticketKinds } from '../../src/inquiry/ticket.ts'
import { createTicketActions } from '../../src/inquiry/ticket-actions.ts'
import type { TicketAlarm } from '../../src/inquiry/ticket-deps.ts'
import { createAlarmStore } from '../../src/staff/alarm-store.ts'
import type { Officer, StaffRole } from '../../src/staff/officer.ts'
import { createAuditTrail } from '../../src/staff/store.ts'
import type { Transaction } from '../../src/storage/database.ts'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { createTestDatabase } from '../support/test-database.ts'
import { sampleOffices } from './sample-offices.ts'

/** Monday, 08.00 in Kupang. */
export const monday = new Date('2026-01-05T08:00:00+08:00')

const texts = {
  answer: '{{office}}, nomor {{number}}:\n{{text}}',
  kinds: z
    .record(z.enum(ticketKinds), z.string())
    .parse(Object.fromEntries(ticketKinds.map((kind) => [kind, `Urusan ${kind}`]))),
  line: '{{number}}: {{title}}, {{opened_on}}',
}

/** An officer with these roles. */
export function officer(name: string, ...roles: StaffRole[]): Officer {
  return { id: `id-${name}`, name, roles }
}

export const admin = officer('Ama Admin', 'admin')
export const penjawab = officer('Ina Penjawab', 'penjawab')
export const colleague = officer('Oma Penjawab', 'penjawab')
export const bansos = officer('Adi Bansos', 'bansos')
export const lurah: Officer = { ...officer('Lurah Lasiana', 'lurah'), kelurahan: '53.71.02.1001' }
export const auditor = officer('Ana Auditor', 'auditor')

/** Everything about tickets on a database of its own; what the house does besides is noted. */
export async function openTicketWorld() {
  const database = await createTestDatabase()
  const { prisma } = database
  const keyring = createKeyring([newKeyEntry()])
  const offices: Offices = parseOffices(sampleOffices)
  const store = createTicketStore({ prisma, keyring })
  const clock = { now: monday }
  const said: { chatId: bigint; what: string; text?: string; number?: number; at?: Date | null }[] = []
  const erased: string[] = []
  const kept: { mediaId: string; chatId: string }[] = []
  const lines = new Map<bigint, { from: 'bot' | 'person'; text: string; at: Date }[]>()

  const voice = {
    async answer(
      transaction: Transaction,
      chatId: bigint,
      { text, number, heldUntil }: { text: string; number: number; heldUntil: Date },
    ) {
      const body = keyring.seal(JSON.stringify({ text }))
      const { id } = await transaction.outboxMessage.create({ data: { chatId, body } })
      await voice.hold(transaction, chatId, heldUntil)
      said.push({ chatId, what: 'answer', text, number })
      return { outboxId: id }
    },
    async hold(transaction: Transaction, chatId: bigint, until: Date | null) {
      await transaction.$executeRaw`UPDATE chat SET held_until = ${until}, version = version + 1 WHERE id = ${chatId}`
      said.push({ chatId, what: 'hold', at: until })
    },
    async handBack(transaction: Transaction, chatId: bigint) {
      await transaction.$executeRaw`UPDATE chat SET version = version + 1 WHERE id = ${chatId}`
      said.push({ chatId, what: 'handBack' })
    },
    async tell(_: Transaction, chatId: bigint, { type, number }: { type: string; number: number }) {
      said.push({ chatId, what: type, number })
    },
    async askSolved(
      transaction: Transaction,
      chatId: bigint,
      { number, closesAt }: { number: number; closesAt: Date },
    ) {
      await transaction.$executeRaw`UPDATE chat SET version = version + 1 WHERE id = ${chatId}`
      said.push({ chatId, what: 'askSolved', number, at: closesAt })
    },
  }

  const shared = {
    ...{
      store,
      voice,
      offices: () => offices,
      texts: () => texts,
      audit: createAuditTrail(),
      idleMinutes: 30,
    },
    raise: (transaction: Transaction, alarm: TicketAlarm) =>
      createAlarmStore({ prisma: transaction }).raise(alarm),
    settle: (transaction: Transaction, { kind, subject, at }: Omit<TicketAlarm, 'details'>) =>
      createAlarmStore({ prisma: transaction }).settle(kind, subject, at),
    keepMedia: async (_: Transaction, mediaId: string, chatId: string) => void kept.push({ mediaId, chatId }),
    eraseLater: async (_: Transaction, contactId: string) => void erased.push(contactId),
    now: () => clock.now,
  }
  const actions = createTicketActions(shared)
  const desk = createTicketDesk({
    ...shared,
    queue: createQueueStore({ prisma, keyring }),
    deliveries: async (ids) => {
      const rows = await prisma.outboxMessage.findMany({ where: { id: { in: [...ids] } } })
      return new Map(rows.map(({ id }) => [id, 'queued'] as const))
    },
    lines: async (chatId) => lines.get(chatId) ?? [],
    readMedia: async (id) => ({ mime: 'image/jpeg', bytes: new Uint8Array([1]), name: id }),
  })
  const tend = createTendTickets({ ...shared, tend: createTendStore({ prisma }) })

  /** A person in a chat; `contactId` is of somebody who has another. */
  async function seat(channel = 'telegram', contactId?: string) {
    const contact = contactId ?? (await prisma.contact.create({ data: {} })).id
    const data = { contactId: contact, channel, account: 'main', externalId: randomUUID() }
    const { id: chatId } = await prisma.chat.create({ data })
    /** A turn of the chat that calls the action. */
    const act = (name: keyof typeof actions, input: Values = {}) =>
      prisma.$transaction(async (transaction) => {
        await transaction.$executeRaw`SELECT version FROM chat WHERE id = ${chatId} FOR NO KEY UPDATE`
        const context = { transaction, contactId: contact, chatId: String(chatId), channel, now: clock.now }
        const action = actions[name]
        const result = await action.run(input, context)
        action.contract.outcomes[result.outcome]!.parse(result.values)
        await transaction.$executeRaw`UPDATE chat SET version = version + 1 WHERE id = ${chatId}`
        return result
      })
    const open = async (kind = 'question', message = 'kapan cair?', photo = '') => {
      const { values } = await act('open_ticket', { kind, message, photo })
      return Number(values.number)
    }
    return { contactId: contact, chatId, act, open }
  }

  const texts_ = async (number: number) =>
    (await store.entries(prisma, number)).map(({ entry }) => `${entry.type}: ${entry.text}`)
  const ticket = async (number: number) => (await store.find(prisma, number))!.ticket
  const lastSeen = async (number: number) => (await store.lastEntry(prisma, number))!.entry.id
  const answer = async (who: Officer, number: number, text = 'Minggu depan.', key: string = randomUUID()) =>
    desk.answer(who, number, { text, seen: await lastSeen(number), key })
  const wait = (ms: number) => {
    clock.now = new Date(clock.now.getTime() + ms)
  }
  return {
    ...{
      database,
      prisma,
      keyring,
      offices,
      store,
      actions,
      desk,
      tend,
      clock,
      said,
      kept,
      erased,
      lines,
      voice,
      shared,
    },
    ...{ seat, ticket, lastSeen, answer, wait, entries: texts_, close: () => database.close() },
  }
}

export type TicketWorld = Awaited<ReturnType<typeof openTicketWorld>>
export const hour = 3_600_000
