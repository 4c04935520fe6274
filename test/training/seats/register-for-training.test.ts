import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { day, hour, later, monday, openSeatsWorld, type SeatsWorld } from './seats-world.ts'

let world: SeatsWorld
beforeAll(async () => {
  world = await openSeatsWorld()
}, 60_000)
afterAll(() => world.close())
beforeEach(async () => {
  world.clock.now = monday
  await world.database.pool.query('DELETE FROM course')
})

const female = { id: 'gender', question: 'Perempuan atau laki-laki?', answer: 'Perempuan' }
const male = { ...female, answer: 'Laki-laki' }

describe('register', () => {
  it('gives a seat while there is one, and then a place in line', async () => {
    const number = await world.course({ seats: 2 })
    const outcomes = []
    for (const who of ['Ina', 'Ama', 'Oma', 'Opa'])
      outcomes.push(await (await world.seat()).register(number, who))
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'waiting', 'waiting'])
    expect(outcomes.map(({ values }) => values.place_in_line)).toEqual([undefined, undefined, 1, 2])
    expect(outcomes[0]!.values).toMatchObject({
      title: 'Menjahit dasar',
      schedule: 'Senin, 21 Desember 2026 pukul 09.00 WITA',
      place: 'Balai latihan',
    })
    expect(await world.states(number)).toEqual(['accepted', 'accepted', 'reserve', 'reserve'])
  })

  it('leaves the choice to an officer where one chooses, and says by when', async () => {
    const number = await world.course({ selection: 'officer', seats: 1 })
    for (const who of ['Ina', 'Ama']) {
      const { outcome, values } = await (await world.seat()).register(number, who)
      expect([outcome, values.result_by]).toEqual(['registered', '20 Desember 2026'])
    }
    const late = await world.course({ selection: 'officer', closesAt: later(13.9 * day) })
    expect((await (await world.seat()).register(late, 'Oma')).values.result_by).toBe('21 Desember 2026')
  })

  it('keeps to the seats of groups, and takes what they ask out of the answers', async () => {
    const quotas = [{ by: 'gender', values: ['female'], seats: 1 }] as const
    const number = await world.course({ seats: 3, quotas })
    const other = { id: 'usaha', question: 'Punya usaha?', answer: 'Ya' }
    const one = await (await world.seat()).register(number, 'Ina', { answers: [female, other] })
    const two = await (await world.seat()).register(number, 'Ana', { answers: [female] })
    const three = await (await world.seat()).register(number, 'Ama', { answers: [male] })
    expect([one, two, three].map(({ outcome }) => outcome)).toEqual(['accepted', 'waiting', 'accepted'])
    expect(await world.registration(Number(one.values.number))).toMatchObject({ gender: 'female' })
    expect((await world.store.details(world.prisma, Number(one.values.number)))!.answers).toEqual([other])
  })

  it('lets nobody past a quota that asks for what was not asked yet', async () => {
    const quotas = [{ by: 'gender', values: ['female'], seats: 1 }] as const
    const number = await world.course({ seats: 3, quotas })
    const who = await world.seat()
    expect((await who.register(number, 'Ina')).outcome).toBe('unanswered')
    expect((await who.register(number, 'Ina', { answers: [female] })).outcome).toBe('accepted')
  })

  it('reads the desil that a quota asks for', async () => {
    const number = await world.course()
    const desil = (answer: string) => ({ answers: [{ id: 'desil', question: 'Desil?', answer }] })
    for (const [who, answer, read] of [
      ['Ina', '3', 3],
      ['Ama', 'Desil 10', 10],
      ['Oma', 'Tidak tahu', undefined],
      ['Opa', '12', undefined],
    ] as const) {
      const { values } = await (await world.seat()).register(number, who, desil(answer))
      expect((await world.registration(Number(values.number))).desil).toBe(read)
    }
  })

  it('lets nobody overtake those in line whom a free seat fits', async () => {
    const number = await world.course({ seats: 1 })
    const first = await world.seat()
    const { values } = await first.register(number, 'Ina')
    await (await world.seat()).register(number, 'Ama')
    await first.act('cancel_registration', { number: values.number! })
    const newcomer = await (await world.seat()).register(number, 'Oma')
    expect([newcomer.outcome, newcomer.values.place_in_line]).toEqual(['waiting', 2])
  })

  it('passes those in line by whom the free seat does not fit', async () => {
    const number = await world.course({ seats: 2, quotas: [{ by: 'gender', values: ['female'], seats: 1 }] })
    for (const who of ['Ina', 'Ana']) await (await world.seat()).register(number, who, { answers: [female] })
    const newcomer = await (await world.seat()).register(number, 'Ama', { answers: [male] })
    expect(newcomer.outcome).toBe('accepted')
  })

  it('goes by the clock, whatever the state says', async () => {
    const who = await world.seat()
    const soon = await world.course({ opensAt: later(hour) }, 'announced')
    const over = await world.course({ opensAt: later(-day), closesAt: later(0) })
    const draft = await world.course({}, 'draft')
    const outcomes = []
    for (const number of [soon, over, draft, 999_999])
      outcomes.push((await who.register(number, 'Ina')).outcome)
    expect(outcomes).toEqual(['closed', 'closed', 'gone', 'gone'])
    world.wait(hour)
    expect((await who.register(soon, 'Ina')).outcome).toBe('accepted')
    expect((await who.register(over, 'Ina')).values).toEqual({
      title: 'Menjahit dasar',
      contact: 'Ibu Ina, kantor',
    })
  })

  it('refuses by the rules of the course, and says which', async () => {
    const who = await world.seat()
    const number = await world.course({ minAge: 30 })
    const refused = await who.register(number, 'Ina')
    expect(refused.outcome).toBe('refused')
    expect(refused.values.rule).toContain('30')
    expect(refused.values.contact).toBe('Ibu Ina, kantor')
    expect((await who.register(number, 'Ina', { birth: '1996' })).outcome).toBe('need_date')
    expect(await world.states(number)).toEqual([])
  })

  it('knows the same person again, however the name is written', async () => {
    const number = await world.course()
    const who = await world.seat()
    const { values } = await who.register(number, 'Ina Taneo')
    const again = await who.register(number, ' ina  TANEO', { birth: '1998' })
    expect(again).toEqual({
      outcome: 'again',
      values: { number: values.number, title: 'Menjahit dasar', status: 'diterima' },
    })
    expect((await who.register(number, 'Ina Taneo', { birth: '1998-08-18' })).outcome).toBe('accepted')
  })

  it('tells nothing of a registration from elsewhere', async () => {
    const number = await world.course()
    await (await world.seat()).register(number, 'Ina')
    const elsewhere = await (await world.seat()).register(number, 'Ina')
    expect(elsewhere).toEqual({
      outcome: 'elsewhere',
      values: { title: 'Menjahit dasar', contact: 'Ibu Ina, kantor' },
    })
  })

  it('lets whoever gave up begin again at the end', async () => {
    const number = await world.course({ seats: 1 })
    const [one, two, three] = [await world.seat(), await world.seat(), await world.seat()]
    await one.register(number, 'Ina')
    const { values } = await two.register(number, 'Ama')
    await three.register(number, 'Oma')
    await two.act('cancel_registration', { number: values.number! })
    expect((await two.register(number, 'Ama')).values).toMatchObject({ place_in_line: 2 })
  })

  it('allows one active training, and names the other one only to whoever registered there', async () => {
    const [one, two] = [await world.course({ title: 'Las' }), await world.course()]
    const own = await world.seat()
    await own.register(one, 'Ina')
    expect(await own.register(two, 'Ina')).toMatchObject({ outcome: 'busy', values: { other: 'Las' } })
    const stranger = await world.seat()
    expect(await stranger.register(two, 'Ina')).toEqual({
      outcome: 'elsewhere',
      values: { title: 'Menjahit dasar', contact: 'Ibu Ina, kantor' },
    })
  })

  it('does not count waiting, what is over, and courses that are for everybody', async () => {
    const who = await world.seat()
    const [full, open] = [await world.course({ seats: 1 }), await world.course({ exclusive: false })]
    await (await world.seat()).register(full, 'Ama')
    expect((await who.register(full, 'Ina')).outcome).toBe('waiting')
    expect((await who.register(open, 'Ina')).outcome).toBe('accepted')
    const [over, third] = [await world.course(), await world.course()]
    expect((await who.register(over, 'Ina')).outcome).toBe('accepted')
    expect((await who.register(third, 'Ina')).outcome).toBe('busy')
    await world.change(over, { endsAt: later(-1) })
    expect((await who.register(third, 'Ina')).outcome).toBe('accepted')
    expect((await who.register(await world.course({ exclusive: false }), 'Ina')).outcome).toBe('accepted')
  })

  it('keeps out whoever is barred, until a day', async () => {
    const who = await world.seat()
    const missed = await world.course({ exclusive: false })
    const { values } = await who.register(missed, 'Ina')
    await world.store.transact((transaction) =>
      world.store.move(transaction, Number(values.number), 'absent', { type: 'time' }, monday, {
        barredUntil: later(30 * day),
      }),
    )
    const next = await world.course()
    // Whether somebody came is no stranger's matter.
    expect((await (await world.seat()).register(next, 'Ina')).outcome).toBe('elsewhere')
    expect(await who.register(next, 'Ina')).toMatchObject({
      outcome: 'barred',
      values: { until: '6 Januari 2027' },
    })
    world.clock.now = later(30 * day)
    await world.change(next, {
      closesAt: later(40 * day),
      startsAt: later(50 * day),
      endsAt: later(51 * day),
    })
    expect((await who.register(next, 'Ina')).outcome).toBe('accepted')
  })

  it('looks nobody up any more for a contact who asked about five people of others', async () => {
    const [full, open] = [await world.course({ seats: 20 }), await world.course({ seats: 20 })]
    const names = ['Ina', 'Ama', 'Oma', 'Opa', 'Ana', 'Budi']
    for (const name of names) await (await world.seat()).register(full, name)
    const curious = await world.seat()
    const other = await world.seat(curious.contactId)
    const asked = []
    for (const name of names) asked.push((await curious.register(open, name)).outcome)
    expect(asked).toEqual([...Array.from({ length: 5 }, () => 'elsewhere'), 'too_many'])
    // Also where nothing would be found, and from another chat.
    expect((await other.register(open, 'Siti')).outcome).toBe('too_many')
    world.wait(31 * day)
    await world.change(open, {
      closesAt: later(40 * day),
      startsAt: later(50 * day),
      endsAt: later(51 * day),
    })
    expect((await other.register(open, 'Siti')).outcome).toBe('accepted')
  })

  it('lets a contact register three people for a course and five in thirty days, each again and again', async () => {
    const seats = { seats: 20, exclusive: false }
    const [one, two] = [await world.course(seats), await world.course(seats)]
    const helper = await world.seat()
    const other = await world.seat(helper.contactId)
    const by = async (number: number, who: string, through = helper) =>
      (await through.register(number, who, { for_whom: 'other' })).outcome
    for (const who of ['Ina', 'Ama', 'Oma']) expect(await by(one, who)).toBe('accepted')
    expect(await by(one, 'Opa')).toBe('too_many')
    expect(await by(two, 'Ina')).toBe('accepted')
    for (const who of ['Opa', 'Ana']) expect(await by(two, who, other)).toBe('accepted')
    const third = await world.course(seats)
    expect(await by(third, 'Budi', other)).toBe('too_many')
    expect(await by(third, 'Ama')).toBe('accepted')
    world.wait(31 * day)
    await world.change(third, {
      closesAt: later(40 * day),
      startsAt: later(50 * day),
      endsAt: later(51 * day),
    })
    expect(await by(third, 'Budi')).toBe('accepted')
  })

  it('lets both chats of a contact register no more than one may', async () => {
    const number = await world.course({ seats: 20, exclusive: false })
    const helper = await world.seat()
    const chats = [helper, await world.seat(helper.contactId), await world.seat(helper.contactId)]
    const outcomes = await Promise.all(
      ['Ina', 'Ama', 'Oma', 'Opa', 'Ana', 'Budi'].map((who, index) =>
        chats[index % 3]!.register(number, who),
      ),
    )
    expect(outcomes.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(3)
  })

  it('keeps what was written sealed and without identifiers, and notes who did it', async () => {
    const number = await world.course()
    const who = await world.seat()
    const written = { reason: 'NIK saya 5399010101010001', phone: '+6281234567890' }
    const { values } = await who.register(number, 'Ina 5399010101010001', written)
    const details = await world.store.details(world.prisma, Number(values.number))
    expect(details).toMatchObject({ name: 'Ina #', reason: 'NIK saya #', phone: '+6281234567890' })
    const { rows } = await world.database.pool.query('SELECT row_to_json(r)::text AS row FROM registration r')
    expect(rows[0].row).not.toContain('Ina')
    expect(await world.history(Number(values.number))).toEqual(['accepted by resident'])
    const [entry] = (await world.trail('registration.create')).slice(-1)
    expect(entry).toMatchObject({
      actor: `resident ${who.contactId}`,
      subject: String(values.number),
      outcome: 'accepted',
    })
    expect(await world.registration(Number(values.number))).toMatchObject({
      consentVersion: world.words().consent.version,
      consentAt: monday,
      acceptedAt: monday,
    })
  })

  it('apologises for a course that was cancelled or deleted while the form was filled in', async () => {
    const number = await world.course()
    const who = await world.seat()
    await world.change(number, { state: 'cancelled' })
    expect((await who.register(number, 'Ina')).outcome).toBe('gone')
    await world.prisma.course.delete({ where: { id: BigInt(number) } })
    expect((await who.register(number, 'Ina')).outcome).toBe('gone')
  })
})

describe('check_rules', () => {
  const told = { for_whom: 'self', birth: '1998-08-17', kelurahan: '53.71.02.1001', education: 'sma' }

  it('says what was understood, which rule refuses, or that the date is needed', async () => {
    const { act } = await world.seat()
    const course_id = await world.course({ minAge: 20, domicile: ['53.71.06'] })
    expect(await act('check_rules', { ...told, course_id })).toMatchObject({
      outcome: 'refused',
      values: { rule: expect.stringContaining('Kelurahan 53.71.06') },
    })
    const inside = { ...told, course_id, kelurahan: '53.71.06.1001' }
    expect(await act('check_rules', inside)).toEqual({
      outcome: 'fits',
      values: { birth_label: '17 Agustus 1998', education_label: 'SMA/SMK atau sederajat' },
    })
    expect(await act('check_rules', { ...inside, birth: '1998' })).toMatchObject({
      outcome: 'fits',
      values: { birth_label: '1998' },
    })
    expect((await act('check_rules', { ...inside, birth: '2006' })).outcome).toBe('need_date')
    expect((await act('check_rules', { ...inside, course_id: 999_999 })).outcome).toBe('gone')
  })
})
