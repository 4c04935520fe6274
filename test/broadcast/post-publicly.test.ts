import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  createPublicPosting,
  type Posted,
  type PublicPosting,
} from '../../src/broadcast/sending/post-publicly.ts'
import { createPostingStore } from '../../src/broadcast/sending/store-posting.ts'
import { type BroadcastWorld, hour, ina, monday, openBroadcastWorld } from './broadcast-world.ts'

let world: BroadcastWorld
let posting: PublicPosting
beforeAll(async () => {
  world = await openBroadcastWorld()
  posting = createPublicPosting({ ...world.room, posting: createPostingStore(world.database) })
  await world.person()
})
afterAll(() => world.close())
afterEach(() => world.prisma.broadcast.deleteMany())

const later = (ms: number) => new Date(monday.getTime() + ms)
const sent: Posted = { type: 'sent', externalId: 'm1' }
const states = async () =>
  (await world.prisma.broadcastPost.findMany({ orderBy: { id: 'asc' } })).map(
    ({ state, externalId, failure, settledAt }) => ({ state, externalId, failure, settledAt }),
  )
const nothing = { externalId: null, failure: null, settledAt: null }

describe('createPublicPosting', () => {
  it('posts what a broadcast says, with a link for each button and no word on how to stop', async () => {
    await world.sending({ posts: ['telegram'] })
    const posts: { text: string; buttons: readonly unknown[] }[] = []
    const posted = await posting.next('telegram', async (message) => {
      posts.push(message)
      // Whoever dies here leaves no second post behind.
      expect(await states()).toEqual([{ ...nothing, state: 'unknown' }])
      return sent
    })
    expect(posted).toEqual(sent)
    expect(posts).toHaveLength(1)
    expect(posts[0]?.text).toBe(
      'Kelas menjahit dibuka di Kota Kupang.\n\nDaftar (Telegram): https://t.me/lopo_contoh_bot?start=daftar-12',
    )
    expect(posts[0]?.buttons).toEqual([])
    expect(await states()).toEqual([
      { state: 'sent', externalId: 'm1', failure: null, settledAt: world.clock.now },
    ])
    expect(await posting.next('telegram', async () => sent)).toBeUndefined()
  })

  it('posts once, whoever asks at the same time, and on its own channel only', async () => {
    await world.sending({ posts: ['telegram'] })
    let count = 0
    const post = async (): Promise<Posted> => {
      count += 1
      return sent
    }
    expect(await posting.next('whatsapp', post)).toBeUndefined()
    await Promise.all([1, 2, 3].map(() => posting.next('telegram', post)))
    expect(count).toBe(1)
  })

  it('waits while the broadcast is paused, and when nothing left', async () => {
    const number = await world.sending({ posts: ['telegram'] })
    await world.desk.pause(ina, number)
    expect(await posting.next('telegram', async () => sent)).toBeUndefined()
    await world.desk.resume(ina, number)
    expect(await posting.next('telegram', async () => ({ type: 'too_early' }))).toEqual({ type: 'too_early' })
    expect(await states()).toEqual([{ ...nothing, state: 'queued' }])
    expect(
      await posting.next('telegram', async () => ({ type: 'failed', failure: 'refused' })),
    ).toMatchObject({
      type: 'failed',
    })
    expect(await states()).toMatchObject([{ state: 'failed', failure: 'refused' }])
  })

  it('posts nothing at night, before the signs of the first few, or when its time is over', async () => {
    const number = await world.sending({ posts: ['telegram'], expiresAt: later(20 * hour) })
    const next = () => posting.next('telegram', async () => sent)
    world.clock.now = later(14 * hour)
    expect(await next()).toBeUndefined()
    world.clock.now = monday
    const phase = (phase: string) =>
      world.prisma.broadcast.update({ where: { id: BigInt(number) }, data: { phase } })
    await phase('canary')
    expect(await next()).toBeUndefined()
    await phase('rest')
    world.clock.now = later(24 * hour)
    expect(await next()).toBeUndefined()
    world.clock.now = later(hour)
    expect(await next()).toEqual(sent)
    world.clock.now = monday
  })

  it('gives up what a process took up that is gone', async () => {
    await world.sending({ posts: ['telegram'] })
    const store = createPostingStore(world.database)
    await store.claim('telegram', monday)
    expect(await posting.abandon('telegram')).toBe(1)
    expect(await states()).toMatchObject([{ state: 'unknown', settledAt: world.clock.now }])
    expect(await posting.next('telegram', async () => sent)).toBeUndefined()
    expect(await posting.abandon('telegram')).toBe(0)
  })
})
