import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { forecast } from '../../src/broadcast/audience/count-audience.ts'
import { audienceOf, type BroadcastWorld, day, ina, monday, openBroadcastWorld } from './broadcast-world.ts'

let world: BroadcastWorld
beforeAll(async () => {
  world = await openBroadcastWorld()
}, 60_000)
afterAll(() => world.close())
afterEach(async () => {
  await world.prisma.broadcast.deleteMany()
  await world.prisma.contact.deleteMany()
  await world.prisma.subscription.deleteMany()
  await world.prisma.contactProfile.deleteMany()
  await world.prisma.optOut.deleteMany()
  world.given.paces = []
})

const count = (change = {}) => world.desk.count(ina, audienceOf(change))

/** Who is told where, by a broadcast that is frozen now. */
async function frozen(change = {}) {
  const number = await world.draft({ audience: audienceOf(change), posts: ['telegram'] })
  await world.room.store.transact((transaction) =>
    world.room.store.audience.freeze(transaction, number, audienceOf(change)),
  )
  const rows = await world.recipients(number)
  await world.prisma.broadcast.delete({ where: { id: BigInt(number) } })
  return rows.map(({ contactId, chatId, channel }) => ({ contactId, chatId, channel }))
}

describe('countAudience', () => {
  it('counts each person once, for the first reason why they are not told', async () => {
    await world.people(2)
    await world.person({ stopped: true, topics: [] })
    await world.person({ topics: ['umkm'] })
    await world.person({ channel: 'webchat' })
    await world.person({ blocked: true })
    await world.person({ channel: 'whatsapp', wroteAt: null })
    await world.person({ channel: 'whatsapp' })
    const counted = await count()
    expect(counted.reachable).toBe(3)
    expect(counted.unreached).toEqual({
      ...{ opted_out: 1, not_subscribed: 1, no_channel: 1, blocked: 1, never_wrote: 1 },
    })
    expect(counted.channels.map(({ channel, reachable }) => [channel, reachable])).toEqual([
      ['telegram', 2],
      ['whatsapp', 1],
    ])
    expect(await frozen()).toHaveLength(3)
  })

  it('takes an ended subscription for none, and an ended wish to hear nothing for no wish', async () => {
    const left = await world.person()
    const back = await world.person({ stopped: true })
    const { prisma } = world
    await prisma.subscription.updateMany({ where: { contactId: left.contactId }, data: { endedAt: monday } })
    await prisma.optOut.updateMany({ where: { contactId: back.contactId }, data: { endedAt: monday } })
    expect(await count()).toMatchObject({ reachable: 1, unreached: { not_subscribed: 1, opted_out: 0 } })
  })

  describe('of a person with several chats', () => {
    const later = new Date(monday.getTime() + day)
    const add = (contactId: string, change: object) =>
      world.prisma.chat.create({
        data: { contactId, channel: 'whatsapp', account: 'main', externalId: randomUUID(), ...change },
      })

    it('tells them once, in the one last used', async () => {
      const both = await world.person()
      const whatsapp = await add(both.contactId, { lastMessageAt: later })
      await add(both.contactId, { lastMessageAt: null })
      expect(await frozen()).toEqual([{ ...both, chatId: whatsapp.id, channel: 'whatsapp' }])
      expect((await count()).reachable).toBe(1)
    })

    it('keeps or drops them by the channel of the one last used: two copies reach nobody twice', async () => {
      const both = await world.person()
      const whatsapp = await add(both.contactId, { lastMessageAt: later })
      expect(await frozen({ channels: ['telegram'] })).toEqual([])
      expect(await frozen({ channels: ['whatsapp'] })).toEqual([
        { ...both, chatId: whatsapp.id, channel: 'whatsapp' },
      ])
      expect(await count({ channels: ['telegram'] })).toMatchObject({
        ...{ reachable: 0, unreached: { opted_out: 0, not_subscribed: 0, no_channel: 0, blocked: 0 } },
      })
    })

    it('does not look for them elsewhere where they blocked the one last used', async () => {
      const gone = await world.person()
      await add(gone.contactId, { lastMessageAt: later, state: 'stopped' })
      expect(await count()).toMatchObject({ reachable: 0, unreached: { blocked: 1 } })
      expect((await count({ channels: ['telegram'] })).unreached.blocked).toBe(0)
      expect((await count({ channels: ['whatsapp'] })).unreached.blocked).toBe(1)
      const stayed = await world.person({ blocked: true })
      const whatsapp = await add(stayed.contactId, { lastMessageAt: later })
      expect(await frozen()).toEqual([{ ...stayed, chatId: whatsapp.id, channel: 'whatsapp' }])
    })

    it('counts what is not handled yet as the last use', async () => {
      const both = await world.person()
      const whatsapp = await add(both.contactId, { lastMessageAt: null })
      await world.prisma.inboxMessage.create({
        data: { chatId: whatsapp.id, externalId: '1', sentAt: later, receivedAt: later },
      })
      expect((await frozen()).map(({ channel }) => channel)).toEqual(['whatsapp'])
    })

    it('takes them to use the language they were heard in last', async () => {
      const both = await world.person({ language: 'indonesia' })
      await add(both.contactId, { lastMessageAt: later, language: 'kupang' })
      expect((await count({ language: 'kupang' })).reachable).toBe(1)
      expect((await count({ language: 'indonesia' })).reachable).toBe(0)
    })
  })

  it('writes on WhatsApp to whoever wrote, also where that is not handled yet', async () => {
    const { chatId } = await world.person({ channel: 'whatsapp', wroteAt: null })
    expect((await count()).unreached.never_wrote).toBe(1)
    await world.prisma.inboxMessage.create({ data: { chatId, externalId: '1', sentAt: monday } })
    expect((await count()).reachable).toBe(1)
  })

  it('finds people by kelurahan, by kecamatan, by language and by channel', async () => {
    await world.person({ kelurahan: '53.71.03.1001', language: 'kupang' })
    await world.person({ kelurahan: '53.71.03.1010', channel: 'whatsapp' })
    await world.person({ kelurahan: '53.71.01.1001' })
    await world.person()
    const reach = async (change: object) => (await count(change)).reachable
    expect(await reach({ places: ['53.71.03.1001'] })).toBe(1)
    expect(await reach({ places: ['53.71.03'] })).toBe(2)
    expect(await reach({ places: ['53.71.03', '53.71.01.1001'] })).toBe(3)
    expect(await reach({ language: 'kupang' })).toBe(1)
    expect(await reach({ channels: ['whatsapp'] })).toBe(1)
    expect((await count({ channels: ['whatsapp'] })).channels).toHaveLength(1)
  })

  it('finds people by what became of their registration, and leaves out whoever is in or was told', async () => {
    const [applied, gone, told] = await world.people(3)
    const course = await world.prisma.course.create({
      data: {
        ...{ title: 'Las', subject: 'las', office: 'umum', place: 'Balai', contact: 'Ibu Ina', seats: 1 },
        ...{ selection: 'arrival', createdBy: 'Petugas', opensAt: monday, closesAt: monday },
        ...{ startsAt: monday, endsAt: monday },
      },
    })
    for (const [who, state] of [[applied, 'reserve'] as const, [gone, 'withdrawn'] as const]) {
      await world.prisma.registration.create({
        data: {
          ...{ ...who!, courseId: course.id, forWhom: 'self', kelurahan: '53.71.02.1001', education: 'sma' },
          ...{ consentVersion: '1', consentAt: monday, state, stateAt: monday },
        },
      })
    }
    const number = Number(course.id)
    expect((await count({ course: { number, states: ['reserve', 'accepted'] } })).reachable).toBe(1)
    expect((await count({ without: { broadcasts: [], course: number } })).reachable).toBe(2)
    const before = await world.draft()
    await world.prisma.broadcastRecipient.create({
      data: { broadcastId: BigInt(before), ...told!, channel: 'telegram' },
    })
    expect((await count({ without: { broadcasts: [before] } })).reachable).toBe(2)
  })

  it('forgets whoever asked to be erased', async () => {
    const { contactId } = await world.person()
    await world.prisma.contact.update({ where: { id: contactId }, data: { eraseAt: monday } })
    expect(await count()).toMatchObject({ reachable: 0, unreached: { not_subscribed: 0 } })
  })

  it('shows ten by chance, by nothing they are known by, and notes that it was looked at', async () => {
    await world.people(12, { kelurahan: '53.71.03.1001' })
    const chats = await world.prisma.chat.findMany()
    const { samples } = await count()
    expect(samples).toHaveLength(10)
    expect(samples[0]).toMatchObject({
      ...{ channel: 'telegram', kelurahan: '53.71.03.1001', topic: 'training/menjahit' },
      ...{ subscribedAt: monday, textVersion: '2026-12-2', masked: expect.stringMatching(/^••••/) },
    })
    for (const { externalId } of chats) expect(JSON.stringify(samples)).not.toContain(externalId)
    expect((await world.trail('broadcast.count')).at(-1)).toMatchObject({
      ...{ actorId: ina.id, details: { reachable: 12, samples: 10 } },
    })
  })

  it('tells what does not fit into the budget of the day', async () => {
    await world.people(5, { channel: 'whatsapp' })
    world.given.paces = [{ channel: 'whatsapp', perSecond: 0.5, perDay: 2, usedToday: 1 }]
    expect((await count()).channels.find(({ channel }) => channel === 'whatsapp')).toEqual({
      ...{ channel: 'whatsapp', reachable: 5, overBudget: 4, days: 3, seconds: 10 },
    })
  })
})

describe('forecast', () => {
  it.each([
    [0, undefined, { overBudget: 0, days: 1, seconds: 0 }],
    [60, { perSecond: 30, perDay: undefined, usedToday: 5 }, { overBudget: 0, days: 1, seconds: 2 }],
    [100, { perSecond: 1, perDay: 100, usedToday: 0 }, { overBudget: 0, days: 1, seconds: 100 }],
    [100, { perSecond: 1, perDay: 100, usedToday: 120 }, { overBudget: 100, days: 2, seconds: 100 }],
    [5, { perSecond: 1, perDay: 0, usedToday: 0 }, { overBudget: 5, days: 6, seconds: 5 }],
  ])('says how long %i messages take', (messages, pace, expected) => {
    expect(forecast(messages, pace && { channel: 'whatsapp', ...pace })).toEqual(expected)
  })
})
