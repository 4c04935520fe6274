import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createResidentStore } from '../../../src/resident/store.ts'
import type { Course } from '../../../src/training/course.ts'
import { createTendNotices } from '../../../src/training/notices/tend-notices.ts'
import { at, type NoticeWorld, openNoticeWorld } from './notice-world.ts'

let world: NoticeWorld
beforeAll(async () => {
  world = await openNoticeWorld()
}, 60_000)
afterAll(() => world.close())
beforeEach(async () => {
  for (const table of ['course', 'subscription', 'opt_out', 'outbox_message'])
    await world.database.pool.query(`DELETE FROM ${table}`)
})

type Person = Awaited<ReturnType<NoticeWorld['seat']>>

async function subscribe({ contactId, chatId }: Person, topic = 'training', ended = false) {
  const data = { contactId, chatId, topic, textVersion: '1', endedAt: ended ? at('01 09:00') : null }
  return (await world.prisma.subscription.create({ data })).id
}

/** Announces a course to all who subscribed so far. */
async function announce(more: Partial<Course> = {}): Promise<number> {
  const open = { state: 'registration', opensAt: at('01 08:00'), closesAt: at('10 17:00') } as const
  const number = await world.openCourse([at('20 08:00')], { ...open, ...more })
  const { _max } = await world.prisma.subscription.aggregate({ _max: { id: true } })
  await world.prisma.course.update({
    where: { id: BigInt(number) },
    data: { announcedAt: at('01 10:00'), toldId: 0n, tellUntilId: _max.id },
  })
  return number
}

const cursorOf = async (number: number) => {
  const { toldId, tellUntilId } = await world.prisma.course.findUniqueOrThrow({
    where: { id: BigInt(number) },
  })
  return { toldId, tellUntilId }
}
/** Tells so many at a time. */
const tending = (announceBatch: number, more: Partial<NoticeWorld['deps']> = {}) =>
  createTendNotices({ ...world.deps, announceBatch, ...more })
const noon = at('01 12:00')

describe('announceCourses', () => {
  it('tells whoever subscribed to all subjects or to that of the course, once', async () => {
    const [all, sewing, welding, ended, stranger] = await Promise.all([1, 2, 3, 4, 5].map(() => world.seat()))
    await subscribe(all!)
    await subscribe(sewing!, 'training/menjahit')
    await subscribe(welding!, 'training/las')
    await subscribe(ended!, 'training', true)
    const number = await announce({ cost: 0 })
    const late = await world.seat()
    await subscribe(late)
    expect(await world.tendAt(noon)).toBe(2)
    expect(await world.tendAt(noon)).toBe(0)
    for (const { chatId } of [welding!, ended!, stranger!, late])
      expect(await world.toldIn(chatId)).toEqual([])
    for (const { chatId } of [all!, sewing!]) {
      const [text, ...others] = await world.toldIn(chatId)
      expect(others).toEqual([])
      for (const part of [
        'Menjahit dasar',
        'Dinas Tenaga Kerja',
        'Jumat, 20 Maret 2026',
        'Balai Latihan',
        '16',
        'Warga Kota Kupang; Usia',
        'Selasa, 10 Maret 2026 pukul 17.00 WITA',
        'Gratis',
        `daftar ${number}`,
      ])
        expect(text).toContain(part)
      expect(text?.split('\n').at(-1)).toMatch(/berhenti/i)
    }
    const rows = await world.prisma.outboxMessage.findMany()
    expect(rows.map(({ kind }) => kind)).toEqual(['broadcast', 'broadcast'])
    const { toldId, tellUntilId } = await cursorOf(number)
    expect(toldId).toBe(tellUntilId)
  })

  it('tells a contact with two subscriptions once, where they subscribed first, in whatever batch', async () => {
    const first = await world.seat()
    const other = await world.seat(first.contactId)
    await subscribe(await world.seat())
    await subscribe(first, 'training/menjahit')
    await subscribe(await world.seat())
    await subscribe(other)
    await announce()
    expect(await tending(1)(noon)).toBe(3)
    expect(await world.toldIn(first.chatId)).toHaveLength(1)
    expect(await world.toldIn(other.chatId)).toEqual([])
  })

  it('tells a contact once also when the subscription that told them ends before the other one is due', async () => {
    const first = await world.seat()
    const other = await world.seat(first.contactId)
    await subscribe(first, 'training/menjahit')
    await subscribe(other)
    await announce()
    const voice = failingAfter(1)
    await expect(tending(1, { voice })(noon)).rejects.toThrow('could not be tended')
    await world.prisma.subscription.updateMany({
      where: { topic: 'training/menjahit' },
      data: { endedAt: at('01 12:01') },
    })
    expect(await tending(1)(at('01 12:02'))).toBe(0)
    expect([await world.toldIn(first.chatId), await world.toldIn(other.chatId)].flat()).toHaveLength(1)
  })

  it('tells by another subscription whose first one ended before it told them', async () => {
    const first = await world.seat()
    const other = await world.seat(first.contactId)
    await subscribe(first, 'training/menjahit')
    await subscribe(other)
    await announce()
    await world.prisma.subscription.updateMany({
      where: { topic: 'training/menjahit' },
      data: { endedAt: at('01 11:00') },
    })
    expect(await world.tendAt(noon)).toBe(1)
    expect(await world.toldIn(other.chatId)).toHaveLength(1)
  })

  it('goes on after the last who were told when the process ends between two batches', async () => {
    const people = []
    for (let nth = 0; nth < 5; nth += 1) people.push(await world.seat())
    for (const person of people) await subscribe(person)
    await announce()
    await expect(tending(2, { voice: failingAfter(1) })(noon)).rejects.toThrow('could not be tended')
    expect(await world.prisma.outboxMessage.count()).toBe(2)
    expect(await tending(2)(noon)).toBe(3)
    for (const { chatId } of people) expect(await world.toldIn(chatId)).toHaveLength(1)
  })

  it('tells nobody who wrote STOP in between', async () => {
    const [told, stopped] = [await world.seat(), await world.seat()]
    await subscribe(told)
    await subscribe(stopped)
    await announce()
    await expect(tending(1, { voice: failingAfter(1) })(noon)).rejects.toThrow('could not be tended')
    await world.prisma.$transaction((transaction) =>
      createResidentStore().stop(transaction, { ...stopped, chatId: String(stopped.chatId), now: noon }),
    )
    expect(await world.tendAt(noon)).toBe(0)
    expect(await world.toldIn(told.chatId)).toHaveLength(1)
    expect(await world.toldIn(stopped.chatId)).toEqual([])
  })

  it('tells nobody who wants to hear nothing, whatever stands of their subscriptions', async () => {
    const person = await world.seat()
    await subscribe(person)
    await world.prisma.optOut.create({ data: { contactId: person.contactId, chatId: person.chatId } })
    await announce()
    expect(await world.tendAt(noon)).toBe(0)
  })

  it('tells each once with two processes tending at once', async () => {
    const people = []
    for (let nth = 0; nth < 9; nth += 1) people.push(await world.seat())
    for (const person of people) await subscribe(person)
    await announce()
    const counts = await Promise.all([2, 3, 4].map((size) => tending(size)(noon)))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(9)
    for (const { chatId } of people) expect(await world.toldIn(chatId)).toHaveLength(1)
  })

  it('waits for the end of the quiet hours', async () => {
    const person = await world.seat()
    await subscribe(person)
    await announce()
    expect(await world.tendAt(at('01 21:00'))).toBe(0)
    expect(await world.tendAt(at('02 06:59'))).toBe(0)
    expect(await world.tendAt(at('02 07:00'))).toBe(1)
  })

  it('stops with a course on which nobody can register any more', async () => {
    await subscribe(await world.seat())
    const over = [
      { state: 'cancelled' },
      { state: 'selection' },
      { closesAt: at('01 11:00') },
      { startsAt: at('01 11:00') },
    ] as const
    for (const more of over) {
      const number = await announce(more)
      expect(await world.tendAt(noon)).toBe(0)
      const { toldId, tellUntilId } = await cursorOf(number)
      expect([toldId, tellUntilId]).toEqual([0n, 0n])
    }
  })

  it('leaves out chats whose person blocked the bot, and notes in the trail how many were told', async () => {
    const person = await world.seat()
    await subscribe(person)
    await world.prisma.chat.update({ where: { id: person.chatId }, data: { state: 'stopped' } })
    const number = await announce()
    await world.tendAt(noon)
    expect(await world.prisma.outboxMessage.count()).toBe(0)
    const where = { action: 'training.announce', subject: String(number) }
    expect(await world.prisma.auditEntry.findMany({ where })).toMatchObject([{ details: { told: 1 } }])
  })
})

/** A voice that tells so often, and then ends the process within its transaction. */
function failingAfter(times: number): NoticeWorld['voice'] {
  let left = times
  return {
    ...world.voice,
    async tellMany(...given) {
      await world.voice.tellMany(...given)
      left -= 1
      if (left < 0) throw new Error('killed')
    },
  }
}
