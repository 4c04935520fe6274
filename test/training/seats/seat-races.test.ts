import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Deed, deeds, jumps, openGame } from './seat-game.ts'
import { day, hour, later, monday, openSeatsWorld, type SeatsWorld } from './seats-world.ts'

type Process = Awaited<ReturnType<SeatsWorld['another']>>

let world: SeatsWorld
let processes: Process[]
beforeAll(async () => {
  world = await openSeatsWorld()
  processes = await Promise.all([world.another(), world.another()])
}, 60_000)
afterAll(async () => {
  for (const process of processes) await process.close()
  await world.close()
})

const tendings: readonly Deed['deed'][] = ['tend', 'tend_twice']

describe('whatever is done with seats', () => {
  it('one after the other keeps them fair, and tending leaves none free that somebody may have', async () => {
    const any = fc.oneof({ weight: 5, arbitrary: deeds }, { weight: 1, arbitrary: jumps })
    await fc.assert(
      fc.asyncProperty(fc.array(any, { minLength: 10, maxLength: 40 }), async (list) => {
        const game = await openGame(world, processes)
        for (const deed of list) {
          await game.once(deed)
          await game.expectSound()
          if (tendings.includes(deed.deed)) await game.expectTended()
        }
      }),
      { numRuns: 12 },
    )
  }, 600_000)

  it('at once, in two processes, keeps them fair, and nobody waits for ever', async () => {
    const rounds = fc.array(fc.tuple(fc.array(deeds, { minLength: 3, maxLength: 8 }), jumps), {
      minLength: 2,
      maxLength: 5,
    })
    await fc.assert(
      fc.asyncProperty(rounds, async (list) => {
        const game = await openGame(world, processes)
        for (const [together, jump] of list) {
          await Promise.all(together.map((deed) => game.once(deed)))
          await game.expectSound()
          await game.once(jump)
          await game.once({ deed: 'tend_twice' })
          await game.expectSound()
          await game.expectTended()
        }
      }),
      { numRuns: 12 },
    )
  }, 600_000)
})

/** A course of some seats, all taken, with a line. */
async function crowded(seats: number, waiting: number) {
  world.clock.now = monday
  await world.prisma.course.deleteMany()
  const number = await world.course({ seats, exclusive: false })
  const people = []
  for (let index = 0; index < seats + waiting; index += 1) {
    const seat = await world.seat()
    const { values } = await seat.register(number, `Warga ${number} ${index}`)
    people.push({ ...seat, number: Number(values.number) })
  }
  return { number, people }
}

const count = (states: readonly string[], state: string) => states.filter((each) => each === state).length

describe('cancelling, offering and answering at once', () => {
  it('loses no seat and doubles none', async () => {
    const { number, people } = await crowded(4, 20)
    for (let round = 0; round < 8; round += 1) {
      const rows = await world.states(number)
      const seated = people.filter((_, index) => rows[index] === 'accepted')
      const offered = people.filter((_, index) => rows[index] === 'offered')
      await Promise.all([
        ...seated.slice(0, 2).map(({ act, number }) => act('cancel_registration', { number })),
        ...offered.map(({ act, number }, index) =>
          index % 3 === 2
            ? act('cancel_registration', { number })
            : act('answer_offer', { number, take: index % 3 === 0 }),
        ),
        ...processes.map((process) => process.tend()),
      ])
      await world.tend()
      const states = await world.states(number)
      const inSeats = count(states, 'accepted') + count(states, 'offered')
      expect(inSeats).toBe(Math.min(4, inSeats + count(states, 'reserve')))
      expect(states).toHaveLength(24)
      // Whoever is in line came after everybody who was offered a seat.
      const lastOffered = Math.max(states.lastIndexOf('offered'), states.lastIndexOf('lapsed'))
      if (states.includes('reserve')) expect(states.indexOf('reserve')).toBeGreaterThan(lastOffered)
    }
  }, 300_000)

  it('gives an offered seat to whoever answers, or to the next, when the answer comes with the deadline', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { number, people } = await crowded(1, 2)
      const [ina, ama] = people
      await ina!.act('cancel_registration', { number: ina!.number })
      await world.tend()
      world.clock.now = later(6 * hour)
      const [answer] = await Promise.all([
        ama!.act('answer_offer', { number: ama!.number, take: true }),
        ...processes.map((process) => process.tend()),
      ])
      expect(answer.outcome).toBe('late')
      await world.tend()
      expect(await world.states(number)).toEqual(['withdrawn', 'lapsed', 'offered'])
      expect((await world.history(ama!.number)).slice(1)).toEqual(['offered by time', 'lapsed by time'])
      expect((await world.noticesOf(ama!.number)).length).toBeLessThanOrEqual(1)
    }
  }, 120_000)
})

const waitingSql = `SELECT count(DISTINCT l.pid)::int AS n FROM pg_locks l JOIN pg_stat_activity a USING (pid)
  WHERE a.datname = current_database() AND NOT l.granted`

describe('register, while an officer changes the course', () => {
  it('goes by what the course is once the officer is done', async () => {
    const number = await world.course({ seats: 1 })
    const [closing, ina, ama] = [await world.course(), await world.seat(), await world.seat()]
    await ina.register(number, 'Ina')
    const client = await world.database.pool.connect()
    await client.query('BEGIN')
    await client.query('UPDATE course SET seats = 2 WHERE id = $1', [number])
    await client.query(`UPDATE course SET state = 'selection' WHERE id = $1`, [closing])
    const results = [ama.register(number, 'Ama'), ina.register(closing, 'Oma')]
    const waiting = async () => (await world.database.pool.query(waitingSql)).rows[0].n
    await expect
      .poll(waiting, { timeout: 20_000 })
      .toBe(2)
      .finally(() => client.query('COMMIT'))
    client.release()
    expect((await Promise.all(results)).map(({ outcome }) => outcome)).toEqual(['accepted', 'closed'])
  }, 60_000)
})

describe('createTendSeats, after a time in which nothing ran', () => {
  it('acts on every deadline once, however many processes start together', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 6 }),
        fc.constantFrom(6, 30, 24 * 6),
        async (seats, waiting, hours) => {
          const { number, people } = await crowded(seats, waiting)
          for (const { act, number } of people.slice(0, seats)) await act('cancel_registration', { number })
          await world.tend()
          const offered = Math.min(seats, waiting)
          expect(count(await world.states(number), 'offered')).toBe(offered)
          world.wait(hours * hour)
          const counts = await Promise.all([...processes, world].map((process) => process.tend()))
          const offeredNow = Math.min(seats, waiting - offered)
          expect(counts.reduce((sum, each) => sum + each)).toBe(offered + offeredNow)
          expect(await world.states(number)).toEqual([
            ...Array.from({ length: seats }, () => 'withdrawn'),
            ...Array.from({ length: offered }, () => 'lapsed'),
            ...Array.from({ length: offeredNow }, () => 'offered'),
            ...Array.from({ length: waiting - offered - offeredNow }, () => 'reserve'),
          ])
          for (const { number } of people.slice(seats, seats + offered))
            expect(await world.noticesOf(number)).toHaveLength(1)
          expect(await world.tend()).toBe(0)
        },
      ),
      { numRuns: 8 },
    )
  }, 300_000)
})

describe('createTendSeats, with the clock set back', () => {
  it('undoes and doubles nothing, and goes on when the time is there again', async () => {
    const { number, people } = await crowded(2, 4)
    for (const { act, number } of people.slice(0, 2)) await act('cancel_registration', { number })
    await world.tend()
    const [, , oma, opa] = people
    expect((await oma!.act('answer_offer', { number: oma!.number, take: true })).outcome).toBe('taken')
    world.wait(6 * hour)
    await world.tend()
    const states = ['withdrawn', 'withdrawn', 'accepted', 'lapsed', 'offered', 'reserve']
    expect(await world.states(number)).toEqual(states)
    for (const back of [1, 5 * hour, day, 40 * day]) {
      const { now } = world.clock
      world.wait(-back)
      await Promise.all(processes.map((process) => process.tend()))
      expect(await world.states(number)).toEqual(states)
      expect((await opa!.act('answer_offer', { number: opa!.number, take: true })).outcome).toBe('late')
      world.clock.now = now
    }
    expect(await world.tend()).toBe(0)
    world.wait(day)
    await world.tend()
    expect((await world.states(number)).slice(3)).toEqual(['lapsed', 'lapsed', 'offered'])
  }, 120_000)
})
