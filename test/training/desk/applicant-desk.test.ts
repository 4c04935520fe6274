import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { registrationStates } from '../../../src/training/registration.ts'
import type { ApplicantFilter, Decision } from '../../../src/training/training-desk.ts'
import { type DeskWorld, ina, monday, oma, on, openDeskWorld, sessionOn } from './desk-world.ts'

let world: DeskWorld
beforeAll(async () => {
  world = await openDeskWorld()
}, 60_000)
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = monday
})

const done = { type: 'done' }
const nik = '5399041708800001'
const decide = (course: number, numbers: readonly number[], decision: Decision, reason?: string) =>
  world.applicants.decide(ina, course, numbers, decision, reason)

describe('list', () => {
  const numbers = async (course: number, filter: ApplicantFilter) =>
    (await world.applicants.list(ina, course, filter, 'page')).map(({ registration }) => registration.number)

  it('finds people by state, kelurahan, gender and name, in an order', async () => {
    const course = await world.course({}, 'selection')
    const ana = await world.person(course, 'registered', { name: 'Ana Müller', gender: 'female' })
    const budi = await world.person(course, 'reserve', { name: 'budi  Santoso', gender: 'male' })
    const dewi = await world.person(course, 'accepted', { name: 'Dewi Lestari', kelurahan: '53.71.01.1001' })
    await world.applicants.assess(ina, budi, { score: 70, note: '' })
    await world.applicants.assess(ina, dewi, { score: 90, note: '' })
    expect(await numbers(course, {})).toEqual([ana, budi, dewi])
    expect(await numbers(course, { order: 'score' })).toEqual([dewi, budi, ana])
    expect(await numbers(course, { order: 'name' })).toEqual([ana, budi, dewi])
    expect(await numbers(course, { states: ['reserve', 'accepted'] })).toEqual([budi, dewi])
    expect(await numbers(course, { kelurahan: '53.71.01.1001' })).toEqual([dewi])
    expect(await numbers(course, { gender: 'female' })).toEqual([ana])
    expect(await numbers(course, { search: ' MULLER' })).toEqual([ana])
    expect(await numbers(course, { search: 'budi san' })).toEqual([budi])
    expect(await numbers(course, { search: `#${dewi}` })).toEqual([dewi])
    expect(await numbers(course, { search: 'siti' })).toEqual([])
    expect(await numbers(987_654, {})).toEqual([])
  })

  it('tells age, place in line and attendance of each', async () => {
    const sessions = [sessionOn(14), sessionOn(21), sessionOn(28)]
    const course = await world.course({ sessions }, 'running')
    const sure = await world.person(course, 'attending', { birth: '2000-01-06' })
    const open = await world.person(course, 'reserve', { birth: '2000' })
    const better = await world.person(course, 'reserve')
    await world.applicants.assess(ina, better, { score: 50, note: 'Rajin' })
    world.clock.now = on(22, 8)
    const [first, , third] = (await world.read(course)).sessions
    await world.prisma.attendance.createMany({
      data: [first!.id, third!.id].map((sessionId) => ({
        ...{ registrationId: BigInt(sure), sessionId, way: 'list', at: monday },
      })),
    })
    const lines = await world.applicants.list(ina, course, {}, 'page')
    expect(lines).toMatchObject([
      { registration: { number: sure }, age: 25, attended: 1, held: 2, hasNote: false },
      { registration: { number: open }, age: undefined, placeInLine: 2, attended: 0 },
      { registration: { number: better, score: 50 }, placeInLine: 1, hasNote: true },
    ])
    expect(lines[0]?.placeInLine).toBeUndefined()
  })

  it('still lists whose data was erased', async () => {
    const course = await world.course({}, 'running')
    const number = await world.person(course, 'attending')
    await world.prisma.registration.update({
      where: { id: BigInt(number) },
      data: { details: null, contactId: null, chatId: null, personHash: null },
    })
    expect(await world.applicants.list(ina, course, {}, 'sheet')).toMatchObject([
      { name: '', birth: '', age: undefined, registration: { contactId: undefined } },
    ])
    expect(await world.applicants.read(ina, number)).toMatchObject({ name: '', reason: '', answers: [] })
    expect(await world.applicants.assess(ina, number, { score: 1, note: '' })).toEqual({ type: 'unknown' })
    expect(await decide(course, [number], 'withdraw')).toMatchObject({ done: 0, left: [{ why: 'over' }] })
  })

  it('notes each list in the trail, and not who was looked for', async () => {
    const course = await world.course({}, 'selection')
    for (const name of ['Ana', 'Budi']) await world.person(course, 'registered', { name })
    await world.applicants.list(ina, course, {}, 'page')
    const [budi, ...others] = await world.applicants.export(oma, course, { search: 'Budi' })
    expect(budi).toMatchObject({ name: 'Budi', reason: expect.any(String), answers: expect.any(Array) })
    expect(others).toEqual([])
    const staff = { actorType: 'staff', outcome: null }
    expect(await world.trail('training.applicants', course)).toEqual([
      { ...staff, actorId: ina.id, details: { count: 2, use: 'page' } },
      { ...staff, actorId: oma.id, details: { count: 1, use: 'export' } },
    ])
  })
})

describe('read', () => {
  it('shows what a person wrote, and what was decided', async () => {
    const course = await world.course({}, 'selection')
    const answers = [{ id: 'q1', question: 'Ukuran baju?', answer: `L, ${nik}` }]
    const number = await world.person(course, 'registered', { name: 'Ana', answers, reason: `Mau ${nik}` })
    await world.applicants.assess(ina, number, { score: undefined, note: 'Membawa mesin' })
    await decide(course, [number], 'reject', 'Berkas kurang')
    expect(await world.applicants.read(ina, number)).toMatchObject({
      ...{
        name: 'Ana',
        reason: 'Mau #',
        phone: '+6281200000001',
        note: 'Membawa mesin',
        channel: 'telegram',
      },
      answers: [{ answer: 'L, #' }],
      course: { number: course },
      history: [
        { state: 'registered', actor: 'resident', by: undefined, reason: undefined, at: monday },
        { state: 'rejected', actor: 'officer', by: ina.name, reason: 'Berkas kurang' },
      ],
    })
    expect(await world.trail('training.applicant', number)).toHaveLength(1)
    expect(await world.applicants.read(ina, 987_654)).toBeUndefined()
    expect(await world.applicants.read(ina, Number.NaN)).toBeUndefined()
  })
})

describe('assess', () => {
  it('keeps a score where an officer chooses, and a note sealed', async () => {
    const course = await world.course({}, 'selection')
    const number = await world.person(course)
    expect(await world.applicants.assess(ina, number, { score: 80, note: ` Sudah bisa. ${nik}` })).toEqual(
      done,
    )
    expect(await world.applicants.read(ina, number)).toMatchObject({
      ...{ registration: { score: 80 }, note: 'Sudah bisa. #', hasNote: true },
    })
    const row = await world.prisma.registration.findUniqueOrThrow({ where: { id: BigInt(number) } })
    expect(Buffer.from(row.note!).toString('latin1')).not.toContain('Sudah')
    expect(await world.trail('training.assess', number)).toMatchObject([
      { actorId: ina.id, details: { hasScore: true, hasNote: true } },
    ])
    expect(await world.applicants.assess(ina, number, { score: undefined, note: '' })).toEqual(done)
    expect(await world.applicants.read(ina, number)).toMatchObject({
      ...{ registration: { score: undefined }, note: '', hasNote: false },
    })
  })

  it('refuses what is no score, notes without end, and scores where seats go by arrival', async () => {
    const course = await world.course({}, 'selection')
    const number = await world.person(course)
    for (const score of [-1, 101, 0.5, Number.NaN])
      expect(await world.applicants.assess(ina, number, { score, note: '' })).toEqual({ type: 'score' })
    const note = 'a'.repeat(1_001)
    expect(await world.applicants.assess(ina, number, { score: 1, note })).toEqual({ type: 'too_long' })
    const arrival = await world.course({ selection: 'arrival' }, 'selection')
    const other = await world.person(arrival)
    expect(await world.applicants.assess(ina, other, { score: 1, note: '' })).toEqual({ type: 'arrival' })
    expect(await world.applicants.assess(ina, other, { score: undefined, note: 'Datang' })).toEqual(done)
    expect(await world.applicants.assess(ina, 987_654, { score: 1, note: '' })).toEqual({ type: 'unknown' })
  })
})

describe('decide', () => {
  it('takes people from every state where the decision leads, and leaves the others with the reason', async () => {
    const course = await world.course({ seats: 500 }, 'selection')
    const comesTo = async (decision: Decision) => {
      const found: Record<string, string | undefined> = {}
      for (const state of registrationStates) {
        const number = await world.person(course, state)
        const result = await decide(course, [number], decision, decision === 'reject' ? 'Berkas kurang' : '')
        if (!('done' in result)) throw new Error(result.type)
        found[state] = result.left[0]?.why ?? (await world.state(number))
      }
      return found
    }
    const over = { cancelled: 'over', withdrawn: 'over', absent: 'over' }
    const graded = { passed: 'over', not_passed: 'over', certified: 'over' }
    const seated = { offered: 'not_ready', accepted: 'not_ready', attending: 'not_ready' }
    const refused = { rejected: 'over', lapsed: 'over' }
    const all = (states: readonly string[], to: string) =>
      Object.fromEntries(states.map((each) => [each, to]))
    const pending = ['registered', 'screened', 'interview']
    expect(await comesTo('screen')).toEqual({
      ...{ ...all(pending, 'screened'), reserve: 'not_ready', ...seated, ...graded, ...refused, ...over },
    })
    expect(await comesTo('interview')).toEqual({
      ...{ ...all(pending, 'interview'), reserve: 'not_ready', ...seated, ...graded, ...refused, ...over },
    })
    expect(await comesTo('accept')).toEqual({
      ...all([...pending, 'reserve', 'offered', 'accepted', 'rejected', 'lapsed'], 'accepted'),
      ...{ attending: 'not_ready', ...graded, ...over },
    })
    expect(await comesTo('reserve')).toEqual({
      ...{ ...all([...pending, 'reserve', 'rejected'], 'reserve'), ...seated, ...graded },
      ...{ lapsed: 'over', ...over },
    })
    expect(await comesTo('reject')).toEqual({
      ...all([...pending, 'reserve', 'offered', 'accepted', 'attending', 'passed', 'not_passed'], 'rejected'),
      ...{ certified: 'over', rejected: 'rejected', lapsed: 'over', ...over },
    })
    expect(await comesTo('withdraw')).toEqual({
      ...all([...pending, 'reserve'], 'cancelled'),
      ...all(['offered', 'accepted', 'attending'], 'withdrawn'),
      ...{ ...graded, ...refused, cancelled: 'cancelled', withdrawn: 'withdrawn', absent: 'over' },
    })
  }, 120_000)

  it('gives the seats in the order that is told, and says whom they were not for', async () => {
    const women = { by: 'gender', values: ['female'], seats: 1 } as const
    const course = await world.course({ seats: 2, quotas: [women] }, 'selection')
    const ana = await world.person(course, 'registered', { name: 'Ana', gender: 'female' })
    const dewi = await world.person(course, 'registered', { name: 'Dewi', gender: 'female' })
    const budi = await world.person(course, 'registered', { name: 'Budi', gender: 'male' })
    const carlo = await world.person(course, 'registered', { name: 'Carlo', gender: 'male' })
    const elsewhere = await world.person(await world.course({}, 'selection'))
    const numbers = [dewi, dewi, ana, budi, carlo, elsewhere, 987_654, 0.5]
    expect(await decide(course, numbers, 'accept')).toEqual({
      done: 2,
      left: [
        { number: ana, name: 'Ana', why: 'quota' },
        { number: carlo, name: 'Carlo', why: 'full' },
        ...[elsewhere, 987_654, 0.5].map((number) => ({ number, name: '', why: 'unknown' })),
      ],
    })
    expect(await world.store.registration(world.prisma, dewi)).toMatchObject({
      ...{ state: 'accepted', acceptedAt: monday, stateAt: monday },
    })
    expect(await decide(course, [dewi], 'withdraw')).toEqual({ done: 1, left: [] })
    expect(await decide(course, [ana, ana], 'accept')).toEqual({ done: 1, left: [] })
    expect(await decide(course, [ana], 'accept')).toEqual({ done: 1, left: [] })
  })

  it('does nothing in a course that is over, or not there, and has nobody wait for one that began', async () => {
    const course = await world.course({}, 'finished')
    const number = await world.person(course)
    expect(await decide(course, [number], 'accept')).toMatchObject({ done: 0, left: [{ why: 'over' }] })
    const running = await world.course({}, 'running')
    const late = await world.person(running)
    for (const decision of ['screen', 'interview', 'reserve'] as const)
      expect(await decide(running, [late], decision)).toMatchObject({ done: 0, left: [{ why: 'over' }] })
    expect(await decide(running, [late], 'accept')).toMatchObject({ done: 1 })
    expect(await decide(987_654, [number], 'accept')).toEqual({ type: 'unknown' })
    expect(await decide(Number.NaN, [number], 'accept')).toEqual({ type: 'unknown' })
  })

  it('asks for a reason to refuse somebody, and for one that can be told', async () => {
    const course = await world.course({}, 'selection')
    const number = await world.person(course)
    for (const reason of [undefined, '', '  ', 'no', 'a'.repeat(301), `Bukan ${nik}`])
      expect(await decide(course, [number], 'reject', reason)).toEqual({ type: 'reason' })
    expect(await decide(course, [number], 'reserve', `Lihat ${nik}`)).toEqual({ type: 'reason' })
    expect(await decide(course, [number], 'reject', ' Di luar\u200b syarat. ')).toEqual({ done: 1, left: [] })
    expect(await world.store.registration(world.prisma, number)).toMatchObject({ reason: 'Di luar syarat.' })
    await decide(course, [number], 'reserve')
    expect((await world.store.registration(world.prisma, number))?.reason).toBeUndefined()
  })

  it('tells each once how it came out, by what was decided last', async () => {
    const course = await world.course({}, 'selection')
    const number = await world.person(course)
    await decide(course, [number], 'screen')
    world.clock.now = on(0, 22)
    await decide(course, [number], 'accept')
    const key = `result:accepted:${on(0, 22).getTime()}`
    expect(await world.notices(number)).toEqual([{ kind: 'result', key, details: {}, dueAt: on(1, 7) }])
    // Pressed once more.
    await decide(course, [number], 'accept')
    expect(await world.notices(number)).toHaveLength(1)
    await world.prisma.registrationNotice.updateMany({
      where: { registrationId: BigInt(number) },
      data: { toldAt: on(1, 7) },
    })
    world.clock.now = on(1, 9)
    await decide(course, [number], 'withdraw')
    expect((await world.notices(number)).map((each) => each.key.split(':')[1])).toEqual([
      ...['accepted', 'withdrawn'],
    ])
  })

  it('tells nothing more of a course to whoever is out, and nothing to whom nothing can be told', async () => {
    const course = await world.course({}, 'selection')
    const number = await world.person(course, 'accepted')
    const notices = ['changed', 'reminder_3', 'lapsed', 'course_cancelled'].map((kind) => ({
      ...{ registrationId: BigInt(number), kind, key: kind, dueAt: on(3, 9) },
    }))
    await world.prisma.registrationNotice.createMany({ data: notices })
    await decide(course, [number], 'reject', 'Berkas kurang')
    expect((await world.notices(number)).map(({ kind }) => kind)).toEqual(['course_cancelled', 'result'])
    const mute = await world.person(course)
    await world.prisma.registration.update({ where: { id: BigInt(mute) }, data: { chatId: null } })
    expect(await decide(course, [mute], 'accept')).toEqual({ done: 1, left: [] })
    expect(await world.notices(mute)).toEqual([])
  })

  it('lets nobody into two trainings, but those who are in already', async () => {
    const one = await world.course({}, 'selection')
    const two = await world.course({}, 'selection')
    const free = await world.course({ exclusive: false }, 'selection')
    const person = { name: 'Maria Warga', birth: '1999-09-09' }
    const inOne = await world.person(one, 'reserve', person)
    const inTwo = await world.person(two, 'reserve', { ...person, name: 'maria  WARGA' })
    const inFree = await world.person(free, 'reserve', person)
    expect(await decide(one, [inOne], 'accept')).toMatchObject({ done: 1 })
    expect(await decide(two, [inTwo], 'accept')).toEqual({
      ...{ done: 0, left: [{ number: inTwo, name: 'maria  WARGA', why: 'busy' }] },
    })
    expect(await decide(free, [inFree], 'accept')).toMatchObject({ done: 1 })
    await world.courses.move(ina, one, 'cancelled', 'Pelatih sakit')
    expect(await decide(two, [inTwo], 'accept')).toMatchObject({ done: 1 })
  })

  it('lets a person who is accepted in two trainings at once into one', async () => {
    for (let round = 0; round < 4; round += 1) {
      const courses = [await world.course({}, 'selection'), await world.course({}, 'selection')]
      const people = [0, 1, 2].map((each) => ({ name: `Kembar ${round} ${each}`, birth: '1999' }))
      const numbers = await Promise.all(
        courses.map((course) => Promise.all(people.map((person) => world.person(course, 'reserve', person)))),
      )
      const results = await Promise.all(
        courses.map((course, index) =>
          decide(course, index === 0 ? numbers[0]! : numbers[1]!.toReversed(), 'accept'),
        ),
      )
      const total = results.reduce((sum, each) => sum + ('done' in each ? each.done : 0), 0)
      const states = await Promise.all(numbers.flat().map(world.state))
      expect(states.filter((state) => state === 'accepted')).toHaveLength(total)
      for (const index of people.keys()) {
        const both = await Promise.all(numbers.map((each) => world.state(each[index]!)))
        expect(both.filter((state) => state === 'accepted').length).toBeLessThanOrEqual(1)
      }
    }
  })

  it('leaves whoever a colleague refused just then, to be looked at again', async () => {
    const course = await world.course({}, 'selection')
    const number = await world.person(course)
    const client = await world.database.pool.connect()
    await client.query('BEGIN')
    await client.query('SELECT 1 FROM course WHERE id = $1 FOR NO KEY UPDATE', [course])
    const deciding = decide(course, [number], 'accept')
    const waiting = `SELECT count(DISTINCT l.pid)::int AS n FROM pg_locks l JOIN pg_stat_activity a USING (pid)
      WHERE a.datname = current_database() AND NOT l.granted`
    await expect
      .poll(async () => (await world.database.pool.query(waiting)).rows[0].n, { timeout: 10_000 })
      .toBe(1)
    await client.query(`UPDATE registration SET state = 'rejected' WHERE id = $1`, [number])
    await client.query('COMMIT')
    client.release()
    expect(await deciding).toMatchObject({ done: 0, left: [{ number, why: 'not_ready' }] })
    expect(await decide(course, [number], 'accept')).toEqual({ done: 1, left: [] })
  })

  it('takes nobody back who registered anew', async () => {
    const course = await world.course({}, 'selection')
    const person = { name: 'Yuli Warga', birth: '1999' }
    const old = await world.person(course, 'rejected', person)
    const anew = await world.person(course, 'registered', person)
    for (const decision of ['accept', 'reserve'] as const)
      expect(await decide(course, [old], decision)).toMatchObject({ done: 0, left: [{ why: 'over' }] })
    expect(await world.state(anew)).toBe('registered')
  })

  it('gives the last seat to one, when two officers give it to two at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const course = await world.course({ seats: 1 }, 'selection')
      const [one, two] = [await world.person(course), await world.person(course)]
      const results = await Promise.all([
        world.applicants.decide(ina, course, [one], 'accept'),
        world.applicants.decide(oma, course, [two], 'accept'),
      ])
      expect(results.map((each) => 'done' in each && each.done).toSorted()).toEqual([0, 1])
      expect(results.flatMap((each) => ('left' in each ? each.left : [])).map(({ why }) => why)).toEqual([
        'full',
      ])
      expect((await Promise.all([one, two].map(world.state))).toSorted()).toEqual(['accepted', 'registered'])
    }
  })

  it('never gives more seats than there are while people register', async () => {
    const course = await world.course({ seats: 6, selection: 'arrival', opensAt: on(0, 7) }, 'registration')
    const waiting = await Promise.all([1, 2, 3, 4, 5, 6].map(() => world.person(course, 'reserve')))
    const deeds = [
      ...waiting.map((number, index) => decide(course, [number], index % 3 === 2 ? 'withdraw' : 'accept')),
      ...Array.from({ length: 12 }, () => world.arrive(course)),
    ]
    await Promise.all(deeds)
    const counts = (await world.courses.read(ina, course))?.counts
    expect(counts?.accepted).toBe(6)
    expect(counts?.cancelled).toBe(2)
    expect(counts?.reserve).toBe(10)
  })

  it('is in the trail and the history, of each, by whom, and without names or dates of birth', async () => {
    const course = await world.course({}, 'selection')
    const who = { name: 'Zakarias Tanpajejak', birth: '1987-06-05', reason: 'Alasan Rahasia' }
    const number = await world.person(course, 'registered', who)
    const before = await world.prisma.auditEntry.count()
    await world.applicants.list(ina, course, { search: 'zakarias' }, 'page')
    await world.applicants.read(ina, number)
    await world.applicants.assess(ina, number, { score: 77, note: 'Catatan Petugas' })
    for (const decision of ['screen', 'interview', 'accept', 'withdraw'] as const)
      await world.applicants.decide(oma, course, [number], decision, 'Alasan Putusan')
    await world.courses.move(ina, course, 'cancelled', 'Alasan Batal')
    const entries = await world.prisma.auditEntry.findMany({ orderBy: { id: 'asc' }, skip: before })
    expect(entries.map(({ action, subject, actorId }) => `${actorId} ${action} ${subject}`)).toEqual([
      `${ina.id} training.applicants ${course}`,
      `${ina.id} training.applicant ${number}`,
      `${ina.id} training.assess ${number}`,
      ...['screen', 'interview', 'accept', 'withdraw'].map((each) => `${oma.id} training.${each} ${number}`),
      `${ina.id} training.course_move ${course}`,
    ])
    expect(entries.at(-2)).toMatchObject({ outcome: 'withdrawn', details: { course, from: 'accepted' } })
    const trail = JSON.stringify(entries, (_, value) => (typeof value === 'bigint' ? String(value) : value))
    expect(trail).not.toMatch(/zakarias|tanpajejak|1987|alasan|catatan|812000/i)
    const history = await world.prisma.registrationChange.findMany({
      where: { registrationId: BigInt(number) },
      orderBy: { id: 'asc' },
    })
    expect(history.map(({ state, by }) => `${state} ${by}`)).toEqual([
      'registered null',
      ...['screened', 'interview', 'accepted', 'withdrawn'].map((state) => `${state} ${oma.name}`),
    ])
  })
})
