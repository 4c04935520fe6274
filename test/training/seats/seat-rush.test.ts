import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Quota } from '../../../src/training/course.ts'
import { hasSeat, overfull } from '../../../src/training/seats/seats.ts'
import { openSeatsWorld, type SeatsWorld } from './seats-world.ts'

type Process = Awaited<ReturnType<SeatsWorld['another']>>

let world: SeatsWorld
let processes: Process[]
beforeAll(async () => {
  world = await openSeatsWorld()
  processes = await Promise.all([world.another(), world.another(), world.another()])
}, 60_000)
afterAll(async () => {
  for (const process of processes) await process.close()
  await world.close()
})

/** So many people, each in a chat of their own, whose turns are in all the processes by turns. */
async function crowd(count: number) {
  const { rows } = await world.database.pool.query(
    `WITH people AS (INSERT INTO contact SELECT FROM generate_series(1, $1) RETURNING id)
     INSERT INTO chat (contact_id, channel, account, external_id)
     SELECT id, 'telegram', 'main', id::text FROM people RETURNING id, contact_id AS contact`,
    [count],
  )
  return rows.map(({ id, contact }, index) => world.resident(contact, BigInt(id), processes[index % 3]!))
}

describe('register, by everybody at once', () => {
  it('gives 16 of 1,000 people the 16 seats, and the others the places 1 to 984 in order of arrival', async () => {
    const number = await world.course({ seats: 16 })
    const people = await crowd(1_000)
    const results = await Promise.all(
      people.map((person, index) => person.register(number, `Warga ${index}`)),
    )
    const arrived = results.toSorted((a, b) => Number(a.values.number) - Number(b.values.number))
    const outcomes = arrived.map(({ outcome, values }) =>
      outcome === 'waiting' ? values.place_in_line : outcome,
    )
    expect(outcomes).toEqual([
      ...Array.from({ length: 16 }, () => 'accepted'),
      ...Array.from({ length: 984 }, (_, index) => index + 1),
    ])
    const states = await world.states(number)
    expect(states.slice(0, 16).every((state) => state === 'accepted')).toBe(true)
    expect(states.slice(16).every((state) => state === 'reserve')).toBe(true)
    expect(states).toHaveLength(1_000)
    expect(await world.prisma.registrationChange.count()).toBe(1_000)
    expect(await world.trail('registration.create')).toHaveLength(1_000)
    expect(await world.tend()).toBe(0)
  }, 600_000)

  it('gives one person one seat, from however many chats they ask for it', async () => {
    const number = await world.course({ seats: 16 })
    const people = await crowd(40)
    const names = ['Ina', 'Ama', 'ina ', 'INA', 'Ama']
    const results = await Promise.all(
      people.map((person, index) => person.register(number, names[index % 5]!)),
    )
    const counts = new Map<string, number>()
    for (const { outcome } of results) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
    expect(counts).toEqual(
      new Map([
        ['accepted', 2],
        ['elsewhere', 38],
      ]),
    )
  }, 120_000)

  it('gives one person one of several trainings', async () => {
    const numbers = await Promise.all(Array.from({ length: 6 }, () => world.course({ seats: 16 })))
    const people = await crowd(6)
    const results = await Promise.all(people.map((person, index) => person.register(numbers[index]!, 'Oma')))
    expect(results.map(({ outcome }) => outcome).sort()).toEqual([
      'accepted',
      ...Array.from({ length: 5 }, () => 'elsewhere'),
    ])
  }, 120_000)
})

const kelurahan = ['53.71.01.1001', '53.71.01.1002', '53.71.02.1001', '53.71.03.1001'] as const
const values: Readonly<Record<Quota['by'], readonly string[]>> = {
  kelurahan,
  kecamatan: ['53.71.01', '53.71.02'],
  gender: ['female', 'male'],
  desil: ['1', '2', '3'],
}
const quotas = fc.array(
  fc.constantFrom<Quota['by']>('kelurahan', 'kecamatan', 'gender', 'desil').chain((by) =>
    fc.record({
      by: fc.constant(by),
      values: fc.subarray([...values[by]], { minLength: 1 }),
      seats: fc.integer({ min: 0, max: 5 }),
    }),
  ),
  { maxLength: 4 },
)
const applicants = fc.array(
  fc.record({
    kelurahan: fc.constantFrom(...kelurahan),
    gender: fc.constantFrom('Perempuan', 'Laki-laki', undefined),
    desil: fc.constantFrom(1, 2, 3, 7, undefined),
  }),
  { minLength: 20, maxLength: 40 },
)

describe('register, by people of groups at once', () => {
  it('never gives more seats than there are, in all and in any group, and leaves none free that fits', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), quotas, applicants, async (seats, quotas, them) => {
        const number = await world.course({ seats, quotas, exclusive: false })
        const people = await crowd(them.length)
        await Promise.all(
          people.map((person, index) => {
            const { kelurahan, gender, desil } = them[index]!
            const told = { gender, desil: desil === undefined ? undefined : `Desil ${desil}` }
            const answers = Object.entries(told).map(([id, answer = '']) => ({ id, question: id, answer }))
            return person.register(number, `Warga ${number} ${index}`, { kelurahan, answers })
          }),
        )
        const course = await world.findCourse(number)
        const seated = await world.store.seated(world.prisma, number)
        const line = await world.store.line(world.prisma, number)
        expect(overfull(course, seated)).toEqual([])
        expect(seated.length + line.length).toBe(them.length)
        expect(line.filter((person) => hasSeat(course, seated, person))).toEqual([])
      }),
      { numRuns: 8 },
    )
  }, 300_000)
})
