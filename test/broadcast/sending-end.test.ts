import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createComposeDigest } from '../../src/broadcast/sending/compose-digest.ts'
import {
  audienceOf,
  type BroadcastWorld,
  day,
  hour,
  ina,
  minute,
  monday,
  openBroadcastWorld,
  planOf,
} from './broadcast-world.ts'

let world: BroadcastWorld
beforeAll(async () => {
  world = await openBroadcastWorld({ approvalAbove: 50 })
}, 60_000)
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = monday
  world.alarms.length = 0
  world.given.paces = []
})
afterEach(async () => {
  Object.assign(world.room.settings, { canary: 0 })
  Object.assign(world.room, { postChannels: ['telegram'] })
  await world.prisma.broadcast.deleteMany()
  await world.prisma.outboxBatch.deleteMany()
  await world.prisma.contact.deleteMany()
  await world.prisma.optOut.deleteMany()
  await world.prisma.subscription.deleteMany()
})

const later = (ms: number) => new Date(monday.getTime() + ms)
const at = (ms: number) => {
  world.clock.now = later(ms)
  return world.tend(world.clock.now)
}
const batchOf = async (number: number) => {
  const { batchId } = await world.read(number)
  return world.prisma.outboxBatch.findUniqueOrThrow({ where: { id: batchId! } })
}

describe('the end of a broadcast', () => {
  it('is the one that was set, whatever the forecast says', async () => {
    await world.people(3, { channel: 'whatsapp' })
    world.given.paces = [{ channel: 'whatsapp', perSecond: 1, perDay: 1, usedToday: 0 }]
    const number = await world.sending({ expiresAt: later(2 * day) })
    expect(await world.read(number)).toMatchObject({ endsAt: later(2 * day), expiresAt: later(2 * day) })
    expect((await batchOf(number)).expiresAt).toEqual(later(2 * day))
  })

  it('is three days after the forecast where none was set, for the batch too', async () => {
    await world.people(2)
    await world.people(10, { channel: 'whatsapp' })
    const soon = await world.sending({ audience: audienceOf({ channels: ['telegram'] }) })
    expect(await world.read(soon)).toMatchObject({ endsAt: later(3 * day), expiresAt: undefined })
    world.given.paces = [{ channel: 'whatsapp', perSecond: 1, perDay: 3, usedToday: 1 }]
    // Two today, three on each of the next three days.
    const slow = await world.sending()
    expect(await world.read(slow)).toMatchObject({ endsAt: later(6 * day) })
    expect((await batchOf(slow)).expiresAt).toEqual(later(6 * day))
  })

  it('leaves time for what is before it on the same channel, and for the nights', async () => {
    await world.people(4, { channel: 'whatsapp' })
    world.given.paces = [{ channel: 'whatsapp', perSecond: 1, perDay: 2, usedToday: 0 }]
    expect(await world.read(await world.sending())).toMatchObject({ endsAt: later(4 * day) })
    expect(await world.read(await world.sending())).toMatchObject({ endsAt: later(6 * day) })
    world.given.paces = [
      { channel: 'whatsapp', perSecond: 12 / (15 * 3_600), perDay: undefined, usedToday: 0 },
    ]
    // Twelve take fifteen hours, and a day has fourteen.
    expect(await world.read(await world.sending())).toMatchObject({ endsAt: later(4 * day) })
  })

  it('gives up what is left then, and posts no more', async () => {
    await world.people(2)
    const number = await world.sending()
    await world.settle(number, 'sent', 1)
    await at(3 * day - minute)
    expect(await world.read(number)).toMatchObject({ state: 'sending' })
    await at(3 * day)
    expect(await world.read(number)).toMatchObject({
      ...{ state: 'finished', figures: { sent: 1, suppressed: 1, reasons: { expired: 1 } } },
    })
  })

  it('waits while the broadcast is paused, and is as much later when it goes on', async () => {
    await world.people(2)
    const number = await world.sending()
    await at(day)
    await world.desk.pause(ina, number)
    await at(20 * day)
    expect(await world.read(number)).toMatchObject({ state: 'paused' })
    await world.desk.resume(ina, number)
    expect(await world.read(number)).toMatchObject({
      ...{ state: 'sending', endsAt: later(22 * day), resumedAt: later(20 * day) },
    })
    expect(await batchOf(number)).toMatchObject({ expiresAt: later(22 * day), held: false })
    await at(22 * day - minute)
    expect(await world.read(number)).toMatchObject({ state: 'sending' })
    await at(22 * day)
    expect(await world.read(number)).toMatchObject({ state: 'finished' })
  })

  it('does not move where it was set, and comes while it is paused', async () => {
    await world.people(2)
    const number = await world.sending({ expiresAt: later(2 * day) })
    await world.desk.pause(ina, number)
    await at(day)
    await world.desk.resume(ina, number)
    expect(await world.read(number)).toMatchObject({ endsAt: later(2 * day) })
    await world.desk.pause(ina, number)
    await at(2 * day)
    expect(await world.read(number)).toMatchObject({ state: 'finished' })
  })
})

describe('the end of public posts', () => {
  it('comes where the place is gone: the broadcast is not sent for ever', async () => {
    await world.person()
    const number = await world.sending({ posts: ['telegram'] })
    await world.settle(number, 'sent')
    await at(minute)
    expect(await world.read(number)).toMatchObject({ state: 'sending' })
    Object.assign(world.room, { postChannels: ['whatsapp'] })
    await at(2 * minute)
    expect(await world.read(number)).toMatchObject({ state: 'finished' })
    expect((await world.desk.read(ina, number))?.posts).toMatchObject([
      { channel: 'telegram', state: 'failed' },
    ])
    expect(await world.prisma.broadcastPost.findFirst()).toMatchObject({ failure: 'no_place' })
  })

  it('is waited for while one is under way, and not for ever', async () => {
    await world.person()
    const number = await world.sending({ posts: ['telegram'] })
    await world.settle(number, 'sent')
    await world.prisma.broadcastPost.updateMany({ data: { claimedAt: later(minute), state: 'unknown' } })
    await at(2 * minute)
    expect(await world.read(number)).toMatchObject({ state: 'sending' })
    await at(11 * minute)
    expect(await world.read(number)).toMatchObject({ state: 'sending' })
    await at(12 * minute)
    expect(await world.read(number)).toMatchObject({ state: 'finished' })
    expect(await world.prisma.broadcastPost.findFirst()).toMatchObject({
      ...{ state: 'unknown', settledAt: later(12 * minute) },
    })
  })
})

describe('the figures of a broadcast that is cancelled while messages are under way', () => {
  const sums = async (number: number) => {
    const { figures } = (await world.desk.list(ina)).find(({ broadcast }) => broadcast.number === number)!
    const { sent, unknown, failed, suppressed, audience } = figures!
    return { sum: sent + unknown + failed + suppressed, audience, sent, unknown, suppressed }
  }

  it('add up once these came to an end, be they sent, given back or of unknown end', async () => {
    await world.people(6)
    const number = await world.sending()
    const ids = (await world.recipients(number)).map(({ outboxId }) => outboxId!)
    const change = (id: bigint, data: object) => world.prisma.outboxMessage.update({ where: { id }, data })
    for (const id of ids.slice(0, 3)) await change(id, { status: 'unknown', claimedAt: monday })
    expect(await world.desk.cancel(ina, number)).toEqual({ type: 'done', dropped: 3 })
    await change(ids[0]!, { status: 'sent', settledAt: later(1_000) })
    await at(minute)
    expect(await sums(number)).toMatchObject({ sum: 3, audience: 6 })
    await change(ids[1]!, { status: 'queued', claimedAt: null, failure: 'unavailable' })
    await at(11 * minute)
    expect(await sums(number)).toEqual({ sum: 6, audience: 6, sent: 1, unknown: 1, suppressed: 4 })
    const before = await world.read(number)
    await at(12 * minute)
    expect(await world.read(number)).toEqual(before)
  })
})

describe('createComposeDigest, late', () => {
  const compose = (ms: number) => createComposeDigest(world.room)('pelatihan', later(ms))
  beforeEach(async () => {
    await world.person()
    world.given.draft = () => planOf({ title: 'Minggu ini' })
  })

  it('makes nothing before Monday 08.00, and once from then on, also on Thursday', async () => {
    // The weeks after the one of other tests.
    expect(await compose(13 * day)).not.toBeUndefined()
    expect(await compose(14 * day - hour)).toBeUndefined()
    expect(await compose(21 * day - 8 * hour)).toBeUndefined()
    expect(await compose(21 * day - minute)).toBeUndefined()
    expect(await compose(24 * day)).not.toBeUndefined()
    expect(await compose(24 * day)).toBeUndefined()
    expect(await compose(27 * day)).toBeUndefined()
    expect(await compose(28 * day)).not.toBeUndefined()
  })

  it('makes no second one where an officer removed the first', async () => {
    const number = await compose(35 * day)
    expect(await world.desk.remove(ina, number!)).toEqual({ type: 'done' })
    expect(await compose(36 * day)).toBeUndefined()
    expect(await compose(42 * day)).not.toBeUndefined()
  })

  it('makes one, however many ask at the same time', async () => {
    const made = await Promise.all([1, 2, 3].map(() => compose(49 * day)))
    expect(made.filter((number) => number !== undefined)).toHaveLength(1)
  })
})
