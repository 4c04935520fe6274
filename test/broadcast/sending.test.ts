import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createComposeDigest } from '../../src/broadcast/sending/compose-digest.ts'
import { createPrepareBroadcast } from '../../src/broadcast/sending/prepare-broadcast.ts'
import { badSign } from '../../src/broadcast/sending/signs.ts'
import { purgeBroadcasts } from '../../src/broadcast/store-purge.ts'
import { eraseContacts } from '../../src/resident/store-erase.ts'
import { createAuditTrail } from '../../src/staff/store.ts'
import {
  audienceOf,
  type BroadcastWorld,
  day,
  hour,
  ina,
  minute,
  monday,
  oma,
  openBroadcastWorld,
  planOf,
} from './broadcast-world.ts'

let world: BroadcastWorld
beforeAll(async () => {
  world = await openBroadcastWorld()
}, 60_000)
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = monday
  world.alarms.length = 0
})
afterEach(async () => {
  Object.assign(world.room.settings, { canary: 0, approvalAbove: 2 })
  await world.prisma.broadcast.deleteMany()
  await world.prisma.contact.deleteMany()
  await world.prisma.optOut.deleteMany()
  await world.prisma.subscription.deleteMany()
})

const later = (ms: number) => new Date(monday.getTime() + ms)
const at = (ms: number) => {
  world.clock.now = later(ms)
  return world.tend(world.clock.now)
}
const state = async (number: number) => (await world.read(number)).state

describe('createTendBroadcasts', () => {
  it('starts at the time, and never in the quiet hours', async () => {
    await world.person()
    const timed = await world.draft({ scheduledAt: later(2 * hour), posts: ['telegram'] })
    await world.desk.propose(ina, timed, 0)
    await world.desk.approve(oma, timed, 0)
    await at(hour)
    expect(await state(timed)).toBe('approved')
    await at(2 * hour)
    expect(await world.read(timed)).toMatchObject({
      state: 'sending',
      phase: 'rest',
      startedAt: later(2 * hour),
    })
    expect(world.enqueued.at(-1)).toBe(timed)
    expect((await world.desk.read(ina, timed))?.posts).toMatchObject([
      { channel: 'telegram', state: 'queued' },
    ])
    const night = await world.draft()
    await world.desk.approve(ina, night, 0)
    await at(14 * hour)
    expect(await state(night)).toBe('approved')
    await at(23 * hour)
    expect(await state(night)).toBe('sending')
  })

  it('finishes once nothing is left, public posts included, and keeps the figures', async () => {
    await world.people(2)
    const number = await world.sending({ posts: ['telegram'] })
    await world.settle(number, 'sent')
    await at(minute)
    expect(await state(number)).toBe('sending')
    await world.prisma.broadcastPost.updateMany({ data: { state: 'sent', settledAt: later(minute) } })
    await at(2 * minute)
    expect(await world.read(number)).toMatchObject({ state: 'finished', figures: { audience: 2, sent: 2 } })
  })

  it('ends what is over: what did not leave is suppressed', async () => {
    await world.people(2)
    const number = await world.sending({ expiresAt: later(2 * hour) })
    await world.settle(number, 'sent', 1)
    await at(2 * hour)
    expect(await world.desk.figures(number)).toMatchObject({
      sent: 1,
      suppressed: 1,
      reasons: { expired: 1 },
    })
    expect(await state(number)).toBe('finished')
  })

  it('sends to the first few, waits for their signs, and then to the rest', async () => {
    await world.people(8)
    Object.assign(world.room.settings, { canary: 2 })
    const number = await world.sending()
    expect(await world.desk.figures(number)).toMatchObject({ waiting: 6, queued: 2 })
    expect((await world.desk.read(ina, number))?.moves).toEqual(['go_on', 'pause', 'cancel'])
    await at(11 * minute)
    expect(await world.read(number)).toMatchObject({ phase: 'canary' })
    await world.settle(number, 'sent')
    await at(12 * minute)
    expect(await world.read(number)).toMatchObject({ phase: 'canary' })
    await at(22 * minute)
    expect(await world.read(number)).toMatchObject({ phase: 'rest' })
    expect(await world.prepare(number)).toBe(6)
  })

  it('gives the signs of the first few their time from the last message on', async () => {
    await world.people(8)
    Object.assign(world.room.settings, { canary: 2 })
    const number = await world.sending()
    await world.settle(number, 'sent', 1)
    await at(9 * minute)
    await world.settle(number, 'sent', 1)
    await at(11 * minute)
    expect(await world.read(number)).toMatchObject({ state: 'sending', phase: 'canary' })
    await at(19 * minute)
    expect(await world.read(number)).toMatchObject({ state: 'sending', phase: 'rest' })
  })

  it('tells first those on Telegram, where no budget of a day holds up the signs', async () => {
    await world.people(4, { channel: 'whatsapp' })
    await world.people(4)
    Object.assign(world.room.settings, { canary: 2 })
    const number = await world.sending()
    const told = (await world.recipients(number)).filter(({ outboxId }) => outboxId !== null)
    expect(told.map(({ channel }) => channel)).toEqual(['telegram', 'telegram'])
  })

  it('pauses where nobody knows of the first few whether they were told', async () => {
    await world.people(8)
    Object.assign(world.room.settings, { canary: 2 })
    const number = await world.sending()
    await world.settle(number, 'unknown', 2)
    await at(10 * minute)
    expect(await world.read(number)).toMatchObject({ state: 'paused', pauseReason: 'failure_rate' })
  })

  it('pauses by the signs of the first few, and does not go on by itself', async () => {
    await world.people(8)
    Object.assign(world.room.settings, { canary: 2 })
    const number = await world.sending()
    await world.settle(number, 'failed', 2, 'refused')
    await at(10 * minute)
    expect(await world.read(number)).toMatchObject({ state: 'paused', pauseReason: 'failure_rate' })
    expect(world.alarms).toMatchObject([{ kind: 'broadcast_paused', details: { reason: 'failure_rate' } }])
    await at(11 * minute)
    expect(await world.desk.resume(oma, number)).toEqual({ type: 'done' })
    await at(30 * minute)
    expect(await world.read(number)).toMatchObject({ state: 'sending', phase: 'rest' })
  })

  it('has the work taken up again where it was lost', async () => {
    await world.people(2)
    const number = await world.draft()
    await world.desk.approve(ina, number, 0)
    await at(minute)
    world.enqueued.length = 0
    await at(2 * minute)
    expect(world.enqueued).toEqual([number])
    await world.prepare(number)
    await at(3 * minute)
    expect(world.enqueued).toEqual([number])
  })
})

describe('createPrepareBroadcast', () => {
  it('makes one message for each, with their kelurahan, however often and by however many it is done', async () => {
    await world.people(3, { kelurahan: '53.71.03.1001' })
    await world.people(2)
    const number = await world.draft()
    await world.desk.propose(ina, number, 0)
    await world.desk.approve(oma, number, 0)
    await at(minute)
    world.told.length = 0
    const prepare = createPrepareBroadcast({ ...world.room, batch: 2 })
    const made = await Promise.all([prepare(number), prepare(number)])
    expect(made.reduce((sum, count) => sum + count, 0)).toBe(5)
    expect(await prepare(number)).toBe(0)
    const texts = world.told.map(({ message }) => message.text)
    expect(texts.filter((text) => text.includes('dibuka di Kota Kupang.'))).toHaveLength(2)
    expect(texts).toHaveLength(5)
    const { rows } = await world.database.pool.query(
      'SELECT chat_id FROM outbox_message GROUP BY chat_id HAVING count(*) > 1',
    )
    expect(rows).toEqual([])
  })

  it('leaves whoever cannot be told or no longer wants it, and says why', async () => {
    const [, blocked, stopped, left] = await world.people(4)
    const number = await world.draft()
    await world.desk.propose(ina, number, 0)
    await world.desk.approve(oma, number, 0)
    await world.prisma.chat.update({ where: { id: blocked!.chatId }, data: { state: 'stopped' } })
    await world.prisma.optOut.create({ data: { ...stopped!, startedAt: monday } })
    await world.prisma.subscription.updateMany({ where: left!, data: { endedAt: monday } })
    await at(minute)
    await world.prepare(number)
    expect(await world.desk.figures(number)).toMatchObject({
      ...{ audience: 4, queued: 1, suppressed: 3 },
      reasons: { blocked: 1, stopped_by_person: 1, unsubscribed: 1 },
    })
  })

  it.each(['pause', 'cancel'] as const)(
    'ends when an officer does %s meanwhile, and leaves nobody in doubt',
    async (move) => {
      await world.people(6)
      const number = await world.draft()
      await world.desk.propose(ina, number, 0)
      await world.desk.approve(oma, number, 0)
      await at(minute)
      const prepare = createPrepareBroadcast({ ...world.room, batch: 1 })
      await Promise.all([prepare(number), world.desk[move](ina, number)])
      const figures = await world.desk.figures(number)
      if (move === 'cancel') expect(figures).toMatchObject({ suppressed: 6, reasons: { cancelled: 6 } })
      else {
        expect(figures!.waiting + figures!.queued).toBe(6)
        expect(await prepare(number)).toBe(0)
        await world.desk.resume(ina, number)
        await prepare(number)
        expect(await world.desk.figures(number)).toMatchObject({ waiting: 0, queued: 6 })
      }
    },
  )
})

describe('createGuardBroadcasts and createWarnBroadcasts', () => {
  it('pauses while sending when too many stop, once twenty were told', async () => {
    const people = await world.people(25)
    const number = await world.sending()
    const { batchId } = await world.read(number)
    await world.settle(number, 'sent', 19)
    world.clock.now = later(minute)
    for (const who of people) {
      await world.prisma.optOut.create({ data: { ...who, startedAt: world.clock.now } })
    }
    expect(await world.guard([batchId!])).toBe(0)
    world.clock.now = later(0)
    await world.settle(number, 'sent', 1)
    world.clock.now = later(2 * minute)
    expect(await world.guard([batchId!])).toBe(1)
    expect(await world.read(number)).toMatchObject({
      state: 'paused',
      pauseReason: 'stop_rate',
      pausedBy: undefined,
    })
    expect(await world.prisma.outboxBatch.findUnique({ where: { id: batchId! } })).toMatchObject({
      held: true,
    })
  })

  it('pauses what is left on a channel that was warned, and nothing else', async () => {
    await world.person()
    const telegram = await world.sending()
    await world.person({ channel: 'whatsapp', topics: ['umkm'] })
    const whatsapp = await world.sending({ audience: audienceOf({ topics: ['umkm'] }) })
    expect(await world.warn('whatsapp')).toBe(1)
    expect(await world.read(whatsapp)).toMatchObject({ state: 'paused', pauseReason: 'channel_warning' })
    expect(await state(telegram)).toBe('sending')
    expect(await world.warn('whatsapp')).toBe(0)
  })
})

describe('badSign', () => {
  const settings = { approvalAbove: 0, canary: 10, canaryMinutes: 1, mostStops: 0.03, mostFailures: 0.1 }
  it.each([
    [{ told: 19, failed: 19, stopped: 0 }, false, undefined],
    [{ told: 20, failed: 3, stopped: 0 }, false, 'failure_rate'],
    [{ told: 20, failed: 2, stopped: 0 }, false, undefined],
    [{ told: 100, failed: 0, stopped: 4 }, false, 'stop_rate'],
    // Whoever was told nothing cannot stop: the share is of those to whom it was sent.
    [{ told: 100, failed: 50, stopped: 2 }, false, 'stop_rate'],
    [{ told: 10, failed: 0, stopped: 1 }, true, undefined],
    [{ told: 10, failed: 0, stopped: 2 }, true, 'stop_rate'],
    [{ told: 0, failed: 0, stopped: 0 }, true, undefined],
  ])('of %o (canary: %s) says %s', (signs, isCanary, expected) => {
    expect(badSign(signs, settings, isCanary)).toBe(expected)
  })
})

describe('figures', () => {
  it('tell apart who was told, read, answered and stopped', async () => {
    const people = await world.people(3)
    const number = await world.sending()
    await world.settle(number, 'sent')
    const [one, two] = people
    await world.prisma.outboxMessage.updateMany({
      where: { chatId: one!.chatId },
      data: { deliveredAt: monday, readAt: monday },
    })
    const soon = later(hour)
    await world.prisma.inboxMessage.create({
      data: { chatId: one!.chatId, externalId: 'a', sentAt: soon, receivedAt: soon },
    })
    await world.prisma.chat.update({ where: { id: one!.chatId }, data: { lastMessageAt: soon } })
    await world.prisma.optOut.create({ data: { ...two!, startedAt: soon } })
    await world.prisma.optOut.create({ data: { ...one!, startedAt: later(4 * day) } })
    expect(await world.desk.figures(number)).toMatchObject({
      ...{ audience: 3, sent: 3, delivered: 1, read: 1, replied: 1, stopped: 1 },
    })
  })

  it('always add up to the audience, also of the erased and the purged', async () => {
    const people = await world.people(12)
    const number = await world.sending()
    const status = fc.constantFrom(
      'queued',
      'claimed',
      'sent',
      'failed',
      'suppressed',
      'unknown',
      'gone',
      'waiting',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(status, { minLength: 12, maxLength: 12 }), async (states) => {
        const rows = await world.recipients(number)
        for (const [place, row] of rows.entries()) await put(row.id, place, states[place]!)
        await purgeBroadcasts(world.prisma, later(85 * day))
        const figures = (await world.room.store.figures.of(world.prisma, [number], later(day))).get(number)!
        const { waiting, queued, sent, failed, suppressed, unknown } = figures
        expect(waiting + queued + sent + failed + suppressed + unknown).toBe(12)
        expect(figures.audience).toBe(12)
        expect(Object.values(figures.reasons).reduce((sum, count) => sum + count, 0)).toBe(
          failed + suppressed,
        )
      }),
      { numRuns: 15 },
    )

    async function put(id: bigint, place: number, state: string): Promise<void> {
      const waits = ['queued', 'claimed'].includes(state)
      const made = await world.prisma.outboxMessage.create({
        data: {
          ...{ chatId: people[place]!.chatId, body: new Uint8Array(), kind: 'broadcast' },
          status: state === 'claimed' ? 'unknown' : state,
          ...{ settledAt: waits ? null : monday, claimedAt: state === 'queued' ? null : monday },
          failure: state === 'failed' ? 'refused' : null,
        },
      })
      const outboxId = state === 'waiting' ? null : made.id
      await world.prisma.broadcastRecipient.update({
        where: { id },
        data: { outboxId, status: null, reason: null },
      })
      if (state === 'gone') await world.prisma.outboxMessage.delete({ where: { id: made.id } })
    }
  })

  it('stay when somebody is erased, who is in them no more', async () => {
    const [one, two, three] = await world.people(3)
    const number = await world.sending()
    await world.prisma.outboxMessage.updateMany({
      where: { chatId: one!.chatId },
      data: { status: 'sent', settledAt: monday },
    })
    await world.prisma.broadcastTester.create({ data: { officerId: 'x', chatId: two!.chatId, at: monday } })
    const gone = [one!.contactId, two!.contactId]
    await world.prisma.contact.updateMany({ where: { id: { in: gone } }, data: { eraseAt: monday } })
    expect(await eraseContacts({ prisma: world.prisma, audit: createAuditTrail() }, later(minute))).toBe(2)
    expect(await world.desk.figures(number)).toMatchObject({
      ...{ audience: 3, sent: 1, suppressed: 1, queued: 1, reasons: { erased: 1 } },
    })
    const rows = await world.recipients(number)
    expect(rows.map(({ contactId }) => contactId).filter((id) => id !== null)).toEqual([three!.contactId])
    expect(rows.filter(({ chatId }) => chatId !== null)).toHaveLength(1)
    expect(await world.prisma.broadcastTester.count({ where: { officerId: 'x' } })).toBe(0)
    expect(await world.prepare(number)).toBe(0)
  })
})

describe('purgeBroadcasts', () => {
  it('forgets who was told 90 days after the end, and keeps the figures', async () => {
    await world.people(3)
    const number = await world.sending()
    await world.settle(number, 'sent')
    await at(minute)
    expect(await purgeBroadcasts(world.prisma, later(90 * day))).toBe(0)
    expect(await purgeBroadcasts(world.prisma, later(91 * day))).toBe(3)
    world.clock.now = later(91 * day)
    expect(await world.desk.figures(number)).toMatchObject({ audience: 3, sent: 3 })
  })
})

describe('createComposeDigest', () => {
  it('proposes one a week, which a second person approves, and tells staff', async () => {
    await world.people(3)
    const compose = createComposeDigest(world.room)
    expect(await compose('pelatihan', monday)).toBeUndefined()
    world.given.draft = ({ type, number }) =>
      type === 'digest' && number === 1 ? planOf({ title: 'Minggu ini' }) : undefined
    const number = await compose('pelatihan', monday)
    expect(await world.read(number!)).toMatchObject({
      state: 'proposed',
      createdBy: undefined,
      title: 'Minggu ini',
    })
    expect(world.alarms).toMatchObject([{ kind: 'broadcast_digest', details: { name: 'pelatihan' } }])
    expect(await compose('pelatihan', later(6 * day))).toBeUndefined()
    expect(await compose('lain', monday)).toBeUndefined()
    expect(await compose('pelatihan', later(7 * day))).not.toBeUndefined()
    expect(await world.desk.approve(oma, number!, 0)).toEqual({ type: 'done' })
  })
})
