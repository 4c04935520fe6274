import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { classCode } from '../../../src/training/attendance/class-code.ts'
import {
  type ClassWorld,
  day,
  firstDay,
  hour,
  later,
  openClassWorld,
  trainer,
} from '../attendance/class-world.ts'

let world: ClassWorld
beforeAll(async () => {
  world = await openClassWorld()
}, 60_000)
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = firstDay
})

async function openClass(given: Parameters<ClassWorld['course']>[0] = {}) {
  const course = await world.course(given)
  const chat = await world.chat()
  const zita = await world.person(chat, course.number, 'Zita Contoh')
  const adi = await world.person(await world.chat(), course.number, 'Adi Contoh')
  const session = course.sessions[0]!
  const mark = (...numbers: number[]) => world.desk.mark(trainer, course.number, session.id, numbers)
  const read = async () => {
    const { people } = (await world.desk.read(trainer, course.number, session.id))!
    return people.map(({ name, present, way }) => [name, present, way])
  }
  return { course, chat, zita, adi, session, mark, read }
}

describe('read', () => {
  it('lists who is in the class by name, and who was there by what', async () => {
    const { course, chat, adi, session, mark, read } = await openClass()
    await world.person(await world.chat(), course.number, 'Tunggu Contoh', 'reserve')
    await world.person(await world.chat(), course.number, 'Tawar Contoh', 'offered')
    await world.person(await world.chat(), course.number, 'Lulus Contoh', 'passed')
    await world.checkIn(chat, classCode(world.keyring, session.id, firstDay).code)
    expect(await read()).toEqual([
      ['Adi Contoh', false, undefined],
      ['Lulus Contoh', false, undefined],
      ['Zita Contoh', true, 'code'],
    ])
    const zita = (await world.desk.read(trainer, course.number, session.id))!.people.at(-1)!.number
    await mark(adi, zita)
    expect((await read()).map(([name, , way]) => [name, way])).toEqual([
      ['Adi Contoh', 'list'],
      ['Lulus Contoh', undefined],
      ['Zita Contoh', 'code'],
    ])
  })

  it('is in the trail, once a minute for each officer', async () => {
    const { course, session, read } = await openClass()
    const subject = String(course.number)
    const looks = async () =>
      (await world.trail('training.attendance')).filter((each) => each.subject === subject)
    await read()
    await read()
    expect(await looks()).toEqual([
      {
        ...{ actorType: 'staff', actorId: trainer.id, subject, outcome: null },
        details: { session: Number(session.id), people: 2 },
      },
    ])
    await world.desk.read({ ...trainer, id: 'id-other' }, course.number, session.id)
    world.clock.now = later(60_000)
    await read()
    expect(await looks()).toHaveLength(3)
  })

  it('knows no other session, and none of a course that is only planned', async () => {
    const { course, session } = await openClass()
    const other = await openClass({ state: 'draft' })
    expect(await world.desk.read(trainer, course.number, other.session.id)).toBeUndefined()
    expect(await world.desk.read(trainer, 999_999, session.id)).toBeUndefined()
    expect(await world.desk.read(trainer, Number.NaN, session.id)).toBeUndefined()
    expect(await world.desk.read(trainer, other.course.number, other.session.id)).toBeUndefined()
  })

  it('names nobody who was erased', async () => {
    const { adi, read } = await openClass()
    await world.prisma.registration.update({ where: { id: BigInt(adi) }, data: { details: null } })
    expect(await read()).toEqual([
      ['', false, undefined],
      ['Zita Contoh', false, undefined],
    ])
  })
})

describe('code', () => {
  it('shows the code of now while attendance is taken, and then none', async () => {
    const { course, chat, session } = await openClass()
    const at = async (ms: number) => {
      world.clock.now = later(ms)
      return world.desk.code(trainer, course.number, session.id)
    }
    expect(await at(-hour - 1)).toBeUndefined()
    expect(await at(4 * hour)).toBeUndefined()
    expect(await at(-hour)).toBeDefined()
    const shown = (await at(hour))!
    expect(shown.validUntil).toEqual(later(hour + 180_000))
    expect((await world.checkIn(chat, shown.code)).outcome).toBe('present')
    expect(await world.desk.code(trainer, course.number + 1, session.id)).toBeUndefined()
    expect((await world.trail('training.class_code')).at(-1)).toMatchObject({
      ...{ actorId: trainer.id, subject: String(course.number) },
      details: { session: Number(session.id) },
    })
  })
})

describe('mark', () => {
  it('notes exactly these, adds and takes off, and keeps who takes part taking part', async () => {
    const { zita, adi, mark, read } = await openClass()
    expect(await mark(adi)).toEqual({ type: 'done', present: 1 })
    expect([await world.state(adi), await world.state(zita)]).toEqual(['attending', 'accepted'])
    expect(await mark(zita)).toEqual({ type: 'done', present: 1 })
    expect(await read()).toEqual([
      ['Adi Contoh', false, undefined],
      ['Zita Contoh', true, 'list'],
    ])
    expect([await world.state(adi), await world.state(zita)]).toEqual(['attending', 'attending'])
    const row = await world.prisma.attendance.findFirst({ where: { registrationId: BigInt(zita) } })
    expect(row).toMatchObject({ by: trainer.name, at: firstDay })
    const trail = (await world.trail('training.mark')).slice(-3)
    expect(trail.map(({ subject, outcome }) => [Number(subject), outcome])).toEqual([
      [adi, 'present'],
      [zita, 'present'],
      [adi, 'absent'],
    ])
  })

  it('leaves who came by the code so, unless they are taken off', async () => {
    const { chat, zita, session, mark, read } = await openClass()
    await world.checkIn(chat, classCode(world.keyring, session.id, firstDay).code)
    await mark(zita)
    expect((await read()).at(-1)).toEqual(['Zita Contoh', true, 'code'])
    await mark()
    expect((await read()).at(-1)).toEqual(['Zita Contoh', false, undefined])
  })

  it('notes nobody who is not in the class', async () => {
    const { course, mark } = await openClass()
    const reserve = await world.person(await world.chat(), course.number, 'Tunggu Contoh', 'reserve')
    const elsewhere = (await openClass()).adi
    expect(await mark(reserve, elsewhere, 999_999)).toEqual({ type: 'done', present: 0 })
    expect(await world.prisma.attendance.count({ where: { sessionId: course.sessions[0]!.id } })).toBe(0)
    expect(await world.state(reserve)).toBe('reserve')
  })

  it('is early until an hour before the session, and never late', async () => {
    const { adi, mark } = await openClass()
    world.clock.now = later(-hour - 1)
    expect(await mark(adi)).toEqual({ type: 'early' })
    world.clock.now = later(-hour)
    expect(await mark(adi)).toMatchObject({ type: 'done' })
    world.clock.now = later(30 * day)
    expect(await mark(adi)).toMatchObject({ type: 'done' })
  })

  it('knows no other session', async () => {
    const { course } = await openClass()
    const other = await openClass()
    expect(await world.desk.mark(trainer, course.number, other.session.id, [])).toEqual({ type: 'unknown' })
  })

  it('loses no code that comes while a list is handed in', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { chat, zita, adi, session, mark } = await openClass()
      const code = classCode(world.keyring, session.id, firstDay).code
      await Promise.all([mark(adi, zita), world.checkIn(chat, code)])
      const rows = await world.prisma.attendance.findMany({ where: { sessionId: session.id } })
      expect(rows).toHaveLength(2)
    }
  })
})

describe('markAbsent', () => {
  it('takes who did not come out of the class once the first session is over, and bars them for a time', async () => {
    const { course, zita, adi } = await openClass({ barDays: 30 })
    world.clock.now = later(3 * hour - 1)
    expect(await world.desk.markAbsent(trainer, course.number, [adi])).toEqual({
      done: 0,
      left: [{ number: adi, name: 'Adi Contoh', why: 'not_ready' }],
    })
    world.clock.now = later(3 * hour)
    expect(await world.desk.markAbsent(trainer, course.number, [adi])).toEqual({ done: 1, left: [] })
    expect(await world.registration(adi)).toMatchObject({
      state: 'absent',
      barredUntil: new Date(later(3 * hour).getTime() + 30 * day),
    })
    const person = { name: 'Adi Contoh', birth: '1998-07-14', kelurahan: '53.71.04.1008' }
    expect(await world.shared.store.bar(world.prisma, person, world.clock.now)).toBeDefined()
    expect(await world.shared.store.seated(world.prisma, course.number)).toHaveLength(1)
    expect(await world.state(zita)).toBe('accepted')
    expect((await world.trail('training.absent')).at(-1)).toMatchObject({
      ...{ actorId: trainer.id, subject: String(adi), outcome: 'barred' },
    })
  })

  it('bars nobody where the course has no such rule', async () => {
    const { course, adi } = await openClass({ barDays: 0 })
    world.clock.now = later(day)
    await world.desk.markAbsent(trainer, course.number, [adi])
    expect(await world.registration(adi)).toMatchObject({ state: 'absent', barredUntil: undefined })
  })

  it('leaves whoever is not in the class, and says so', async () => {
    const { course, adi } = await openClass()
    const passed = await world.person(await world.chat(), course.number, 'Lulus Contoh', 'passed')
    const elsewhere = (await openClass()).adi
    world.clock.now = later(day)
    expect(await world.desk.markAbsent(trainer, course.number, [passed, elsewhere, adi, adi])).toEqual({
      done: 1,
      left: [
        { number: passed, name: 'Lulus Contoh', why: 'over' },
        { number: elsewhere, name: '', why: 'unknown' },
      ],
    })
    expect(await world.state(elsewhere)).toBe('accepted')
    expect(await world.desk.markAbsent(trainer, 999_999, [adi])).toEqual({ type: 'unknown' })
  })
})
