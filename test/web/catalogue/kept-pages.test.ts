import { describe, expect, it } from 'vitest'
import { createKeptPages, type KeptPage } from '../../../src/web/catalogue/kept-pages.ts'

function openShelf(options: Partial<Parameters<typeof createKeptPages>[0]> = {}) {
  const clock = { now: 0 }
  const kept = createKeptPages({ patienceMs: 1_000, most: 400, elapsed: () => clock.now, ...options })
  let made = 0
  const make =
    (status: KeptPage['status'] = 200) =>
    async (): Promise<KeptPage> => {
      made += 1
      const bytes = new Uint8Array()
      return {
        status,
        path: undefined,
        gzipped: bytes,
        etag: String(made),
        views: [],
        finds: [],
      }
    }
  const get = async (status?: KeptPage['status']) => Number((await kept.get('page', make(status))).etag)
  return { clock, kept, get, make, count: () => made }
}

describe('createKeptPages', () => {
  it('makes a page once for all who ask at the same time', async () => {
    const { get, count } = openShelf()
    await Promise.all(Array.from({ length: 50 }, () => get()))
    expect(count()).toBe(1)
  })

  it('shows an older one while it is made anew, once, and then the new one', async () => {
    const { get, clock, count } = openShelf()
    await get()
    clock.now = 1_500
    expect(await Promise.all([get(), get(), get()])).toEqual([1, 1, 1])
    expect([count(), await get()]).toEqual([2, 2])
  })

  it('shows none that is older than twice its time', async () => {
    const { get, clock } = openShelf()
    await get()
    clock.now = 2_000
    expect(await get()).toBe(2)
  })

  it('keeps nothing that is not there, and nothing that failed', async () => {
    const { get, kept } = openShelf()
    expect([await get(404), await get(410), await get()]).toEqual([1, 2, 3])
    const fail = () => kept.get('other', () => Promise.reject(new Error('no database')))
    await expect(fail()).rejects.toThrow('no database')
    await expect(fail()).rejects.toThrow('no database')
  })

  it('drops a page that is gone when it is made anew', async () => {
    const { get, clock } = openShelf()
    await get()
    clock.now = 1_500
    expect(await get(410)).toBe(1)
    expect(await get(410)).toBe(3)
  })

  it('forgets those that were made longest ago when there are too many', async () => {
    const { kept, make, count } = openShelf()
    for (let page = 0; page < 401; page += 1) await kept.get(String(page), make())
    await kept.get('400', make())
    expect(count()).toBe(401)
    await kept.get('0', make())
    expect(count()).toBe(402)
  })

  describe('told of changes', () => {
    const calm = { calmMs: 60_000 }

    it('keeps a page for long while nothing changes', async () => {
      const { get, clock } = openShelf(calm)
      await get()
      clock.now = 59_000
      expect(await get()).toBe(1)
      clock.now = 60_500
      expect(await get()).toBe(1)
      expect(await get()).toBe(2)
    })

    it('shows none that was made long before a change', async () => {
      const { get, clock, kept } = openShelf(calm)
      await get()
      clock.now = 30_000
      kept.changed()
      expect(await get()).toBe(2)
      clock.now = 80_000
      expect(await get()).toBe(2)
    })

    it('shows one that was made just before a change for a moment, however often it changes', async () => {
      const { get, clock, kept } = openShelf(calm)
      await get()
      kept.changed()
      clock.now = 900
      expect(await get()).toBe(1)
      clock.now = 1_100
      kept.changed()
      expect([await get(), await get()]).toEqual([1, 2])
    })

    it('takes a page for changed that was being made anew meanwhile', async () => {
      const { kept, clock, make } = openShelf(calm)
      await kept.get('page', make())
      clock.now = 60_500
      const making = Promise.withResolvers<KeptPage>()
      await kept.get('page', () => making.promise)
      kept.changed()
      making.resolve(await make()())
      await making.promise
      clock.now = 63_000
      expect((await kept.get('page', make())).etag).toBe('3')
    })
  })
})
