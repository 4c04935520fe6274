import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BroadcastWorld, ina, monday, oma, openBroadcastWorld } from './broadcast-world.ts'

let world: BroadcastWorld
beforeAll(async () => {
  world = await openBroadcastWorld({ approvalAbove: 10 })
  await world.people(4)
}, 60_000)
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = monday
  world.given.withdrawn = []
  world.alarms.splice(0)
})

const withdrawn = { type: 'problems', problems: [{ at: 'text', what: 'withdrawn', detail: 'Madu' }] }
const queued = async (number: number) =>
  world.prisma.outboxMessage.count({ where: { batchId: (await world.read(number)).batchId ?? -1n } })

describe('a broadcast of what is no longer shown', () => {
  it('is neither proposed nor approved', async () => {
    const number = await world.draft()
    world.given.withdrawn = ['Madu']
    expect(await world.desk.propose(ina, number, 0)).toEqual(withdrawn)
    expect(await world.desk.approve(oma, number, 0)).toEqual(withdrawn)
    expect(await world.read(number)).toMatchObject({ state: 'draft' })
  })

  it('that was approved before waits for an officer, and nobody is told', async () => {
    const number = await world.draft()
    expect(await world.desk.approve(ina, number, 0)).toEqual({ type: 'done' })
    world.given.withdrawn = ['Madu']
    await world.tend(world.clock.now)
    expect(await world.read(number)).toMatchObject({ state: 'paused', pauseReason: 'withdrawn' })
    expect(world.alarms).toEqual([
      {
        kind: 'broadcast_paused',
        subject: String(number),
        details: { number: String(number), reason: 'withdrawn' },
      },
    ])
    // Whoever lets it go on all the same sends nothing of it either.
    expect(await world.desk.resume(ina, number)).toEqual({ type: 'done' })
    expect(await world.prepare(number)).toBe(0)
    await world.tend(world.clock.now)
    expect([await queued(number), (await world.read(number)).state]).toEqual([0, 'paused'])
    world.given.withdrawn = []
    expect(await world.desk.resume(ina, number)).toEqual({ type: 'done' })
    expect(await world.prepare(number)).toBe(4)
  })

  it('stops while it is being sent', async () => {
    const number = await world.sending()
    expect(await queued(number)).toBe(4)
    await world.tend(world.clock.now)
    expect((await world.read(number)).state).toBe('sending')
    world.given.withdrawn = ['Madu']
    await world.tend(world.clock.now)
    const { state, batchId } = await world.read(number)
    expect(state).toBe('paused')
    const batch = await world.prisma.outboxBatch.findUniqueOrThrow({ where: { id: batchId ?? 0n } })
    expect(batch.held).toBe(true)
  })
})
