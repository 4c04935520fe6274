import { BufferJSON } from '@whiskeysockets/baileys'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, buildApp } from '../../src/app.ts'
import { startDelivery } from '../../src/services/delivery.ts'
import type { Part } from '../../src/services/part.ts'
import { openWhatsAppStore, startWhatsApp } from '../../src/services/whatsapp.ts'
import { createAlarmStore } from '../../src/staff/alarm-store.ts'
import type { Officer } from '../../src/staff/officer.ts'
import { openTestGround } from '../support/test-app.ts'
import type { BotAccount } from '../support/whatsapp/bot-account.ts'
import type { Person } from '../support/whatsapp/person.ts'
import { whatsAppSettings } from '../support/whatsapp-house.ts'
import { startWhatsAppServer, type WhatsAppServer } from '../support/whatsapp-server.ts'

const ina: Officer = { id: 'id-ina', name: 'Ina Kabar', roles: ['admin'] }
const [audience, before] = [8, 3]
const [minute, hour] = [60_000, 3_600_000]

const clock = { now: new Date('2026-12-07T09:00:00+08:00') }
let server: WhatsAppServer
let account: BotAccount
let app: App
let distrust: () => void
const parts: Part[] = []
beforeAll(async () => {
  server = await startWhatsAppServer({ remember: 5_000 })
  distrust = server.trust()
  account = server.account({ phone: '6281539900001', lid: '539900000001', name: 'Lopo' })
  const ground = await openTestGround({ ...whatsAppSettings(server), BROADCAST_CANARY: '0' })
  app = await buildApp({ ...ground, clock: () => clock.now })
  await openWhatsAppStore(app, 'main').writeCreds(JSON.stringify(account.prePair(), BufferJSON.replacer))
  parts.push(await startDelivery(app, () => undefined), await startWhatsApp(app))
  await server.until(() => account.isOnline(), 'the bot is logged in', 20_000)
}, 60_000)
afterAll(async () => {
  for (const part of parts.toReversed()) await part.stop()
  await app.close()
  distrust()
  await server.close()
})

/** Somebody who wrote before, and wants news of small businesses. */
async function seat(number: number): Promise<Person> {
  const person = server.person({
    ...{ phone: String(6_281_539_910_000 + number), lid: String(539_910_000_000 + number) },
    name: `Warga ${number}`,
  })
  const { prisma } = app.storage.database
  const { id: contactId } = await prisma.contact.create({ data: {} })
  const { id: chatId } = await prisma.chat.create({
    data: {
      ...{ contactId, channel: 'whatsapp', account: 'main', externalId: person.lid },
      lastMessageAt: clock.now,
    },
  })
  await prisma.subscription.create({
    data: { contactId, chatId, topic: 'umkm', textVersion: '2026-12-2', startedAt: clock.now },
  })
  return person
}

/** Has it sent: as an officer does alone, and the background work after. */
async function send(): Promise<number> {
  const made = await app.broadcasts.create(ina, {
    ...{ title: 'Bazar', text: 'Bazar UMKM di Balai Contoh.', buttons: [], posts: [] },
    audience: { topics: ['umkm'], places: [], channels: [], without: { broadcasts: [] } },
  })
  if (made.type !== 'done') throw new Error(JSON.stringify(made))
  expect(await app.broadcasts.approve(ina, made.number, 0)).toEqual({ type: 'done' })
  await app.broadcasting.tend(clock.now)
  return made.number
}

/** The people in the order in which they are told. */
async function inOrder(number: number, people: readonly Person[]): Promise<readonly Person[]> {
  const { rows } = await app.storage.database.pool.query(
    `SELECT c.external_id AS lid FROM broadcast_recipient r JOIN chat c ON c.id = r.chat_id
     WHERE r.broadcast_id = $1 ORDER BY r.id`,
    [number],
  )
  return rows.map(({ lid }) => people.find((person) => person.lid === lid)!)
}

const told = (people: readonly Person[]) => people.map(({ inbox }) => inbox.length)
const openAlarms = async () =>
  (await createAlarmStore(app.storage.database).open()).map(({ kind, details }) => ({ kind, ...details }))
const read = async (number: number) => (await app.broadcasts.read(ina, number))!
async function goOn(ms: number): Promise<void> {
  clock.now = new Date(clock.now.getTime() + ms)
  await app.conversation.sweep()
  await app.conversation.idle()
}

describe('a broadcast on WhatsApp', () => {
  it('pauses by itself at the first 463, tells nobody else, and goes on where an officer has it go on', async () => {
    const seated: Person[] = []
    for (let number = 1; number <= audience; number += 1) seated.push(await seat(number))
    const number = await send()
    const people = await inOrder(number, seated)
    expect(people).toHaveLength(audience)
    const lift = server.refuseSends(463, { to: people[before]! })

    await app.broadcasting.prepare(number)
    await expect.poll(async () => (await read(number)).broadcast.state, { timeout: 20_000 }).toBe('paused')
    // Then WhatsApp says that the account may write first to nobody for a while.
    account.setTimelock(new Date(clock.now.getTime() + 30 * minute))
    await expect.poll(async () => (await openAlarms()).length, { timeout: 10_000 }).toBe(2)
    expect((await read(number)).broadcast.pauseReason).toBe('channel_warning')
    expect(await openAlarms()).toEqual(
      expect.arrayContaining([
        { kind: 'broadcast_paused', number: String(number), reason: 'channel_warning' },
        { kind: 'whatsapp_warned', account: 'main', reason: 'restricted' },
      ]),
    )
    const half = people.map((_, place) => (place < before ? 1 : 0))
    expect(told(people)).toEqual(half)
    const stanzas = server.count('in', 'message')
    await goOn(5 * minute)
    expect(await app.broadcasts.figures(number)).toMatchObject({
      ...{ audience, sent: before, failed: 1, queued: audience - before - 1 },
      reasons: { restricted: 1 },
    })

    // Whoever has it go on too early harms nobody: the account rests.
    lift()
    account.setTimelock(undefined)
    expect(await app.broadcasts.resume(ina, number)).toEqual({ type: 'done' })
    expect((await openAlarms()).map(({ kind }) => kind)).toEqual(['whatsapp_warned'])
    await goOn(minute)
    expect(server.count('in', 'message')).toBe(stanzas)
    expect(told(people)).toEqual(half)

    await goOn(hour)
    const all = people.map((_, place) => (place === before ? 0 : 1))
    await expect.poll(() => told(people), { timeout: 10_000 }).toEqual(all)
    await app.conversation.idle()
    await app.broadcasting.tend(clock.now)
    const { broadcast, figures } = await read(number)
    expect(broadcast.state).toBe('finished')
    expect(figures).toMatchObject({ audience, sent: audience - 1, failed: 1, suppressed: 0, unknown: 0 })
    expect([server.errors, server.unknown]).toEqual([[], []])
  }, 40_000)

  it('tells staff of each warning anew, until the account serves again without one', async () => {
    const alarms = createAlarmStore(app.storage.database)
    const raisedAt = async () => (await alarms.open()).map((alarm) => alarm.raisedAt)
    const [first] = await raisedAt()
    clock.now = new Date(clock.now.getTime() + hour)
    account.setTimelock(new Date(clock.now.getTime() + 30 * minute))
    await expect.poll(raisedAt, { timeout: 10_000 }).toEqual([clock.now])
    expect(first).not.toEqual(clock.now)
    const logins = account.logins()
    account.drop()
    await server.until(() => account.logins() > logins, 'the bot is there again', 20_000)
    expect(await raisedAt()).toEqual([clock.now])
    clock.now = new Date(clock.now.getTime() + hour)
    account.drop()
    await expect.poll(raisedAt, { timeout: 20_000 }).toEqual([])
  }, 40_000)
})
