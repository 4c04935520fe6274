import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTendNotices } from '../../src/training/notices/tend-notices.ts'
import { createTendSeatsStore } from '../../src/training/seats/store-tend-seats.ts'
import { createTendSeats } from '../../src/training/seats/tend-seats.ts'
import { openTestApp } from '../support/test-app.ts'
import { at, type NoticeWorld, openNoticeWorld } from './notices/notice-world.ts'
import { day, later, openSeatsWorld } from './seats/seats-world.ts'

describe('createTendSeats, where one offer cannot be ended', () => {
  it('ends the others, and says that something failed', async () => {
    const world = await openSeatsWorld()
    const numbers: number[] = []
    for (const who of ['Ina', 'Ama']) {
      const { values } = await (await world.seat()).register(await world.course(), who)
      numbers.push(Number(values.number))
    }
    await world.prisma.registration.updateMany({ data: { state: 'offered', offerUntil: later(-1) } })
    const [broken, next] = numbers as [number, number]
    const notices = {
      ...world.notices,
      put: (...given: Parameters<typeof world.notices.put>) =>
        given[1].some(({ registration }) => registration === broken)
          ? Promise.reject(new Error('broken'))
          : world.notices.put(...given),
    }
    const tend = createTendSeats({ ...world, notices, tend: createTendSeatsStore(world) })
    await expect(tend(world.clock.now)).rejects.toThrow('1 things could not be tended')
    expect((await world.registration(broken)).state).toBe('offered')
    expect((await world.registration(next)).state).toBe('lapsed')
    await world.close()
  }, 60_000)
})

describe('createTendNotices, where something fails', () => {
  let world: NoticeWorld
  beforeAll(async () => {
    world = await openNoticeWorld()
  }, 60_000)
  afterAll(() => world.close())
  beforeEach(() => world.database.pool.query('DELETE FROM course'))

  /** A course that everybody is to be told of. */
  async function announced(title: string) {
    const number = await world.openCourse([at('20 08:00')], { state: 'registration', title })
    await world.prisma.course.update({
      where: { id: BigInt(number) },
      data: {
        ...{ opensAt: at('01 08:00'), closesAt: at('10 17:00'), announcedAt: at('01 10:00') },
        ...{ toldId: 0n, tellUntilId: 1_000n },
      },
    })
  }

  it('tells of the next course, and what is due besides', async () => {
    const subscriber = await world.seat()
    await world.prisma.subscription.create({ data: { ...subscriber, topic: 'training', textVersion: '1' } })
    await announced('Las listrik')
    await announced('Menjahit dasar')
    const someone = await world.register(await world.openCourse([at('20 08:00')]), { state: 'reserve' })
    await world.decide(someone.number, 'accepted')
    const newsOf = (course: Parameters<typeof world.deps.newsOf>[0]) => {
      if (course.title === 'Las listrik') throw new Error('no words')
      return world.deps.newsOf(course)
    }
    const reminders = { ...world.deps.reminders, coming: () => Promise.reject(new Error('down')) }
    const tend = createTendNotices({ ...world.deps, newsOf, reminders })
    await expect(tend(at('01 12:00'))).rejects.toThrow('2 things could not be tended')
    expect((await world.toldIn(subscriber.chatId)).join()).toContain('Menjahit dasar')
    expect((await world.toldIn(someone.chatId)).join()).toContain('diterima')
  })
})

describe('tendTrainings', () => {
  it('tells what is due although a course cannot be tended', async () => {
    const app = await openTestApp({ LOPO_NOW: '2026-12-07T09:00:00+08:00' })
    const { prisma } = app.storage.database
    const now = app.now()
    const inDays = (days: number) => new Date(now.getTime() + days * day)
    const course = (more: object) =>
      prisma.course.create({
        data: {
          ...{ title: 'Menjahit', subject: 'menjahit', office: 'umum', place: 'Balai', contact: 'Ibu Rini' },
          ...{ seats: 16, selection: 'arrival', createdBy: 'Ama', state: 'selection', opensAt: inDays(-5) },
          ...{ closesAt: inDays(-1), startsAt: inDays(9), endsAt: inDays(10), ...more },
          sessions: { create: { startsAt: inDays(9), endsAt: inDays(10) } },
        },
      })
    // Nobody can read what quotas it has.
    await course({ state: 'announced', quotas: [{ by: 'shoe size' }] })
    const { id: courseId } = await course({})
    const { id: contactId } = await prisma.contact.create({ data: {} })
    const { id: chatId } = await prisma.chat.create({
      data: { contactId, channel: 'terminal', account: 'terminal', externalId: 'somebody' },
    })
    await prisma.registration.create({
      data: {
        ...{ courseId, contactId, chatId, forWhom: 'self', kelurahan: '53.71.02.1001', education: 'sma' },
        ...{ consentVersion: '1', consentAt: now, state: 'accepted', stateAt: inDays(-1) },
        notices: { create: { key: 'result', kind: 'result', dueAt: now } },
      },
    })
    await expect(app.tendTrainings(now)).rejects.toThrow('could not be tended')
    expect(await prisma.outboxMessage.count({ where: { chatId } })).toBe(1)
    await app.close()
  }, 60_000)
})
