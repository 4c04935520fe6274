import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mayTell } from '../../src/broadcast/topic-rights.ts'
import type { Officer, StaffRole } from '../../src/staff/officer.ts'
import { audienceOf, type BroadcastWorld, ina, openBroadcastWorld, planOf } from './broadcast-world.ts'

let world: BroadcastWorld
beforeAll(async () => {
  world = await openBroadcastWorld()
  await world.people(4)
}, 60_000)
afterAll(() => world.close())

const officer = (...roles: StaffRole[]): Officer => ({ id: `id-${roles.join('-')}`, name: 'Contoh', roles })
const refused = {
  type: 'problems',
  problems: [{ at: 'audience.topics', what: 'not_your_topic', detail: 'Menjahit' }],
}

describe(mayTell.name, () => {
  it('gives each office its own topics, and all to who judges what others wrote', () => {
    const topics = ['training', 'training/las', 'assistance', 'umkm', 'something_new']
    const told = (...roles: StaffRole[]) => topics.filter((topic) => mayTell({ roles }, topic))
    expect(told('pelatihan')).toEqual(['training', 'training/las'])
    expect(told('bansos')).toEqual(['assistance'])
    expect(told('umkm', 'penjawab')).toEqual(['umkm'])
    expect(told('umkm', 'bansos')).toEqual(['assistance', 'umkm'])
    expect(told('penyetuju')).toEqual(topics)
    expect(told('admin')).toEqual(topics)
    expect(told('lurah')).toEqual([])
  })
})

describe('createBroadcastDesk, of the topics of offices', () => {
  it('neither keeps, proposes nor sends what is written to those of another office', async () => {
    const fair = officer('umkm')
    expect(await world.desk.create(fair, planOf())).toEqual(refused)
    const own = await world.desk.create(fair, planOf({ audience: audienceOf({ topics: ['umkm'] }) }))
    if (own.type !== 'done') throw new Error(own.type)
    const wider = planOf({ audience: audienceOf({ topics: ['umkm', 'training/menjahit'] }) })
    expect(await world.desk.edit(fair, own.number, wider, 0)).toEqual(refused)
    const trainings = await world.draft()
    expect(await world.desk.propose(fair, trainings, 0)).toEqual(refused)
    expect(await world.desk.approve(fair, trainings, 0)).toEqual(refused)
    await world.desk.propose(ina, trainings, 0)
    expect(await world.desk.approve(officer('penyetuju'), trainings, 0)).toEqual({ type: 'done' })
  })
})
