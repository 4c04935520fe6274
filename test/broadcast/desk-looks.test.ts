import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  audienceOf,
  type BroadcastWorld,
  day,
  guest,
  ina,
  monday,
  oma,
  openBroadcastWorld,
} from './broadcast-world.ts'

let world: BroadcastWorld
beforeAll(async () => {
  world = await openBroadcastWorld()
}, 60_000)
afterAll(() => world.close())

describe('createBroadcastDesk, of looks', () => {
  it('gives recipients a page at a time by key, also of one state, and notes a look as a look', async () => {
    await world.people(7)
    const number = await world.sending()
    await world.settle(number, 'failed', 3, 'refused')
    const page = (after: bigint, state?: 'failed' | 'queued') =>
      world.desk.recipientPage(oma, number, { after, limit: 3, state })
    const seen: bigint[] = []
    for (let after: bigint | undefined = 0n; after !== undefined; ) {
      const found = await page(after)
      seen.push(...(found?.lines ?? []).map(({ id }) => id))
      after = found?.next
    }
    const all = (await world.recipients(number)).map(({ id }) => id)
    expect(seen).toEqual(all)
    expect(await page(0n, 'failed')).toMatchObject({ lines: [{}, {}, {}], next: undefined })
    const queued = await page(0n, 'queued')
    expect(queued?.lines.map(({ state }) => state)).toEqual(['queued', 'queued', 'queued'])
    expect((await page(queued?.next ?? 0n, 'queued'))?.lines).toHaveLength(1)
    expect(await world.desk.recipientPage(guest, number, { after: 0n, limit: 3 })).toBeUndefined()
    expect(await world.desk.recipientPage(oma, 999, { after: 0n, limit: 3 })).toBeUndefined()
    expect(await world.trail('broadcast.export')).toEqual([])
    expect((await world.trail('broadcast.look'))[0]).toEqual({
      ...{ actorType: 'staff', actorId: oma.id, subject: String(number), details: { lines: 3 } },
    })
    const what = (await world.desk.read(oma, number))?.changes.map((change) => change.what)
    expect(what).not.toContain('look')
  })

  it('shows no samples of so few that they are known by them', async () => {
    const audience = audienceOf({ topics: ['umkm'] })
    await world.people(4, { topics: ['umkm'] })
    expect(await world.desk.count(ina, audience)).toMatchObject({ reachable: 4, samples: [] })
    expect((await world.trail('broadcast.count')).at(-1)?.details).toEqual({ reachable: 4, samples: 0 })
    await world.person({ topics: ['umkm'] })
    expect((await world.desk.count(ina, audience)).samples).toHaveLength(5)
  })

  it('leaves no number of a person in the trail by the name of an audience', async () => {
    await world.desk.saveAudience(ina, 'Bu Yuli 0812 3399 1111', audienceOf())
    const [saved] = await world.desk.audiences()
    await world.desk.removeAudience(ina, saved!.id)
    for (const action of ['broadcast.audience_save', 'broadcast.audience_remove'])
      expect((await world.trail(action)).map(({ details }) => details)).toEqual([{ name: 'Bu Yuli #' }])
    expect(await world.desk.saveAudience(ina, 'x'.repeat(61), audienceOf())).toEqual({ type: 'name' })
  })

  it('lists the own test chats, and shows nothing in one that is forgotten', async () => {
    const number = await world.draft()
    const [first, second] = await world.people(2, { topics: [] })
    const remember = (officer: { id: string }, chatId: bigint, at: Date) =>
      world.room.store.testers.remember(world.prisma, officer.id, chatId, at)
    await remember(ina, first!.chatId, monday)
    await remember(ina, second!.chatId, new Date(monday.getTime() - day))
    const mine = await world.desk.testers(ina)
    expect(mine.map(({ chatId }) => chatId)).toEqual([first!.chatId, second!.chatId])
    expect(mine[0]).toMatchObject({ channel: 'telegram', at: monday, masked: expect.stringMatching(/^••••/) })
    expect(await world.desk.testers(oma)).toEqual([])
    expect(await world.desk.testers(guest)).toEqual([])
    // Not by a colleague.
    await world.desk.forgetTester(oma, first!.chatId)
    expect(await world.desk.test(ina, number)).toBe(2)
    await world.desk.forgetTester(ina, first!.chatId)
    expect(await world.desk.test(ina, number)).toBe(1)
    expect(await world.trail('broadcast.tester_remove')).toMatchObject([{ actorId: ina.id, subject: null }])
  })
})
