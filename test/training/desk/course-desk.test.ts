import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CoursePlan, CourseQuestion } from '../../../src/training/course.ts'
import { topicOf } from '../../../src/training/notices/interests.ts'
import { type DeskWorld, hour, ina, monday, oma, on, openDeskWorld, planOf, sessionOn } from './desk-world.ts'

let world: DeskWorld
beforeAll(async () => {
  world = await openDeskWorld()
}, 60_000)
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = monday
})

const done = { type: 'done' }
const problems = (result: object) =>
  'problems' in result && Array.isArray(result.problems)
    ? result.problems.map(({ code, field }) => `${code} ${field}`)
    : result
const question: CourseQuestion = {
  ...{ id: 'q1', text: 'Ukuran baju?', kind: 'text', choices: [], optional: true },
}

describe('create', () => {
  it('makes a draft of what was written, tidied', async () => {
    const plan = planOf({
      ...{ title: '  Menjahit\u200b \n dasar ', requirements: 'Bawa kain\r\n\n\n\nNIK 5399041708800001 ' },
      ...{ mapUrl: ' ', domicile: ['53.71.03', '53.71.03'], sessions: [sessionOn(21), sessionOn(14)] },
      questions: [{ ...question, kind: 'number', choices: ['x', 'y'] }],
    })
    const made = await world.courses.create(ina, plan)
    if (made.type !== 'done') throw new Error(made.type)
    expect(await world.read(made.number)).toMatchObject({
      ...{ state: 'draft', version: 0, createdBy: ina.name, createdAt: monday },
      ...{ title: 'Menjahit dasar', requirements: 'Bawa kain\n\nNIK #', mapUrl: undefined },
      ...{ domicile: ['53.71.03'], startsAt: on(14, 9), endsAt: on(21, 12), announcedAt: undefined },
      sessions: [sessionOn(14), sessionOn(21)],
      questions: [{ ...question, kind: 'number', optional: false }],
    })
    expect(await world.trail('training.course_create', made.number)).toEqual([
      {
        ...{ actorType: 'staff', actorId: ina.id, outcome: null },
        details: { seats: 2, sessions: 2 },
      },
    ])
  })

  it('keeps nothing of a plan with problems', async () => {
    const before = await world.prisma.course.count()
    const made = await world.courses.create(ina, planOf({ opensAt: on(-1, 8), sessions: [sessionOn(-3)] }))
    expect(problems(made)).toEqual([...['past opensAt', 'window_after_start closesAt', 'past sessions.0']])
    expect(await world.prisma.course.count()).toBe(before)
  })
})

describe('edit', () => {
  it('changes everything of a draft, and tells nobody', async () => {
    const number = await world.course()
    const change = { title: 'Las', subject: 'las', selection: 'arrival', sessions: [sessionOn(15)] } as const
    expect(await world.edit(number, change)).toEqual({ type: 'done', told: 0 })
    expect(await world.read(number)).toMatchObject({ ...change, version: 1, startsAt: on(15, 9) })
    const [entry] = await world.trail('training.course_edit', number)
    expect(entry?.details).toEqual({
      ...{ version: 1, told: 0, fields: 'title, subject, selection, sessions' },
    })
  })

  it('refuses what a colleague changed meanwhile', async () => {
    const number = await world.course()
    await world.edit(number, { title: 'Satu' })
    expect(await world.courses.edit(oma, number, planOf({ title: 'Dua' }), 0)).toEqual({ type: 'moved' })
    expect((await world.read(number)).title).toBe('Satu')
  })

  it('lets one of two who save at once win', async () => {
    const number = await world.course()
    const both = [ina, oma].map((who) => world.courses.edit(who, number, planOf({ title: who.name }), 0))
    expect((await Promise.all(both)).map(({ type }) => type).toSorted()).toEqual(['done', 'moved'])
    expect((await world.read(number)).version).toBe(1)
  })

  it('refuses courses that are over, and those that are not there', async () => {
    for (const state of ['finished', 'cancelled'] as const)
      expect(await world.edit(await world.course({}, state), { title: 'Lain' })).toEqual({ type: 'state' })
    expect(await world.courses.edit(ina, 987_654, planOf(), 0)).toEqual({ type: 'unknown' })
    expect(await world.courses.edit(ina, 1.5, planOf(), 0)).toEqual({ type: 'unknown' })
  })

  it('keeps what people registered for, once somebody did', async () => {
    const number = await world.course({}, 'announced')
    expect(await world.edit(number, { title: 'Menjahit lanjutan' })).toMatchObject(done)
    await world.person(number, 'cancelled')
    const change = {
      ...{ title: 'Las', selection: 'arrival' as const, exclusive: false, questions: [question] },
      ...{ contact: 'Loket 5', requirements: '' },
    } satisfies Partial<CoursePlan>
    const refused = await world.edit(number, change)
    expect(problems(refused)).toEqual([
      ...['fixed title', 'fixed selection', 'fixed exclusive', 'fixed questions'],
    ])
    expect(refused).toMatchObject({ problems: [{ details: { value: 'Menjahit lanjutan' } }, {}, {}, {}] })
    const { title, selection, exclusive, questions, ...rest } = change
    expect(await world.edit(number, rest)).toEqual({ type: 'done', told: 0 })
  })

  it('never leaves fewer seats than are taken, in all and of a group', async () => {
    const women = { by: 'gender', values: ['female'], seats: 3 } as const
    const number = await world.course({ seats: 5, quotas: [women] }, 'selection')
    for (const state of ['accepted', 'offered', 'attending'] as const)
      await world.person(number, state, { gender: 'female' })
    await world.person(number, 'accepted', { gender: 'male' })
    await world.person(number, 'reserve', { gender: 'female' })
    expect(await world.edit(number, { seats: 3, quotas: [{ ...women, seats: 2 }] })).toEqual({
      type: 'problems',
      problems: [
        { code: 'quota_below_taken', field: 'seats', details: { seats: 3, taken: 4 } },
        { code: 'quota_below_taken', field: 'quotas.0', details: { seats: 2, taken: 3 } },
      ],
    })
    expect(await world.edit(number, { seats: 4 })).toMatchObject(done)
  })

  it('never leaves fewer seats than are taken by whoever registers at the same time', async () => {
    const number = await world.course({ seats: 8, selection: 'arrival', opensAt: on(0, 7) }, 'registration')
    const edits = [6, 5, 4].map((seats) => world.edit(number, { seats }))
    await Promise.all([...edits, ...Array.from({ length: 10 }, () => world.arrive(number))])
    const { seats } = await world.read(number)
    const seated = await world.prisma.registration.count({
      where: { courseId: BigInt(number), state: 'accepted' },
    })
    expect(seated).toBeLessThanOrEqual(seats)
  })

  it('lets sessions be that began, and registration that was opened', async () => {
    const number = await world.course({}, 'running')
    const [first, second] = (await world.read(number)).sessions
    world.clock.now = on(14, 10)
    expect(problems(await world.edit(number, { sessions: [sessionOn(21)] }))).toEqual(['fixed sessions'])
    const longer = { ...sessionOn(14), endsAt: on(14, 13) }
    expect(problems(await world.edit(number, { sessions: [sessionOn(21), longer] }))).toEqual([
      'fixed sessions.1',
    ])
    expect(problems(await world.edit(number, { opensAt: on(1, 9), closesAt: on(9, 16) }))).toEqual([
      ...['fixed opensAt', 'fixed closesAt'],
    ])
    expect(problems(await world.edit(number, { sessions: [sessionOn(13), first!, second!] }))).toEqual([
      'past sessions.0',
    ])
    expect(await world.edit(number, { sessions: [first!, sessionOn(22)] })).toMatchObject(done)
  })

  it('keeps the sessions that stay, so that it stays noted who was there', async () => {
    const number = await world.course({ sessions: [sessionOn(14), sessionOn(21), sessionOn(28)] }, 'running')
    const before = (await world.read(number)).sessions
    const person = await world.person(number, 'attending')
    world.clock.now = on(15, 8)
    const registrationId = BigInt(person)
    await world.prisma.attendance.create({
      data: { registrationId, sessionId: before[0]!.id, way: 'list', at: world.clock.now },
    })
    // The second is put off for a day, the third is dropped, and two others come.
    const sessions = [sessionOn(36), sessionOn(22), sessionOn(14), sessionOn(35)]
    expect(await world.edit(number, { sessions })).toMatchObject(done)
    const after = (await world.read(number)).sessions
    expect(after.map(({ startsAt }) => startsAt)).toEqual([14, 22, 35, 36].map((days) => on(days, 9)))
    expect(after.slice(0, 3).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    expect(await world.prisma.attendance.count({ where: { registrationId } })).toBe(1)
    expect(await world.edit(number, { sessions: [sessionOn(14), sessionOn(36)] })).toMatchObject(done)
    const [, last] = (await world.read(number)).sessions
    expect(last?.id).toBe(after[3]!.id)
    expect(await world.read(number)).toMatchObject({ endsAt: on(36, 12) })
  })

  it('tells whoever is in of another place or time, outside the quiet hours', async () => {
    const number = await world.course({}, 'selection')
    const standing = [await world.person(number, 'accepted'), await world.person(number, 'reserve')]
    const erased = await world.person(number, 'accepted')
    await world.prisma.registration.update({ where: { id: BigInt(erased) }, data: { chatId: null } })
    const gone = await world.person(number, 'rejected')
    expect(await world.edit(number, { contact: 'Loket 7', minAge: 18 })).toEqual({ type: 'done', told: 0 })
    world.clock.now = on(0, 22)
    const sessions = [sessionOn(15), sessionOn(22)]
    expect(await world.edit(number, { place: 'Balai Latihan', sessions })).toEqual({ type: 'done', told: 2 })
    const details = {
      ...{ old_place: planOf().place, old_starts: 'Senin, 19 Januari 2026 pukul 09.00 WITA' },
    }
    for (const person of standing)
      expect(await world.notices(person)).toEqual([
        { kind: 'changed', key: 'changed:2', details, dueAt: on(1, 7) },
      ])
    expect([...(await world.notices(gone)), ...(await world.notices(erased))]).toEqual([])
  })

  it('tells once of two changes that nobody was told of between', async () => {
    const number = await world.course({}, 'announced')
    const person = await world.person(number)
    await world.edit(number, { place: 'Balai' })
    const late = await world.person(number)
    await world.edit(number, { sessions: [sessionOn(14, 10), sessionOn(21)] })
    expect(await world.notices(person)).toMatchObject([{ key: 'changed:2', details: {} }])
    expect((await world.notices(person))[0]?.details).toEqual({})
    expect((await world.notices(late))[0]?.details).toEqual({
      old_starts: 'Senin, 19 Januari 2026 pukul 09.00 WITA',
    })
  })

  it('tells all as it is now when a later session is another', async () => {
    const number = await world.course({}, 'announced')
    const person = await world.person(number)
    expect(await world.edit(number, { sessions: [sessionOn(14), sessionOn(28)] })).toMatchObject({ told: 1 })
    expect(await world.notices(person)).toMatchObject([{ kind: 'changed', details: {} }])
  })
})

describe('copy', () => {
  it('makes a draft of the same on the same days of the week to come, without the people', async () => {
    const old = await world.course({ questions: [question], seats: 7 }, 'finished')
    await world.person(old, 'certified')
    world.clock.now = new Date(on(30, 8).getTime() + hour / 2)
    const copied = await world.courses.copy(oma, old)
    if (copied.type !== 'done') throw new Error(copied.type)
    const later = (days: number, at: number) => on(days + 35, at)
    expect(await world.read(copied.number)).toMatchObject({
      ...{ state: 'draft', version: 0, createdBy: oma.name, title: 'Menjahit dasar', seats: 7 },
      ...{ opensAt: later(1, 8), closesAt: later(8, 16), startsAt: later(14, 9), endsAt: later(21, 12) },
      ...{ questions: [question], announcedAt: undefined, endedAt: undefined },
    })
    expect((await world.courses.read(oma, copied.number))?.applicants).toBe(0)
    expect(await world.trail('training.course_copy', copied.number)).toMatchObject([
      { details: { from: old } },
    ])
    expect(await world.courses.move(oma, copied.number, 'announced')).toEqual(done)
  })

  it('moves everything by a week at least, and into the time to come', async () => {
    const young = await world.course()
    const copied = await world.courses.copy(ina, young)
    if (copied.type !== 'done') throw new Error(copied.type)
    expect((await world.read(copied.number)).startsAt).toEqual(on(21, 9))
    const early = await world.course({ opensAt: on(0, 1) })
    world.clock.now = on(7, 6)
    const again = await world.courses.copy(ina, early)
    if (again.type !== 'done') throw new Error(again.type)
    expect((await world.read(again.number)).opensAt).toEqual(on(14, 1))
    expect(await world.courses.copy(ina, 987_654)).toEqual({ type: 'unknown' })
  })
})

describe('move', () => {
  const state = async (number: number) => (await world.read(number)).state

  it('takes a course through its life, and no other way', async () => {
    const number = await world.course()
    const steps = ['announced', 'registration', 'selection', 'running', 'finished'] as const
    for (const [index, to] of steps.entries()) {
      for (const other of steps.filter((each) => each !== to && index + 1 !== steps.indexOf(each)))
        expect(await world.courses.move(ina, number, other), `${to}, not ${other}`).toEqual({ type: 'state' })
      expect((await world.courses.read(ina, number))?.moves).toContain(to)
      expect(await world.courses.move(ina, number, to)).toEqual(done)
      expect(await state(number)).toBe(to)
    }
    expect(await world.read(number)).toMatchObject({ version: 5, endedAt: monday })
    expect((await world.courses.read(ina, number))?.moves).toEqual([])
    expect(await world.courses.move(ina, number, 'cancelled', 'Salah tekan')).toEqual({ type: 'state' })
    expect((await world.trail('training.course_move', number)).map(({ details }) => details)).toEqual(
      steps.map((to, index) => ({ from: ['draft', ...steps][index], to })),
    )
    expect(await world.courses.move(ina, 987_654, 'announced')).toEqual({ type: 'unknown' })
  })

  it('announces to whoever had subscribed by then', async () => {
    const alone = await world.course()
    expect(await world.courses.move(ina, alone, 'announced')).toEqual(done)
    expect(await world.courses.read(ina, alone)).toMatchObject({
      ...{ course: { announcedAt: monday }, announcement: { told: 0, left: 0 } },
    })
    const contacts = await Promise.all([1, 2, 3, 4].map(() => world.prisma.contact.create({ data: {} })))
    for (const [index, { id: contactId }] of contacts.entries()) {
      const topic = topicOf(['menjahit', 'all', 'menjahit', 'las'][index] ?? '')
      await world.prisma.subscription.create({ data: { contactId, topic, textVersion: '1', chatId: 1n } })
    }
    // The first chose two topics: they are told once.
    const [first] = contacts
    const again = { contactId: first!.id, topic: topicOf('all'), textVersion: '1', chatId: 1n }
    await world.prisma.subscription.create({ data: again })
    const number = await world.course()
    expect((await world.courses.read(ina, number))?.announcement).toBeUndefined()
    await world.courses.move(ina, number, 'announced')
    const row = await world.prisma.course.findUniqueOrThrow({ where: { id: BigInt(number) } })
    const ids = await world.prisma.subscription.findMany({ orderBy: { id: 'asc' } })
    expect([row.toldId, row.tellUntilId]).toEqual([0n, ids.at(-1)!.id])
    await world.prisma.course.update({ where: { id: row.id }, data: { toldId: ids[0]!.id } })
    expect((await world.courses.read(ina, number))?.announcement).toEqual({ told: 1, left: 2 })
    await world.prisma.subscription.updateMany({
      where: { id: { in: [ids[0]!.id, ids[1]!.id] } },
      data: { endedAt: on(1, 9) },
    })
    expect((await world.courses.read(ina, number))?.announcement).toEqual({ told: 1, left: 1 })
    await world.prisma.optOut.create({ data: { contactId: contacts[2]!.id, chatId: 1n } })
    expect((await world.courses.read(ina, number))?.announcement).toEqual({ told: 1, left: 0 })
  })

  it('announces no course whose times are over, or that was right once', async () => {
    const number = await world.course()
    world.clock.now = on(15, 8)
    expect(problems(await world.courses.move(ina, number, 'announced'))).toEqual([
      ...['past closesAt', 'past sessions.0'],
    ])
    const other = await world.course({ opensAt: on(16, 8), closesAt: on(18, 8), sessions: [sessionOn(20)] })
    world.clock.now = on(17, 8)
    expect(await world.courses.move(ina, other, 'announced')).toEqual(done)
    const renamed = await world.course({ opensAt: on(18, 8), closesAt: on(19, 8), sessions: [sessionOn(20)] })
    await world.prisma.course.update({ where: { id: BigInt(renamed) }, data: { subject: 'dahulu' } })
    expect(problems(await world.courses.move(ina, renamed, 'announced'))).toEqual(['subject subject'])
  })

  it('opens and closes registration at once', async () => {
    const number = await world.course({}, 'announced')
    world.clock.now = on(0, 10)
    await world.courses.move(ina, number, 'registration')
    expect(await world.read(number)).toMatchObject({ state: 'registration', opensAt: on(0, 10) })
    expect(await world.arrive(number)).toBe('accepted')
    world.clock.now = on(0, 11)
    await world.courses.move(ina, number, 'selection')
    expect(await world.read(number)).toMatchObject({ opensAt: on(0, 10), closesAt: on(0, 11) })
    expect(await world.arrive(number)).toBe('closed')
    expect(await world.edit(number, { place: 'Balai' })).toMatchObject(done)
  })

  it('opens none that is over, and closes one that never opened', async () => {
    const number = await world.course({}, 'announced')
    world.clock.now = on(8, 16)
    expect(await world.courses.move(ina, number, 'registration')).toEqual({ type: 'state' })
    expect((await world.courses.read(ina, number))?.moves).toEqual(['selection', 'cancelled'])
    const never = await world.course({ opensAt: on(9, 8), closesAt: on(10, 8) }, 'announced')
    await world.courses.move(ina, never, 'selection')
    expect(await world.read(never)).toMatchObject({ opensAt: on(8, 16), closesAt: on(8, 16) })
    expect(await world.edit(never, { contact: 'Loket 1' })).toMatchObject(done)
  })

  it('cancels for a reason, and tells everybody who is in once', async () => {
    const number = await world.course({}, 'selection')
    const states = [
      'registered',
      'reserve',
      'offered',
      'accepted',
      'attending',
      'certified',
      'rejected',
    ] as const
    const people = []
    for (const each of states) people.push(await world.person(number, each))
    const [first = 0, second = 0] = people
    await world.store.transact(
      (transaction) =>
        world.prisma &&
        transaction.registrationNotice.createMany({
          data: [first, second].map((each) => ({
            ...{ registrationId: BigInt(each), kind: 'result', key: 'result:1', dueAt: monday },
          })),
        }),
    )
    for (const reason of ['', 'x', 'a'.repeat(301), 'Karena NIK 5399041708800001'])
      expect(await world.courses.move(ina, number, 'cancelled', reason)).toEqual({ type: 'reason' })
    expect(await world.courses.move(ina, number, 'cancelled')).toEqual({ type: 'reason' })
    world.clock.now = on(0, 23)
    const both = [ina, oma].map((who) => world.courses.move(who, number, 'cancelled', ' Pelatih sakit. '))
    expect((await Promise.all(both)).map(({ type }) => type).toSorted()).toEqual(['done', 'state'])
    expect(await Promise.all(people.map(world.state))).toEqual([
      ...['cancelled', 'cancelled', 'withdrawn', 'withdrawn', 'withdrawn', 'certified', 'rejected'],
    ])
    const notice = {
      ...{ kind: 'course_cancelled', key: 'course_cancelled', dueAt: on(1, 7) },
      details: { reason: 'Pelatih sakit.' },
    }
    for (const each of people.slice(0, 5)) expect(await world.notices(each)).toEqual([notice])
    for (const each of people.slice(5)) expect(await world.notices(each)).toEqual([])
    expect(await world.read(number)).toMatchObject({
      ...{ state: 'cancelled', cancelReason: 'Pelatih sakit.', endedAt: on(0, 23) },
    })
    const history = await world.prisma.registrationChange.findMany({
      where: { registrationId: BigInt(people[2]!) },
      orderBy: { id: 'asc' },
    })
    expect(history.at(-1)).toMatchObject({ state: 'withdrawn', actor: 'officer', reason: 'Pelatih sakit.' })
    expect(await world.trail('training.course_move', number)).toMatchObject([
      { details: { from: 'selection', to: 'cancelled', told: 5 } },
    ])
  })

  it('lets one of two officers move it', async () => {
    const number = await world.course()
    const both = [ina, oma].map((who) => world.courses.move(who, number, 'announced'))
    expect((await Promise.all(both)).map(({ type }) => type).toSorted()).toEqual(['done', 'state'])
  })
})

describe('remove', () => {
  it('deletes a course for which nobody ever registered', async () => {
    const number = await world.course({}, 'announced')
    expect(await world.courses.remove(ina, number)).toEqual(done)
    expect(await world.courses.read(ina, number)).toBeUndefined()
    expect(await world.courses.remove(ina, number)).toEqual({ type: 'unknown' })
    expect(await world.trail('training.course_remove', number)).toMatchObject([
      { actorId: ina.id, details: { state: 'announced' } },
    ])
  })

  it('keeps one that has registrations, whatever became of them', async () => {
    const number = await world.course({}, 'registration')
    await world.person(number, 'cancelled')
    expect(await world.courses.remove(ina, number)).toEqual({ type: 'has_registrations' })
    expect(await world.courses.read(ina, number)).toBeDefined()
  })

  it('never deletes one for which somebody registers at the same time', async () => {
    for (let round = 0; round < 5; round += 1) {
      const number = await world.course({ opensAt: on(0, 7) }, 'registration')
      const [removed, arrived] = await Promise.all([world.courses.remove(ina, number), world.arrive(number)])
      expect([removed.type, arrived]).toEqual(
        removed.type === 'done' ? ['done', 'closed'] : ['has_registrations', 'accepted'],
      )
    }
  })
})

describe('list and read', () => {
  it('count who is in, who waits, and how the groups stand', async () => {
    const women = { by: 'gender', values: ['female'], seats: 2 } as const
    const number = await world.course({ seats: 3, quotas: [women] }, 'selection')
    for (const state of ['accepted', 'offered', 'reserve', 'lapsed', 'withdrawn', 'cancelled'] as const)
      await world.person(number, state, { gender: state === 'offered' ? 'male' : 'female' })
    const view = await world.courses.read(ina, number)
    expect(view).toMatchObject({
      applicants: 4,
      seated: 2,
      reserves: 1,
      quotas: [{ quota: women, taken: 1 }],
    })
    expect(view?.counts).toMatchObject({ accepted: 1, offered: 1, lapsed: 1, passed: 0 })
    expect(view?.moves).toEqual(['running', 'cancelled'])
    const line = (await world.courses.list(ina)).find(({ course }) => course.number === number)
    expect(line).toMatchObject({ applicants: 4, seated: 2, reserves: 1 })
    expect(await world.courses.read(ina, 987_654)).toBeUndefined()
  })

  it('list what is not over first, then the newest', async () => {
    const numbers = [
      ...[await world.course({}, 'finished'), await world.course(), await world.course({}, 'cancelled')],
      await world.course({}, 'running'),
    ]
    const [finished, draft, cancelled, running] = numbers
    const listed = async (over?: boolean) =>
      (await world.courses.list(ina, over === undefined ? {} : { over }))
        .map(({ course }) => course.number)
        .filter((number) => numbers.includes(number))
    expect(await listed()).toEqual([running, draft, cancelled, finished])
    expect(await listed(true)).toEqual([cancelled, finished])
    expect(await listed(false)).toEqual([running, draft])
  })
})
