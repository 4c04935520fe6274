import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { classCode } from '../../../src/training/attendance/class-code.ts'
import { type ClassWorld, day, firstDay, hour, later, openClassWorld, trainer } from './class-world.ts'

let world: ClassWorld
beforeAll(async () => {
  world = await openClassWorld()
}, 60_000)
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = firstDay
})

const codeOf = (sessionId: bigint) => classCode(world.keyring, sessionId, world.clock.now).code
/** Another code than that of the session. */
const wrongOf = (sessionId: bigint) => String((Number(codeOf(sessionId)) + 1) % 1_000_000).padStart(6, '0')
const presences = (number: number) =>
  world.prisma.attendance.findMany({ where: { registrationId: BigInt(number) } })

async function seat(state?: 'accepted' | 'attending' | 'reserve' | 'offered' | 'registered' | 'absent') {
  const course = await world.course()
  const chat = await world.chat()
  const number = await world.person(chat, course.number, 'Maria Contoh', state)
  return { course, chat, number, session: course.sessions[0]! }
}

describe('checkIn', () => {
  it('notes who is in class by what they wrote, once, and that they take part from then on', async () => {
    const { chat, number, session } = await seat()
    const written = `hadir ${codeOf(session.id).replace(/^(...)/, '$1 ')}`
    const told = {
      title: 'Menjahit dasar',
      session: 'Kamis, 5 Maret 2026 pukul 09.00 WITA',
      name: 'Maria Contoh',
    }
    expect(await world.checkIn(chat, written)).toEqual({ outcome: 'present', values: told })
    expect(await world.checkIn(chat, written)).toEqual({ outcome: 'already', values: told })
    expect(await presences(number)).toMatchObject([{ sessionId: session.id, way: 'code', by: null }])
    expect(await world.state(number)).toBe('attending')
    const changes = await world.prisma.registrationChange.findMany({
      where: { registrationId: BigInt(number), state: 'attending' },
    })
    expect(changes).toMatchObject([{ actor: 'resident', by: null }])
    const trail = (await world.trail('registration.check_in')).filter(
      ({ subject }) => subject === String(number),
    )
    expect(trail.map(({ outcome }) => outcome)).toEqual(['present', 'already'])
    expect(trail[0]).toMatchObject({ actorId: chat.contactId, details: { session: Number(session.id) } })
  })

  it('notes everybody whom the chat registered for the class, and nobody else', async () => {
    const { course, chat, number, session } = await seat()
    const child = await world.person(chat, course.number, 'Yosef Contoh')
    const out = await world.person(chat, course.number, 'Anton Contoh', 'withdrawn')
    const stranger = await world.person(await world.chat(), course.number, 'Orang Lain')
    const { outcome, values } = await world.checkIn(chat, codeOf(session.id))
    expect([outcome, values.names]).toEqual(['several', 'Maria Contoh, Yosef Contoh'])
    for (const each of [number, child]) expect(await presences(each)).toHaveLength(1)
    for (const each of [out, stranger]) expect(await presences(each)).toEqual([])
  })

  it('knows a class by its code where several are on', async () => {
    const { chat } = await seat()
    const other = await world.course({ title: 'Barista' })
    const number = await world.person(chat, other.number, 'Maria Contoh')
    const { values } = await world.checkIn(chat, codeOf(other.sessions[0]!.id))
    expect(values.title).toBe('Barista')
    expect(await presences(number)).toHaveLength(1)
  })

  it('is for a class that is on: from an hour before to an hour after', async () => {
    for (const [ms, outcome] of [
      [-hour - 1, 'no_class'],
      [-hour, 'present'],
      [4 * hour - 1, 'present'],
      [4 * hour, 'no_class'],
    ] as const) {
      const { chat, session } = await seat()
      world.clock.now = later(ms)
      expect((await world.checkIn(chat, codeOf(session.id))).outcome).toBe(outcome)
      world.clock.now = firstDay
    }
  })

  it.each(['registered', 'reserve', 'offered', 'absent'] as const)(
    'is for nobody who is not in the class, even with the right code: %s',
    async (state) => {
      const { chat, number, session } = await seat(state)
      expect(await world.checkIn(chat, codeOf(session.id))).toEqual({ outcome: 'no_class', values: {} })
      expect(await presences(number)).toEqual([])
      expect(await world.state(number)).toBe(state)
    },
  )

  it('takes no code of a class that is not theirs', async () => {
    const { chat, number } = await seat()
    const other = await world.course()
    expect((await world.checkIn(chat, codeOf(other.sessions[0]!.id))).outcome).toBe('wrong')
    expect((await world.checkIn(await world.chat(), codeOf(other.sessions[0]!.id))).outcome).toBe('no_class')
    expect(await presences(number)).toEqual([])
  })

  it('knows no class of a course that was called off', async () => {
    const { course, chat, session } = await seat()
    await world.prisma.course.update({ where: { id: BigInt(course.number) }, data: { state: 'cancelled' } })
    expect((await world.checkIn(chat, codeOf(session.id))).outcome).toBe('no_class')
  })

  it('still takes the code that was shown before, and no older one', async () => {
    const { chat, session } = await seat()
    const code = codeOf(session.id)
    world.clock.now = later(6 * 60_000)
    expect((await world.checkIn(chat, code)).outcome).toBe('wrong')
    world.clock.now = later(6 * 60_000 - 1)
    expect((await world.checkIn(chat, code)).outcome).toBe('present')
  })

  it('takes none after five wrong codes, until an hour is over; each chat for itself', async () => {
    const { course, chat, number, session } = await seat()
    for (let tried = 0; tried < 5; tried += 1) {
      world.clock.now = later(tried * 60_000)
      expect((await world.checkIn(chat, wrongOf(session.id))).outcome).toBe('wrong')
    }
    expect(await world.checkIn(chat, codeOf(session.id))).toEqual({ outcome: 'locked', values: {} })
    expect(await presences(number)).toEqual([])
    const other = await world.chat()
    await world.person(other, course.number, 'Orang Lain')
    expect((await world.checkIn(other, codeOf(session.id))).outcome).toBe('present')
    world.clock.now = later(hour - 1)
    expect((await world.checkIn(chat, codeOf(session.id))).outcome).toBe('locked')
    world.clock.now = later(hour)
    expect((await world.checkIn(chat, codeOf(session.id))).outcome).toBe('present')
  })

  it('counts nothing against somebody who wrote no code', async () => {
    const { chat, session } = await seat()
    for (let tried = 0; tried < 6; tried += 1) {
      expect((await world.checkIn(chat, 'hadir bu, saya di depan')).outcome).toBe('wrong')
    }
    expect((await world.checkIn(chat, codeOf(session.id))).outcome).toBe('present')
  })

  it('lets no one try more codes by sending them at once', async () => {
    const { chat, session } = await seat()
    const sent = Array.from({ length: 12 }, () => world.checkIn(chat, wrongOf(session.id)))
    const outcomes = (await Promise.all(sent)).map(({ outcome }) => outcome).sort()
    expect(outcomes).toEqual([...Array(7).fill('locked'), ...Array(5).fill('wrong')])
  })

  it('leaves a refusal in the trail without the code', async () => {
    const { chat, session } = await seat()
    const code = wrongOf(session.id)
    await world.checkIn(chat, code)
    const trail = await world.trail('registration.check_in')
    expect(trail.at(-1)).toMatchObject({ actorId: chat.contactId, subject: null, outcome: 'wrong' })
    expect(JSON.stringify(trail)).not.toContain(code)
  })

  it('gets along with an officer who takes the person out at the same time', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { course, chat, number, session } = await seat()
      world.clock.now = later(3 * hour)
      const [{ outcome }, absent] = await Promise.all([
        world.checkIn(chat, codeOf(session.id)),
        world.desk.markAbsent(trainer, course.number, [number]),
      ])
      expect(absent).toEqual({ done: 1, left: [] })
      expect(await world.state(number)).toBe('absent')
      expect(await presences(number)).toHaveLength(outcome === 'present' ? 1 : 0)
      world.clock.now = firstDay
    }
  })

  it('takes each session for itself', async () => {
    const { course, chat, number, session } = await seat()
    await world.checkIn(chat, codeOf(session.id))
    world.clock.now = later(day)
    const [, second] = course.sessions
    expect((await world.checkIn(chat, codeOf(session.id))).outcome).toBe('wrong')
    expect((await world.checkIn(chat, codeOf(second!.id))).outcome).toBe('present')
    expect(await presences(number)).toHaveLength(2)
  })
})
