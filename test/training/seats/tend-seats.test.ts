import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { isQuiet } from '../../../src/language/quiet-hours.ts'
import type { CoursePlan } from '../../../src/training/course.ts'
import { createTendSeatsStore } from '../../../src/training/seats/store-tend-seats.ts'
import { createTendSeats } from '../../../src/training/seats/tend-seats.ts'
import { day, hour, later, monday, openSeatsWorld, type SeatsWorld } from './seats-world.ts'

let world: SeatsWorld
beforeAll(async () => {
  world = await openSeatsWorld()
}, 60_000)
afterAll(() => world.close())
beforeEach(async () => {
  world.clock.now = monday
  for (const table of ['course', 'outbox_message']) await world.database.pool.query(`DELETE FROM ${table}`)
})

const female = { answers: [{ id: 'gender', question: 'Perempuan atau laki-laki?', answer: 'Perempuan' }] }
const male = { answers: [{ id: 'gender', question: 'Perempuan atau laki-laki?', answer: 'Laki-laki' }] }

type Person = Awaited<ReturnType<SeatsWorld['seat']>> & { readonly number: number; readonly who: string }

/** People who register one after the other, each from a chat of their own. */
async function queue(courseNumber: number, names: readonly string[], more = {}): Promise<Person[]> {
  const people = []
  for (const who of names) {
    const seat = await world.seat()
    const { values } = await seat.register(courseNumber, who, more)
    people.push({ ...seat, who, number: Number(values.number) })
  }
  return people
}

/** A full course of some seats with a waiting list. */
async function full(names: readonly string[], more: Partial<CoursePlan> = {}) {
  const courseNumber = await world.course({ seats: 2, ...more })
  return { courseNumber, people: await queue(courseNumber, names) }
}

const cancel = ({ act, number }: Person) => act('cancel_registration', { number })
const state = async ({ number }: Person) => (await world.registration(number)).state

describe('createTendSeats, for courses', () => {
  it('opens, closes and begins each at its time, once', async () => {
    const number = await world.course({ opensAt: later(hour) }, 'announced')
    const stateAt = async (ms: number) => {
      world.clock.now = later(ms)
      const counts = await Promise.all([world.tend(), world.tend()])
      return [(await world.findCourse(number)).state, counts[0]! + counts[1]!]
    }
    expect(await stateAt(hour - 1)).toEqual(['announced', 0])
    expect(await stateAt(hour)).toEqual(['registration', 1])
    expect(await stateAt(7 * day - 1)).toEqual(['registration', 0])
    expect(await stateAt(7 * day)).toEqual(['selection', 1])
    expect(await stateAt(14 * day)).toEqual(['running', 1])
    expect(await stateAt(30 * day)).toEqual(['running', 0])
    const moves = (await world.trail('course.advance')).map(({ actor, outcome }) => `${outcome} by ${actor}`)
    expect(moves).toEqual(['registration', 'selection', 'running'].map((to) => `${to} by system trainings`))
  })

  it('does after a month without it what was due, and leaves drafts and what is over', async () => {
    const states = ['draft', 'announced', 'registration', 'selection', 'finished', 'cancelled'] as const
    const numbers = []
    for (const each of states) numbers.push(await world.course({}, each))
    world.wait(30 * day)
    expect(await world.tend()).toBe(3)
    const found = await Promise.all(numbers.map(async (number) => (await world.findCourse(number)).state))
    expect(found).toEqual(['draft', 'running', 'running', 'running', 'finished', 'cancelled'])
    expect(await world.tend()).toBe(0)
  })

  it('takes nothing back when the clock is set back', async () => {
    const number = await world.course()
    world.wait(7 * day)
    await world.tend()
    world.wait(-8 * day)
    expect(await world.tend()).toBe(0)
    expect((await world.findCourse(number)).state).toBe('selection')
  })

  it('lets go whoever still waits when it begins, tells why by day, and ends offers', async () => {
    const { courseNumber, people } = await full(['Ina', 'Ama', 'Oma', 'Opa'])
    const [ina, , oma, opa] = people as [Person, Person, Person, Person]
    await cancel(ina)
    // An offer that is open for longer than the course waits: it was moved ahead.
    await world.tend()
    await world.change(courseNumber, { startsAt: later(hour) })
    world.clock.now = later(hour)
    await Promise.all([world.tend(), world.tend()])
    expect(await world.states(courseNumber)).toEqual(['withdrawn', 'accepted', 'lapsed', 'rejected'])
    const { started_reason } = world.words()
    expect((await world.registration(opa.number)).reason).toBe(started_reason)
    expect(await world.history(opa.number)).toEqual(['reserve by resident', 'rejected by time'])
    expect(await world.noticesOf(opa.number)).toMatchObject([{ kind: 'result', dueAt: world.clock.now }])
    expect((await oma.act('answer_offer', { number: oma.number, take: true })).outcome).toBe('late')
  })

  it('tells nobody at night', async () => {
    const { people } = await full(['Ina', 'Ama', 'Oma'])
    world.clock.now = new Date('2026-12-21T23:30:00+08:00')
    await world.tend()
    const morning = new Date('2026-12-22T07:00:00+08:00')
    expect(await world.noticesOf(people[2]!.number)).toMatchObject([{ kind: 'result', dueAt: morning }])
  })

  it('lets go also whoever waits in a course that an officer began', async () => {
    const { courseNumber } = await full(['Ina', 'Ama', 'Oma'])
    await world.change(courseNumber, { state: 'running' })
    expect(await world.tend()).toBe(1)
    expect(await world.states(courseNumber)).toEqual(['accepted', 'accepted', 'rejected'])
    expect(await world.tend()).toBe(0)
  })
})

describe('createTendSeats, for seats', () => {
  it('offers a freed seat to the first in line, with a deadline, once', async () => {
    const { people } = await full(['Ina', 'Ama', 'Oma', 'Opa'])
    const [ina, , oma, opa] = people as [Person, Person, Person, Person]
    expect(await world.tend()).toBe(0)
    await cancel(ina)
    const counts = await Promise.all([world.tend(), world.tend(), world.tend()])
    expect(counts.reduce((sum, count) => sum + count)).toBe(1)
    const offerUntil = later(6 * hour)
    expect(await world.registration(oma.number)).toMatchObject({ state: 'offered', offerUntil })
    expect(await world.said(oma.chatId)).toEqual([
      { number: oma.number, title: 'Menjahit dasar', name: 'Oma', until: offerUntil.toISOString() },
    ])
    expect(await state(opa)).toBe('reserve')
    expect(await world.tend()).toBe(0)
    expect((await world.trail('registration.offer')).slice(-1)).toMatchObject([
      { actor: 'system trainings', subject: String(oma.number) },
    ])
  })

  it('passes it on in silence after the deadline, and tells who did not answer by day', async () => {
    const { people } = await full(['Ina', 'Ama', 'Oma', 'Opa'])
    const [ina, , oma, opa] = people as [Person, Person, Person, Person]
    await cancel(ina)
    await world.tend()
    world.wait(6 * hour - 1)
    expect(await world.tend()).toBe(0)
    world.wait(1)
    const counts = await Promise.all([world.tend(), world.tend()])
    expect(counts[0]! + counts[1]!).toBe(2)
    expect(await state(oma)).toBe('lapsed')
    expect(await world.registration(opa.number)).toMatchObject({
      state: 'offered',
      offerUntil: later(22 * hour),
    })
    expect(await world.noticesOf(oma.number)).toMatchObject([{ kind: 'lapsed', dueAt: world.clock.now }])
    expect(await world.history(oma.number)).toEqual([
      'reserve by resident',
      'offered by time',
      'lapsed by time',
    ])
  })

  it('makes no offer at night, and makes it in the morning', async () => {
    const { people } = await full(['Ina', 'Ama', 'Oma'])
    await cancel(people[0]!)
    world.clock.now = later(12 * hour)
    expect(await world.tend()).toBe(0)
    world.clock.now = later(22 * hour)
    expect(await world.tend()).toBe(1)
    const { offerUntil } = await world.registration(people[2]!.number)
    expect(offerUntil).toEqual(later(28 * hour))
    expect(isQuiet(offerUntil!, world.words().quiet_hours)).toBe(false)
  })

  it('tells of an offer once more, three hours before it ends', async () => {
    const { people } = await full(['Ina', 'Ama', 'Oma', 'Opa'])
    await cancel(people[0]!)
    await world.tend()
    const { number } = people[2]!
    const { offerUntil } = await world.registration(number)
    const dueAt = new Date(offerUntil!.getTime() - 3 * hour)
    expect(await world.noticesOf(number)).toMatchObject([{ kind: 'offer_ending', dueAt }])
  })

  it('acts at night on a deadline that passed, and tells of it in the morning', async () => {
    const { people } = await full(['Ina', 'Ama', 'Oma', 'Opa'])
    await cancel(people[0]!)
    await world.tend()
    world.clock.now = later(13 * hour)
    expect(await world.tend()).toBe(1)
    expect(await state(people[2]!)).toBe('lapsed')
    expect(await state(people[3]!)).toBe('reserve')
    expect(await world.noticesOf(people[2]!.number)).toMatchObject([{ dueAt: later(22 * hour) }])
  })

  it('offers every free seat, and never more than there are', async () => {
    const { courseNumber, people } = await full(['Ina', 'Ama', 'Oma', 'Opa', 'Ana', 'Budi'])
    for (const person of people.slice(0, 2)) await cancel(person)
    expect(await world.tend()).toBe(2)
    expect((await world.states(courseNumber)).slice(2)).toEqual(['offered', 'offered', 'reserve', 'reserve'])
    await world.change(courseNumber, { seats: 3 })
    expect(await world.tend()).toBe(1)
    expect((await world.states(courseNumber)).slice(2)).toEqual(['offered', 'offered', 'offered', 'reserve'])
  })

  it('offers a seat only to whom the quotas let in, and passes others by without losing their place', async () => {
    const quotas = [{ by: 'gender', values: ['female'], seats: 1 }] as const
    const courseNumber = await world.course({ seats: 2, quotas })
    const [ina] = await queue(courseNumber, ['Ina'], female)
    const [ama] = await queue(courseNumber, ['Ama'], male)
    const [ana] = await queue(courseNumber, ['Ana'], female)
    const [oma] = await queue(courseNumber, ['Oma'], male)
    await cancel(ama!)
    expect(await world.tend()).toBe(1)
    expect([await state(ana!), await state(oma!)]).toEqual(['reserve', 'offered'])
    await cancel(ina!)
    expect(await world.tend()).toBe(1)
    expect(await state(ana!)).toBe('offered')
  })

  it('makes no offer that is too late for the course', async () => {
    const { courseNumber, people } = await full(['Ina', 'Ama', 'Oma'])
    await cancel(people[0]!)
    world.clock.now = new Date(later(14 * day).getTime() - 1.4 * hour)
    await world.change(courseNumber, { startsAt: later(14 * day) })
    await world.tend()
    expect(await state(people[2]!)).toBe('reserve')
  })

  it('goes on after registration closed, until the course begins', async () => {
    const { people } = await full(['Ina', 'Ama', 'Oma'])
    world.wait(8 * day)
    await world.tend()
    await cancel(people[0]!)
    expect(await world.tend()).toBe(1)
    expect(await state(people[2]!)).toBe('offered')
  })

  it('passes over whoever is in another training, and comes back to them', async () => {
    const { people } = await full(['Ina', 'Ama', 'Oma', 'Opa'])
    const [ina, ama, oma, opa] = people as [Person, Person, Person, Person]
    const other = Number((await oma.register(await world.course(), 'Oma')).values.number)
    await cancel(ina)
    expect(await world.tend()).toBe(1)
    expect([await state(oma), await state(opa)]).toEqual(['reserve', 'offered'])
    await oma.act('cancel_registration', { number: other })
    await cancel(ama)
    expect(await world.tend()).toBe(1)
    expect(await state(oma)).toBe('offered')
  })

  it('does not turn in circles where everybody in line is elsewhere', async () => {
    const { people } = await full(['Ina', 'Ama', 'Oma'])
    await people[2]!.register(await world.course(), 'Oma')
    await cancel(people[0]!)
    expect(await world.tend()).toBe(0)
    expect(await state(people[2]!)).toBe('reserve')
  })

  it('looks for everybody in line who is elsewhere at once, and offers the seat to the first who is not', async () => {
    const names = ['Ina', 'Ama', 'Oma', 'Opa', 'Ana', 'Siti', 'Budi']
    const { people } = await full(names)
    const elsewhere = await world.course({ seats: 9 })
    for (const at of [2, 3, 4]) await people[at]!.register(elsewhere, names[at]!)
    // Of the same name, year and kelurahan, but born on another day: somebody else.
    await (await world.seat()).register(elsewhere, 'Siti', { birth: '1998-08-18' })
    await cancel(people[0]!)
    const locked: string[] = []
    const store: typeof world.store = {
      ...world.store,
      async lockPerson(transaction, person) {
        locked.push(person.name)
        await world.store.lockPerson(transaction, person)
      },
    }
    await createTendSeats({ ...world, store, tend: createTendSeatsStore(world) })(world.clock.now)
    expect(locked).toEqual(['Oma', 'Siti'])
    expect(await state(people[5]!)).toBe('offered')
  })

  it('lets go without a word whoever blocked the bot or is gone, and goes on', async () => {
    const { people } = await full(['Ina', 'Ama', 'Oma', 'Opa', 'Ana'])
    const [ina, , oma, opa, ana] = people as [Person, Person, Person, Person, Person]
    await world.prisma.chat.update({ where: { id: oma.chatId }, data: { state: 'stopped' } })
    await world.prisma.chat.delete({ where: { id: opa.chatId } })
    await cancel(ina)
    expect(await world.tend()).toBe(3)
    expect([await state(oma), await state(opa), await state(ana)]).toEqual(['lapsed', 'lapsed', 'offered'])
    expect(await world.noticesOf(oma.number)).toEqual([])
    expect(await world.said()).toHaveLength(1)
  })

  it('leaves the seats that an officer gives until registration is over and everybody is decided on', async () => {
    const courseNumber = await world.course({ selection: 'officer', seats: 1 })
    const [ina, ama] = await queue(courseNumber, ['Ina', 'Ama'])
    const move = (person: Person, to: 'reserve' | 'rejected') =>
      world.store.transact((transaction) =>
        world.store.move(transaction, person.number, to, { type: 'time' }, world.clock.now),
      )
    await move(ina!, 'reserve')
    expect(await world.tend()).toBe(0)
    world.wait(7 * day)
    expect(await world.tend()).toBe(1)
    expect(await state(ina!)).toBe('reserve')
    await move(ama!, 'rejected')
    expect(await world.tend()).toBe(1)
    expect(await state(ina!)).toBe('offered')
  })

  it('offers by score where officers gave one', async () => {
    const { courseNumber, people } = await full(['Ina', 'Ama', 'Oma', 'Opa', 'Ana'])
    await world.prisma.registration.update({ where: { id: BigInt(people[3]!.number) }, data: { score: 80 } })
    await cancel(people[0]!)
    await world.tend()
    expect(await world.states(courseNumber)).toEqual([
      'withdrawn',
      'accepted',
      'reserve',
      'offered',
      'reserve',
    ])
  })

  it('does the rest where one thing fails, and says so', async () => {
    const [one, two] = [await full(['Ina', 'Ama', 'Oma']), await full(['Opa', 'Ana', 'Budi'])]
    await cancel(one.people[0]!)
    await cancel(two.people[0]!)
    const voice = {
      ...world.voice,
      async offer(...given: Parameters<typeof world.voice.offer>) {
        if (given[2].name === 'Oma') throw new Error('no such step')
        await world.voice.offer(...given)
      },
    }
    const tend = createTendSeats({ ...world, voice, tend: createTendSeatsStore(world) })
    await expect(tend(monday)).rejects.toThrow('1 things could not be tended')
    expect(await state(one.people[2]!)).toBe('reserve')
    expect(await state(two.people[2]!)).toBe('offered')
    expect(await world.tend()).toBe(1)
  })
})
