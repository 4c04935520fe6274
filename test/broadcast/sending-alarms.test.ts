import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BroadcastWorld, day, hour, ina, minute, monday, openBroadcastWorld } from './broadcast-world.ts'

let world: BroadcastWorld
beforeAll(async () => {
  world = await openBroadcastWorld({ approvalAbove: 50 })
}, 60_000)
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = monday
  world.alarms.length = 0
})
afterEach(async () => {
  Object.assign(world.room.settings, { canary: 0 })
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
const kinds = () => world.alarms.map(({ kind }) => kind)
const stalled = (channel: string, number: number) => [
  { kind: 'broadcast_stalled', subject: String(number), details: { number: String(number), channel } },
]

describe('the alarm that a broadcast was paused by itself', () => {
  it('is raised again when it is paused again, and is over when it goes on or is cancelled', async () => {
    await world.people(2)
    const number = await world.sending()
    await world.warn('telegram')
    expect(kinds()).toEqual(['broadcast_paused'])
    await world.desk.resume(ina, number)
    expect(kinds()).toEqual([])
    await world.warn('telegram')
    expect(kinds()).toEqual(['broadcast_paused'])
    await world.desk.cancel(ina, number)
    expect(kinds()).toEqual([])
  })

  it('is over when the time of the broadcast is', async () => {
    await world.people(2)
    const number = await world.sending({ expiresAt: later(2 * hour) })
    await world.warn('telegram')
    await at(2 * hour)
    expect((await world.read(number)).state).toBe('finished')
    expect(kinds()).toEqual([])
  })

  it('stands or falls with the pause', async () => {
    await world.people(2)
    const number = await world.sending()
    const { alarms } = world.room
    const broken = { ...alarms, raise: () => Promise.reject(new Error('on purpose')) }
    Object.assign(world.room, { alarms: broken })
    await expect(world.warn('telegram')).rejects.toThrow('on purpose')
    Object.assign(world.room, { alarms })
    expect((await world.read(number)).state).toBe('sending')
    expect(await world.warn('telegram')).toBe(1)
  })
})

describe('the alarm that nobody takes a broadcast up', () => {
  it('is raised once after an hour, also of the first few on WhatsApp alone, and is over when it goes on', async () => {
    await world.people(8, { channel: 'whatsapp' })
    Object.assign(world.room.settings, { canary: 2 })
    const number = await world.sending()
    await at(59 * minute)
    expect(kinds()).toEqual([])
    await at(hour)
    expect(world.alarms).toEqual(stalled('whatsapp', number))
    world.alarms.length = 0
    await at(61 * minute)
    expect(kinds()).toEqual([])
    await world.settle(number, 'sent', 1)
    await at(62 * minute)
    expect((await world.read(number)).stalledAt).toBeUndefined()
    await at(2 * hour)
    expect(kinds()).toEqual([])
    await at(2 * hour + minute)
    expect(world.alarms).toEqual(stalled('whatsapp', number))
    await world.settle(number, 'sent')
    await at(2 * hour + 2 * minute)
    expect(kinds()).toEqual([])
    expect((await world.read(number)).state).toBe('sending')
  })

  it('is not raised while the signs of the first few are waited for', async () => {
    await world.people(8)
    Object.assign(world.room.settings, { canary: 2, canaryMinutes: 180 })
    const number = await world.sending()
    await world.settle(number, 'sent')
    await at(2 * hour)
    expect(kinds()).toEqual([])
    Object.assign(world.room.settings, { canaryMinutes: 10 })
    expect((await world.read(number)).phase).toBe('canary')
  })

  it('is raised where no messages were made, and where one channel of two waits', async () => {
    await world.people(2)
    await world.person({ channel: 'whatsapp' })
    const unmade = await world.draft()
    await world.desk.approve(ina, unmade, 0)
    await at(0)
    await at(hour)
    expect(world.alarms).toEqual(stalled('telegram', unmade))
    await world.desk.cancel(ina, unmade)
    expect(kinds()).toEqual([])
    const one = await world.sending()
    await world.settle(one, 'sent', 2)
    await world.prisma.outboxMessage.updateMany({ data: { settledAt: null, status: 'queued' } })
    await world.prisma.outboxMessage.updateMany({
      where: { onAccount: 'telegram main' },
      data: { settledAt: later(2 * hour), status: 'sent' },
    })
    await at(2 * hour + minute)
    expect(world.alarms).toEqual(stalled('whatsapp', one))
  })

  it('is not raised by night, nor in the first hour of the morning', async () => {
    await world.people(2)
    // At 20.30.
    world.clock.now = later(12.5 * hour)
    const number = await world.sending()
    for (const ms of [13.5 * hour, 20 * hour, 23 * hour, 24 * hour - minute]) await at(ms)
    expect(kinds()).toEqual([])
    await at(day)
    expect(world.alarms).toEqual(stalled('telegram', number))
  })

  it('is not raised while it waits for the budget, or behind another broadcast', async () => {
    await world.people(3, { channel: 'whatsapp' })
    const first = await world.sending()
    const second = await world.sending()
    const [message] = await world.recipients(first)
    const wait = (data: object) =>
      world.prisma.outboxMessage.update({ where: { id: message!.outboxId! }, data })
    await wait({ nextAttemptAt: later(23 * hour), failure: 'too_fast' })
    await at(5 * hour)
    expect(kinds()).toEqual([])
    await at(23 * hour + 59 * minute)
    expect(kinds()).toEqual([])
    await wait({ status: 'sent', settledAt: later(day) })
    await at(day + minute)
    expect(kinds()).toEqual([])
    await wait({ status: 'suppressed', failure: 'stopped_by_person' })
    await at(day + 2 * minute)
    expect(world.alarms.map(({ subject }) => subject)).toEqual([String(first), String(second)])
  })

  it('is raised where the platform does not answer, however often it is tried', async () => {
    await world.people(2)
    const number = await world.sending()
    await world.prisma.outboxMessage.updateMany({
      data: { nextAttemptAt: later(62 * minute), failure: 'unavailable', attempts: 12 },
    })
    await at(hour)
    expect(world.alarms).toEqual(stalled('telegram', number))
  })

  it('is raised of what is under way where nobody tells the end of it', async () => {
    await world.people(2)
    const number = await world.sending()
    await world.prisma.outboxMessage.updateMany({ data: { claimedAt: later(30 * minute) } })
    await at(hour)
    expect(kinds()).toEqual([])
    await at(90 * minute)
    expect(world.alarms).toEqual(stalled('telegram', number))
  })

  it('is raised an hour after it went on, and not by how long it was paused', async () => {
    await world.people(2)
    const number = await world.sending()
    await at(hour)
    expect(world.alarms).toEqual(stalled('telegram', number))
    await world.desk.pause(ina, number)
    await at(3 * hour)
    await world.desk.resume(ina, number)
    expect(kinds()).toEqual([])
    await at(3 * hour + 59 * minute)
    expect(kinds()).toEqual([])
    await at(4 * hour)
    expect(world.alarms).toEqual(stalled('telegram', number))
  })

  it('is raised where only a public post is left', async () => {
    await world.person()
    Object.assign(world.room.settings, { approvalAbove: 0 })
    const number = await world.sending({ posts: ['telegram'] })
    Object.assign(world.room.settings, { approvalAbove: 50 })
    await at(minute)
    await world.settle(number, 'sent')
    await at(hour)
    expect(kinds()).toEqual([])
    await at(61 * minute)
    expect(world.alarms).toEqual(stalled('telegram', number))
    await world.prisma.broadcastPost.updateMany({ data: { state: 'sent', settledAt: world.clock.now } })
    await at(62 * minute)
    expect((await world.read(number)).state).toBe('finished')
    expect(kinds()).toEqual([])
  })
})
