import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createConversationStore } from '../../src/conversation/store.ts'
import { contactTables, joinContacts } from '../../src/storage/join-contacts.ts'
import { makeProduct, makeShop } from '../marketplace/market-ground.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

/** A contact of that day with a chat and a row in every other table. */
async function seat(day: number, externalId: string): Promise<string> {
  const { prisma } = database
  const contact = await prisma.contact.create({ data: { createdAt: new Date(Date.UTC(2026, 10, day)) } })
  const contactId = contact.id
  const { id: chatId } = await prisma.chat.create({
    data: { contactId, channel: 'whatsapp', account: 'main', externalId },
  })
  const hash = new Uint8Array(Buffer.from(externalId))
  await prisma.subscription.create({ data: { contactId, chatId, topic: 'pelatihan', textVersion: '1' } })
  await prisma.optOut.create({ data: { contactId, chatId } })
  await prisma.ticket.create({
    data: { contactId, chatId, kind: 'question', office: 'umum', promisedAt: new Date() },
  })
  await prisma.checkLink.create({ data: { contactId, chatId, tokenHash: hash, expiresAt: new Date() } })
  await prisma.checkAttempt.create({
    data: { contactId, chatId, way: 'chat', outcome: 'not_found', failed: true, subjectHash: hash },
  })
  const course = await prisma.course.create({
    data: {
      ...{ title: 'Las', subject: 'las', office: 'umum', place: 'Balai', contact: 'Ibu Ina', seats: 1 },
      ...{ selection: 'arrival', createdBy: 'Petugas', opensAt: new Date(), closesAt: new Date() },
      ...{ startsAt: new Date(), endsAt: new Date() },
    },
  })
  await prisma.registration.create({
    data: {
      ...{
        courseId: course.id,
        contactId,
        chatId,
        forWhom: 'self',
        kelurahan: '53.71.02.1001',
        education: 'sma',
      },
      ...{ consentVersion: '1', consentAt: new Date(), state: 'accepted', stateAt: new Date() },
    },
  })
  await prisma.contactProfile.create({
    data: { contactId, kelurahan: '53.71.02.1001', textVersion: '1', changedAt: contact.createdAt },
  })
  const broadcast = await prisma.broadcast.create({ data: { title: 'Kabar', text: 'Halo', audience: {} } })
  const recipient = { broadcastId: broadcast.id, contactId, chatId, channel: 'whatsapp' }
  await prisma.broadcastRecipient.create({ data: recipient })
  const shopId = await makeShop(prisma, { contactId, chatId, consents: ['publish'] })
  const productId = BigInt(await makeProduct(prisma, { shopId, name: 'Abon sapi' }))
  const report = { productId, contactId, reason: 'other', at: new Date() }
  await prisma.productReport.create({ data: report })
  return contactId
}

const join = (one: string, other: string) =>
  database.prisma.$transaction((transaction) => joinContacts(transaction, one, other))

describe('contactTables', () => {
  it('names every table with a contact_id', async () => {
    const { rows } = await database.pool.query(
      `SELECT table_name AS name FROM information_schema.columns
       WHERE table_schema = current_schema() AND column_name = 'contact_id'`,
    )
    expect(rows.map(({ name }) => name).sort()).toEqual([...contactTables].sort())
  })
})

describe('joinContacts', () => {
  it('leaves everything to the older contact, whichever is named first', async () => {
    const younger = await seat(9, 'ina baru')
    const older = await seat(3, 'ina lama')
    const stranger = await seat(1, 'ama')
    await join(younger, older)
    for (const table of contactTables) {
      const { rows } = await database.pool.query(`SELECT contact_id::text AS id FROM ${table}`)
      const left = table === 'contact_profile' ? [older, stranger] : [older, older, stranger]
      expect(rows.map(({ id }) => id).sort(), table).toEqual(left.sort())
    }
    expect((await database.prisma.contact.findMany()).map(({ id }) => id).sort()).toEqual(
      [older, stranger].sort(),
    )
    await join(older, older)
    await join(older, younger)
    expect(await database.prisma.chat.count({ where: { contactId: older } })).toBe(2)
  })
})

describe('joinContacts, of broadcasts', () => {
  it('leaves one row where both are in a broadcast, and what was told last', async () => {
    const { prisma } = database
    const [older, younger] = [await seat(2, 'oma satu'), await seat(8, 'oma dua')]
    const { broadcastId } = await prisma.broadcastRecipient.findFirstOrThrow({ where: { contactId: older } })
    const recipient = { broadcastId, contactId: younger, channel: 'whatsapp' }
    const { id } = await prisma.broadcastRecipient.create({ data: recipient })
    await prisma.contactProfile.update({
      where: { contactId: younger },
      data: { kelurahan: '53.71.01.1001' },
    })
    await join(older, younger)
    expect(await prisma.broadcastRecipient.findUnique({ where: { id } })).toMatchObject({
      ...{ contactId: null, reason: 'erased' },
    })
    expect(await prisma.broadcastRecipient.count({ where: { contactId: older } })).toBe(2)
    expect(await prisma.contactProfile.findUnique({ where: { contactId: older } })).toMatchObject({
      kelurahan: '53.71.01.1001',
    })
  })
})

describe('joinContacts, of broadcasts that are being sent', () => {
  type Stand = 'none' | 'queued' | 'unknown' | 'sent' | 'failed'

  /** How the messages of both stand after they are joined; undefined where there is none, or none is to be made. */
  async function afterJoining(olderStands: Stand, youngerStands: Stand) {
    const { prisma } = database
    const broadcast = await prisma.broadcast.create({ data: { title: 'x', text: 'x', audience: {} } })
    const people: { contactId: string; recipient: bigint }[] = []
    for (const stands of [olderStands, youngerStands]) {
      seats += 1
      const contactId = await seat(seats, `orang ${seats}`)
      const chat = await prisma.chat.findFirstOrThrow({ where: { contactId } })
      const claimedAt = stands === 'unknown' ? new Date() : null
      const settledAt = stands === 'sent' || stands === 'failed' ? new Date() : null
      const data = {
        chatId: chat.id,
        body: new Uint8Array([1]),
        kind: 'broadcast',
        status: stands,
        claimedAt,
        settledAt,
      }
      const outboxId = stands === 'none' ? null : (await prisma.outboxMessage.create({ data })).id
      const recipient = {
        broadcastId: broadcast.id,
        contactId,
        chatId: chat.id,
        channel: 'whatsapp',
        outboxId,
      }
      people.push({ contactId, recipient: (await prisma.broadcastRecipient.create({ data: recipient })).id })
    }
    await join(people[0]!.contactId, people[1]!.contactId)
    return Promise.all(
      people.map(async ({ recipient }) => {
        const { outboxId, reason } = await prisma.broadcastRecipient.findUniqueOrThrow({
          where: { id: recipient },
        })
        if (outboxId === null) return reason
        return (await prisma.outboxMessage.findUniqueOrThrow({ where: { id: outboxId } })).status
      }),
    )
  }
  let seats = 20

  it.each<[Stand, Stand, string | null, string | null]>([
    ['none', 'none', null, 'erased'],
    ['none', 'sent', 'erased', 'sent'],
    ['none', 'queued', 'erased', 'queued'],
    ['queued', 'queued', 'queued', 'suppressed'],
    ['queued', 'unknown', 'suppressed', 'unknown'],
    ['queued', 'sent', 'suppressed', 'sent'],
    ['queued', 'failed', 'queued', 'failed'],
    ['sent', 'queued', 'sent', 'suppressed'],
    ['failed', 'queued', 'failed', 'queued'],
  ])('tells the person once: older %s, younger %s', async (older, younger, ...left) => {
    expect(await afterJoining(older, younger)).toEqual(left)
  })
})

describe('joinContacts, while a turn is under way', () => {
  it('makes a turn that knew the younger contact begin again', async () => {
    const store = createConversationStore(database)
    const [older, younger] = [await seat(4, 'ama lama'), await seat(5, 'ama baru')]
    const from = { channel: 'whatsapp', account: 'main', id: 'ama baru' } as const
    const now = new Date()
    const message = { from, externalId: '1', sentAt: now, receivedAt: now, body: new Uint8Array([1]) }
    const pending = (await store.receive(message))?.pending
    expect(pending?.contactId).toBe(younger)
    await join(older, younger)
    expect(await store.withChatLocked(pending!, async () => 'saved')).toBeUndefined()
    expect((await store.next(pending!.chatId))?.contactId).toBe(older)
  })

  it('waits for a turn that holds the chat, and takes over what it did', async () => {
    const [older, younger] = [await seat(6, 'oma lama'), await seat(7, 'oma baru')]
    const { prisma } = database
    const held = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const turn = prisma.$transaction(async (transaction) => {
      const [chat] = await transaction.$queryRaw<{ id: bigint }[]>`
        SELECT id FROM chat WHERE contact_id = ${younger}::uuid FOR NO KEY UPDATE`
      held.resolve()
      await goOn.promise
      await transaction.optOut.create({ data: { contactId: younger, chatId: chat!.id } })
    })
    await held.promise
    const joined = join(older, younger)
    const waiting =
      'SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = $1'
    while ((await database.owner.query(waiting, ['Lock'])).rows.length === 0);
    goOn.resolve()
    await Promise.all([turn, joined])
    expect(await prisma.optOut.count({ where: { contactId: older } })).toBe(3)
    expect(await prisma.optOut.count({ where: { contactId: younger } })).toBe(0)
  })
})
