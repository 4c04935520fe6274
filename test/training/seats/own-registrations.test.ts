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

type Seat = Awaited<ReturnType<SeatsWorld['seat']>>
const registered = async (who: Seat, courseNumber: number, name: string) =>
  Number((await who.register(courseNumber, name)).values.number)

/** A full course of one seat with somebody in line, who is offered the seat once it is given up. */
async function offered() {
  const courseNumber = await world.course({ seats: 1 })
  const [first, second] = [await world.seat(), await world.seat()]
  const seat = await registered(first, courseNumber, 'Ina')
  const number = await registered(second, courseNumber, 'Ama')
  await first.act('cancel_registration', { number: seat })
  expect(await world.tend()).toBe(1)
  return { courseNumber, first, second, number }
}

const move = (
  number: number,
  state: 'certified' | 'passed' | 'not_passed' | 'attending' | 'rejected',
  reason?: string,
) =>
  world.store.transact((transaction) =>
    world.store.move(transaction, number, state, { type: 'time' }, world.clock.now, reason ? { reason } : {}),
  )

describe('show_registration', () => {
  it('says how each kind stands', async () => {
    const { courseNumber, second, number } = await offered()
    const show = async (who: Seat, which: number) => who.act('show_registration', { number: which })
    expect(await show(second, number)).toEqual({
      outcome: 'offered',
      values: {
        number,
        title: 'Menjahit dasar',
        name: 'Ama',
        status: 'ditawari tempat',
        until: 'Senin, 7 Desember 2026 pukul 15.00 WITA',
        schedule: 'Senin, 21 Desember 2026 pukul 09.00 WITA',
        place: 'Balai latihan',
      },
    })
    const third = await world.seat()
    const waiting = await registered(third, courseNumber, 'Oma')
    expect(await show(third, waiting)).toMatchObject({ outcome: 'waiting', values: { place_in_line: 1 } })
    await second.act('answer_offer', { number, take: true })
    expect(await show(second, number)).toMatchObject({
      outcome: 'standing',
      values: { status: 'diterima', place: 'Balai latihan' },
    })
    await move(waiting, 'rejected', 'Tempatnya penuh.')
    expect(await show(third, waiting)).toMatchObject({
      outcome: 'over',
      values: { reason: 'Tempatnya penuh.' },
    })
    await move(number, 'certified')
    expect(await show(second, number)).toMatchObject({ outcome: 'certified' })
  })

  it('tells nobody of what is not theirs', async () => {
    const courseNumber = await world.course()
    const number = await registered(await world.seat(), courseNumber, 'Ina')
    const stranger = await world.seat()
    for (const wrong of [number, 999_999, 5399010101010001, -1, 0.5]) {
      expect(await stranger.act('show_registration', { number: wrong })).toEqual({
        outcome: 'unknown',
        values: {},
      })
      expect((await stranger.act('cancel_registration', { number: wrong })).outcome).toBe('unknown')
      expect((await stranger.act('change_phone', { number: wrong, phone: '' })).outcome).toBe('unknown')
      expect((await stranger.act('answer_offer', { number: wrong, take: true })).outcome).toBe('unknown')
    }
    const entries = (await world.trail()).filter(({ actor }) => actor.includes(stranger.contactId))
    expect(entries).toHaveLength(20)
    expect(entries.every(({ subject, outcome }) => subject === null && outcome === 'unknown')).toBe(true)
    expect(await world.states(courseNumber)).toEqual(['accepted'])
  })

  it('says of a cancelled course why there is none', async () => {
    const courseNumber = await world.course()
    const who = await world.seat()
    const number = await registered(who, courseNumber, 'Ina')
    await world.change(courseNumber, { state: 'cancelled', cancelReason: 'Gurunya sakit.' })
    expect(await who.act('show_registration', { number })).toMatchObject({
      outcome: 'over',
      values: { reason: 'Gurunya sakit.' },
    })
    expect((await who.act('cancel_registration', { number })).outcome).toBe('over')
  })
})

describe('list_registrations', () => {
  it('lists what is not long over, newest first, and goes straight to a single one', async () => {
    const who = await world.seat()
    expect((await who.act('list_registrations')).outcome).toBe('none')
    const [one, two] = [
      await world.course({ title: 'Las', exclusive: false }),
      await world.course({ exclusive: false }),
    ]
    const first = await registered(who, one, 'Ina')
    expect(await who.act('list_registrations')).toEqual({ outcome: 'one', values: { number: first } })
    const second = await registered(who, two, 'Ama')
    expect(await who.act('list_registrations')).toEqual({
      outcome: 'many',
      values: {
        registrations: [
          { number: second, label: 'Menjahit dasar: Ama, diterima' },
          { number: first, label: 'Las: Ina, diterima' },
        ],
      },
    })
    await who.act('cancel_registration', { number: first })
    expect((await who.act('list_registrations')).outcome).toBe('many')
    world.wait(30 * day + 1)
    expect(await who.act('list_registrations')).toEqual({ outcome: 'one', values: { number: second } })
  })

  it('keeps a certificate in the list for a year', async () => {
    const who = await world.seat()
    const number = await registered(who, await world.course(), 'Ina')
    await move(number, 'certified')
    world.wait(365 * day)
    expect((await who.act('list_registrations')).outcome).toBe('one')
    world.wait(1)
    expect((await who.act('list_registrations')).outcome).toBe('none')
  })
})

describe('cancel_registration', () => {
  it('withdraws whoever has a seat, and cancels whoever has none', async () => {
    const courseNumber = await world.course({ seats: 1 })
    const [one, two] = [await world.seat(), await world.seat()]
    const [seat, place] = [
      await registered(one, courseNumber, 'Ina'),
      await registered(two, courseNumber, 'Ama'),
    ]
    expect(await two.act('cancel_registration', { number: place })).toEqual({
      outcome: 'cancelled',
      values: { title: 'Menjahit dasar', name: 'Ama' },
    })
    await one.act('cancel_registration', { number: seat })
    expect(await world.states(courseNumber)).toEqual(['withdrawn', 'cancelled'])
    expect(await world.history(seat)).toEqual(['accepted by resident', 'withdrawn by resident'])
    expect(await one.act('cancel_registration', { number: seat })).toMatchObject({ outcome: 'over' })
    expect(await world.history(seat)).toHaveLength(2)
  })

  it('leaves what was earned', async () => {
    const who = await world.seat()
    const number = await registered(who, await world.course(), 'Ina')
    for (const state of ['passed', 'not_passed', 'certified'] as const) {
      await move(number, state)
      expect((await who.act('cancel_registration', { number })).outcome).toBe('over')
      expect((await world.registration(number)).state).toBe(state)
    }
  })

  it('has nothing more told of what was given up', async () => {
    const who = await world.seat()
    const number = await registered(who, await world.course(), 'Ina')
    await world.store.transact((transaction) =>
      world.notices.put(transaction, [
        { registration: number, kind: 'reminder_3', key: 'a', dueAt: later(day) },
        { registration: number, kind: 'result', key: 'b', dueAt: later(0) },
      ]),
    )
    await who.act('cancel_registration', { number })
    expect(await world.noticesOf(number)).toEqual([])
  })
})

describe('change_phone', () => {
  it('notes another number while the registration stands', async () => {
    const who = await world.seat()
    const number = await registered(who, await world.course(), 'Ina')
    const phone = async () => (await world.store.details(world.prisma, number))!.phone
    expect((await who.act('change_phone', { number, phone: '+6281234567890' })).outcome).toBe('changed')
    expect(await phone()).toBe('+6281234567890')
    await who.act('change_phone', { number, phone: '' })
    expect(await phone()).toBeUndefined()
    await who.act('cancel_registration', { number })
    expect((await who.act('change_phone', { number, phone: '+62811' })).outcome).toBe('over')
    expect(await phone()).toBeUndefined()
  })
})

describe('answer_offer', () => {
  it('gives the seat to whoever takes it in time, once', async () => {
    const { courseNumber, second, number } = await offered()
    world.clock.now = new Date(later(6 * hour).getTime() - 1)
    expect(await second.act('answer_offer', { number, take: true })).toMatchObject({
      outcome: 'taken',
      values: { name: 'Ama', place: 'Balai latihan' },
    })
    expect(await world.registration(number)).toMatchObject({ state: 'accepted', offerUntil: undefined })
    expect((await second.act('answer_offer', { number, take: true })).outcome).toBe('over')
    expect((await second.act('answer_offer', { number, take: false })).outcome).toBe('over')
    expect(await world.states(courseNumber)).toEqual(['withdrawn', 'accepted'])
  })

  it('gives it back from whoever does not want it', async () => {
    const { courseNumber, second, number } = await offered()
    expect(await second.act('answer_offer', { number, take: false })).toEqual({
      outcome: 'declined',
      values: { title: 'Menjahit dasar' },
    })
    expect(await world.states(courseNumber)).toEqual(['withdrawn', 'withdrawn'])
  })

  it('comes too late once the course began, however long it was to wait', async () => {
    const { courseNumber, second, number } = await offered()
    await world.change(courseNumber, { startsAt: later(2 * hour) })
    world.clock.now = later(2 * hour)
    expect((await second.act('answer_offer', { number, take: true })).outcome).toBe('late')
    expect(await world.states(courseNumber)).toEqual(['withdrawn', 'lapsed'])
  })

  it('comes too late at the deadline, whether or not the offer was ended before, and is told so once', async () => {
    for (const isTended of [false, true]) {
      const { courseNumber, second, number } = await offered()
      world.clock.now = later(6 * hour)
      if (isTended) await world.tend()
      expect(await second.act('answer_offer', { number, take: true })).toEqual({
        outcome: 'late',
        values: { title: 'Menjahit dasar', course_id: courseNumber },
      })
      await world.tend()
      expect((await world.registration(number)).state).toBe('lapsed')
      expect(await world.noticesOf(number)).toEqual([])
      expect((await second.act('answer_offer', { number, take: false })).outcome).toBe('declined')
      expect(await world.history(number)).toEqual([
        'reserve by resident',
        'offered by time',
        'lapsed by time',
      ])
      world.clock.now = monday
    }
  })

  it('keeps whoever is offered a seat out of other trainings until they answer', async () => {
    const { second, number } = await offered()
    const las = await world.course({ title: 'Las' })
    expect((await second.register(las, 'Ama')).outcome).toBe('busy')
    await second.act('answer_offer', { number, take: false })
    expect((await second.register(las, 'Ama')).outcome).toBe('accepted')
  })

  it('is nobody else’s to answer', async () => {
    const { first, number } = await offered()
    expect((await first.act('answer_offer', { number, take: true })).outcome).toBe('unknown')
    expect((await world.registration(number)).state).toBe('offered')
  })
})
