import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentOf } from '../../src/app-words.ts'
import { createTicketDesk } from '../../src/inquiry/desk/create-ticket-desk.ts'
import { createQueueStore } from '../../src/inquiry/desk/store-queue.ts'
import type { OfficeVoice } from '../../src/inquiry/office-voice.ts'
import { parseOffices } from '../../src/inquiry/offices.ts'
import { createTicketStore } from '../../src/inquiry/store.ts'
import { ticketKinds } from '../../src/inquiry/ticket.ts'
import type { TicketDesk } from '../../src/inquiry/ticket-desk.ts'
import { startDelivery } from '../../src/services/delivery.ts'
import type { Part } from '../../src/services/part.ts'
import { startStaffGroup } from '../../src/services/staff-group/staff-group.ts'
import { createTelegram, startTelegram } from '../../src/services/telegram.ts'
import { createAuditTrail } from '../../src/staff/store.ts'
import type { Group } from '../support/bot-api/group.ts'
import { type BotApiServer, startBotApiServer } from '../support/bot-api-server.ts'
import { staffChat } from '../support/staff-group-world.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let server: BotApiServer
let group: Group
let app: TestApp
let desk: TicketDesk
let store: ReturnType<typeof createTicketStore>
let parts: Part[]

beforeAll(async () => {
  server = await startBotApiServer()
  group = server.group(staffChat, { isForum: true })
  app = await openTestApp({
    TELEGRAM_TOKEN: server.token,
    TELEGRAM_API_ROOT: server.apiRoot,
    TELEGRAM_STAFF_CHAT: String(staffChat),
  })
  store = createTicketStore({ ...app.storage.database, keyring: app.storage.keyring })
  desk = openDesk(app)
  const telegram = createTelegram(app, () => undefined)
  parts = [
    await startDelivery(app, () => undefined),
    await startStaffGroup(app, { telegram, desk, tells: true, sweepMs: 60_000 }),
    await startTelegram(app, telegram, { receivesByWebhook: false, sends: true }),
  ]
})
afterAll(async () => {
  for (const part of parts.toReversed()) await part.stop()
  await app.close()
  await server.close()
})

/** The real desk, with a voice that says what it is given. */
function openDesk({ storage, texts, conversation, media, now }: TestApp): TicketDesk {
  const { prisma } = storage.database
  const offices = parseOffices(contentOf(texts, 'kantor'))
  const voice: OfficeVoice = {
    async answer(transaction, chatId, { text }) {
      const { outboxIds } = await conversation.tell(chatId, [{ text }], transaction, 'reply')
      return { outboxId: outboxIds[0]! }
    },
    hold: async () => undefined,
    handBack: async () => undefined,
    askSolved: async () => undefined,
    tell: async () => undefined,
  }
  return createTicketDesk({
    ...{ store, voice, now, idleMinutes: 30, audit: createAuditTrail(), offices: () => offices },
    texts: () => ({
      answer: '{{office}}, nomor {{number}}:\n{{text}}',
      kinds: Object.fromEntries(ticketKinds.map((kind) => [kind, kind])) as never,
      line: '{{number}}',
      handed_back: 'x',
    }),
    queue: createQueueStore({ prisma, keyring: storage.keyring }),
    deliveries: async () => new Map(),
    lines: async () => [],
    readMedia: (id) => media.read(id),
    eraseLater: async () => undefined,
  })
}

/** What a resident wrote becomes a ticket, as the flows do it. */
async function openTicket(externalId: string, text: string): Promise<number> {
  const { prisma } = app.storage.database
  const chat = await prisma.chat.findFirstOrThrow({ where: { externalId } })
  const at = new Date()
  return store.transact(async (transaction) => {
    const number = await store.create(transaction, {
      ...{ kind: 'question', office: 'dinsos', urgent: false, anonymous: false, openedAt: at },
      ...{ promisedAt: at, contactId: chat.contactId, chatId: chat.id, kelurahan: undefined },
      ...{ details: {}, matter: randomUUID() },
    })
    await store.addEntry(transaction, number, { type: 'resident', text, at })
    await store.signal(transaction, number)
    return number
  })
}

describe('startStaffGroup with the real desk', () => {
  it('carries a question into a topic, and the answer written there to the resident, signed', async () => {
    const resident = server.person(55)
    resident.say('halo')
    await resident.waitFor(1)
    const number = await openTicket('55', 'bingung e, NIK 5399015708800011')
    const topic = await server.until(() => group.topic(`${number} ·`), 'the ticket has a topic')
    const told = await server.until(
      () => group.inbox.find(({ threadId }) => threadId === topic),
      'it is told',
    )
    expect(told.text).toContain('bingung e, NIK #')
    const { prisma } = app.storage.database
    await expect.poll(() => prisma.ticketTopicLine.count()).toBe(1)

    const answer = group.member(7, 'Budi').say('Sedang kami periksa, Bu.', { topic })
    const heard = await resident.waitForMessage(({ text }) => text.includes('kami periksa'))
    expect(heard.text).toBe(`Dinas Sosial Kota Kupang, nomor ${number}:\nSedang kami periksa, Bu.`)
    await server.until(() => group.state.reactions.get(answer), 'it is accepted')
    const view = await desk.read({ id: 'x', name: 'x', roles: ['admin'] }, number)
    expect(view?.ticket).toMatchObject({ state: 'answered', holder: { name: 'Budi · grup' } })
    expect(view?.ticket.holder?.id).toMatch(/^telegram:[0-9a-f]{32}$/)

    // A note of a colleague, read by everybody in the group, is nothing that the next answer comes too early for.
    const note = group.member(8, 'Ina').say('// sudah saya cek', { topic })
    await server.until(() => group.state.reactions.get(note), 'the note is accepted')
    const second = group.member(7, 'Budi').say('Sudah terdaftar.', { topic })
    await resident.waitForMessage(({ text }) => text.includes('Sudah terdaftar'))
    await server.until(() => group.state.reactions.get(second), 'it is accepted')
    group.member(8, 'Ina').say('/tutup', { topic })
    await server.until(() => group.texts(topic).some((text) => text.includes('dipegang Budi')), 'she is told')
    const closing = group.member(7, 'Budi').say('/tutup', { topic })
    await server.until(() => group.state.reactions.get(closing), 'it is closed')
    await server.until(() => group.state.topics.get(topic)?.closed, 'so is the topic')
    expect(resident.inbox.filter(({ text }) => /cek|tutup/.test(text))).toEqual([])
    const trail = await prisma.auditEntry.findMany({ where: { subject: String(number) } })
    expect(new Set(trail.map(({ actorId }) => actorId.split(':')[0]))).toEqual(
      new Set(['telegram-group', 'telegram', 'x']),
    )
  })
})
