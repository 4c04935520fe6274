import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eraseContacts, eraseLater } from '../../src/resident/store-erase.ts'
import type { Officer } from '../../src/staff/officer.ts'
import { createAuditTrail } from '../../src/staff/store.ts'
import { contactTables } from '../../src/storage/join-contacts.ts'
import { makeProduct, makeShop } from '../marketplace/market-ground.ts'
import { openTestApp, seatResident, type TestApp } from '../support/test-app.ts'

const officer: Officer = { id: 'o-1', name: 'Petugas', roles: ['admin'] }

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
}, 60_000)
afterAll(() => app.close())

const soon = () => new Date(Date.now() + 1_000)
const erase = (now = new Date(Date.now() + 2_000)) =>
  eraseContacts({ prisma: app.storage.database.prisma, audit: createAuditTrail() }, now)

/** A person with a ticket and more; the contact and the ticket's number. */
async function seat() {
  const resident = await seatResident(app)
  await resident.say('petugas')
  const answer = await resident.say('Kartu PKH mama saya rusak')
  const number = Number(/nomor (\d+)/.exec(answer.join('\n'))?.[1])
  await resident.say('berhenti')
  const { prisma } = app.storage.database
  const ticket = await prisma.ticket.findUniqueOrThrow({ where: { id: BigInt(number) } })
  await prisma.subscription.create({
    data: { contactId: ticket.contactId, topic: 'pelatihan', textVersion: '1', chatId: ticket.chatId },
  })
  return { resident, number, contactId: ticket.contactId, chatId: ticket.chatId }
}

const ask = (contactId: string, at: Date) =>
  app.storage.database.prisma.$transaction((transaction) => eraseLater(transaction, contactId, at))

async function rowsOf(contactId: string): Promise<Record<string, number>> {
  const counts = await Promise.all(
    contactTables.map(async (table) => {
      const sql = `SELECT count(*)::int AS n FROM ${table} WHERE contact_id = $1`
      return [table, (await app.storage.database.pool.query(sql, [contactId])).rows[0].n] as const
    }),
  )
  return Object.fromEntries(counts.filter(([, n]) => n > 0))
}

describe('eraseContacts', () => {
  it('erases chats, words, subscriptions and what tickets hold, and leaves the number', async () => {
    const { number, contactId, chatId } = await seat()
    const { prisma, pool } = app.storage.database
    await app.tickets.close(officer, number, 'done')
    await ask(contactId, soon())
    expect(await erase(new Date())).toBe(0)
    expect(await erase()).toBe(1)
    expect(await rowsOf(contactId)).toEqual({ ticket: 1 })
    for (const table of ['inbox_message', 'outbox_message', 'notice_shown']) {
      const { rows } = await pool.query(`SELECT 1 FROM ${table} WHERE chat_id = $1`, [chatId])
      expect(rows).toEqual([])
    }
    expect(await prisma.ticketEntry.count({ where: { ticketId: BigInt(number) } })).toBe(0)
    expect(await prisma.ticket.findUnique({ where: { id: BigInt(number) } })).toMatchObject({ details: null })
    expect(await prisma.auditEntry.count({ where: { action: 'resident.erase', subject: contactId } })).toBe(1)
    expect(await erase()).toBe(0)
  })

  it('waits for what is still open, and then goes on by itself', async () => {
    const { number, contactId } = await seat()
    await ask(contactId, soon())
    expect(await erase()).toBe(0)
    await app.tickets.close(officer, number, 'done')
    expect(await erase()).toBe(1)
  })

  it('leaves everybody else alone, and meets the person as somebody new', async () => {
    const gone = await seat()
    const other = await seat()
    await app.tickets.close(officer, gone.number, 'done')
    await ask(gone.contactId, soon())
    const before = await rowsOf(other.contactId)
    expect(await erase()).toBe(1)
    expect(await rowsOf(other.contactId)).toEqual(before)
    expect((await gone.resident.say('halo')).join('\n')).toContain('Ini bot')
    const view = await app.tickets.read(officer, other.number)
    const answer = { text: 'Silakan datang.', seen: view?.entries.at(-1)?.id ?? 0n, key: randomUUID() }
    expect(await app.tickets.answer(officer, other.number, answer)).toEqual({ type: 'done' })
  })

  it('erases the shop with all that it offers, and the name under what was reported of others', async () => {
    const { number, contactId, chatId } = await seat()
    const { prisma } = app.storage.database
    const [own, others] = [
      await makeShop(prisma, { contactId, chatId }),
      await makeShop(prisma, { name: 'Toko lain' }),
    ]
    const [product, other] = [
      await makeProduct(prisma, { shopId: own, name: 'Abon sapi', photos: [randomUUID()] }),
      await makeProduct(prisma, { shopId: others, name: 'Kue bagea' }),
    ]
    const report = { reason: 'other', at: new Date() }
    await prisma.productReport.create({ data: { ...report, productId: BigInt(other), contactId } })
    await prisma.productReport.create({ data: { ...report, productId: BigInt(product) } })
    const notice = { about: 'product:1', text: 'Abon sapi tampil.', dueAt: soon() }
    await prisma.marketNotice.create({ data: { ...notice, chatId } })
    await app.tickets.close(officer, number, 'done')
    await ask(contactId, soon())
    expect(await erase()).toBe(1)
    expect(await prisma.marketNotice.count()).toBe(0)
    expect(await prisma.shop.count({ where: { id: BigInt(own) } })).toBe(0)
    expect(await prisma.product.findMany({ select: { id: true } })).toEqual([{ id: BigInt(other) }])
    expect(await prisma.productPhoto.count()).toBe(0)
    expect(await prisma.productReport.findMany({ select: { productId: true, contactId: true } })).toEqual([
      { productId: BigInt(other), contactId: null },
    ])
    expect(await rowsOf(contactId)).toEqual({ ticket: 1 })
  })
})
