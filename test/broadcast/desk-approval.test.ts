import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { standingOf } from '../../src/broadcast/desk/standing-of.ts'
import type { Officer } from '../../src/staff/officer.ts'
import {
  ama,
  audienceOf,
  type BroadcastWorld,
  day,
  hour,
  ina,
  monday,
  oma,
  openBroadcastWorld,
  planOf,
} from './broadcast-world.ts'

let world: BroadcastWorld
beforeAll(async () => {
  world = await openBroadcastWorld()
  await world.people(4)
  await world.person({ topics: ['umkm'] })
}, 60_000)
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = monday
})

const few = { audience: audienceOf({ topics: ['umkm'] }) }
const officer = (id: string, ...roles: Officer['roles']): Officer => ({ id, name: id, roles })
const draftOf = async (author: Officer, change = {}): Promise<number> => {
  const made = await world.desk.create(author, planOf(change))
  if (made.type !== 'done') throw new Error(JSON.stringify(made))
  return made.number
}
const movesOf = async (viewer: Officer, number: number) => (await world.desk.read(viewer, number))?.moves

describe(standingOf.name, () => {
  it('counts what one officer sent alone within a day, however many broadcasts it was', async () => {
    const una = officer('id-una', 'umkm')
    for (const sent of [0, 1]) {
      const number = await draftOf(una, few)
      expect(await world.desk.read(una, number)).toMatchObject({ needsApproval: false, sentAlone: sent })
      expect(await world.desk.approve(una, number, 0)).toEqual({ type: 'done' })
    }
    const third = await draftOf(una, few)
    expect(await world.desk.read(una, third)).toMatchObject({
      ...{ needsApproval: true, sentAlone: 2, moves: ['edit', 'propose', 'remove'] },
    })
    expect(await world.desk.approve(una, third, 0)).toEqual({ type: 'state', state: 'draft' })
    expect(await world.recipients(third)).toEqual([])
    // A colleague sent nothing yet.
    expect(await movesOf(ina, third)).toEqual(['edit', 'send', 'remove'])
    expect(await world.desk.propose(una, third, 0)).toEqual({ type: 'done' })
    expect(await world.desk.approve(una, third, 0)).toEqual({ type: 'not_allowed' })
    world.clock.now = new Date(monday.getTime() + day + hour)
    expect(await movesOf(una, third)).toEqual(['approve', 'edit', 'remove'])
    expect(await world.desk.approve(una, third, 0)).toEqual({ type: 'done' })
  })

  it('does not count what a second person approved, nor what was cancelled before it began', async () => {
    const boss = officer('id-boss', 'admin')
    for (let at = 0; at < 3; at += 1) {
      const number = await draftOf(ina)
      await world.desk.propose(ina, number, 0)
      expect(await world.desk.approve(boss, number, 0)).toEqual({ type: 'done' })
    }
    for (let at = 0; at < 3; at += 1) {
      const number = await draftOf(boss, few)
      expect(await world.desk.read(boss, number)).toMatchObject({ sentAlone: 0 })
      expect(await world.desk.approve(boss, number, 0)).toEqual({ type: 'done' })
      await world.desk.cancel(boss, number)
    }
    const begun = await draftOf(boss, few)
    expect(await world.desk.approve(boss, begun, 0)).toEqual({ type: 'done' })
    await world.tend(world.clock.now)
    await world.desk.cancel(boss, begun)
    expect(await world.desk.read(boss, await draftOf(boss, few))).toMatchObject({ sentAlone: 1 })
  })

  it('lets nobody past the threshold who sends two at once', async () => {
    const quick = officer('id-quick', 'umkm')
    const numbers = await Promise.all([1, 2, 3, 4].map(() => draftOf(quick, few)))
    const sent = await Promise.all(numbers.map((number) => world.desk.approve(quick, number, 0)))
    expect(sent.map(({ type }) => type).sort()).toEqual(['done', 'done', 'state', 'state'])
  })

  it('knows everybody who ever wrote in it, not only the last', async () => {
    const number = await draftOf(ina)
    expect(await world.desk.edit(ama, number, planOf({ title: 'Dari Ama' }), 0)).toEqual({ type: 'done' })
    expect(await world.desk.edit(ina, number, planOf({ title: 'Dari Ina' }), 1)).toEqual({ type: 'done' })
    expect(await world.desk.propose(ina, number, 2)).toEqual({ type: 'done' })
    expect(await movesOf(ama, number)).toEqual(['edit', 'remove'])
    expect(await world.desk.approve(ama, number, 2)).toEqual({ type: 'same_person' })
    expect(await world.recipients(number)).toEqual([])
    expect(await world.desk.approve(oma, number, 2)).toEqual({ type: 'done' })
    expect((await world.trail('broadcast.approve')).at(-1)).toMatchObject({
      details: { audience: 4, alone: false },
    })
  })

  it('takes nobody at the machine for a second person', async () => {
    const operator = officer('cli:root', 'admin')
    const number = await draftOf(ina)
    await world.desk.propose(ina, number, 0)
    expect(await movesOf(operator, number)).toEqual(['edit', 'remove'])
    expect(await world.desk.approve(operator, number, 0)).toEqual({ type: 'same_person' })
    expect(await world.desk.sendBack(operator, number, 'Tanggal salah')).toEqual({ type: 'done' })
  })
})
