import { describe, expect, it } from 'vitest'
import { gather } from '../../src/conversation/gather.ts'

const burst = async <T>(call: (item: number) => Promise<T>, items: readonly number[]) =>
  Promise.allSettled(items.map(call))

describe('gather', () => {
  it('does calls of one burst together, and what comes meanwhile in the next batch', async () => {
    const batches: (readonly number[])[] = []
    const gate = Promise.withResolvers<void>()
    const double = gather<number, number>({
      async many(items) {
        batches.push(items)
        if (batches.length === 1) await gate.promise
        return items.map((item) => item * 2)
      },
      one: async () => Number.NaN,
      limit: 2,
    })
    const first = double(1)
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
    const others = burst(double, [2, 3, 4])
    gate.resolve()
    expect(await first).toBe(2)
    expect((await others).map((settled) => settled.status === 'fulfilled' && settled.value)).toEqual([
      4, 6, 8,
    ])
    expect(batches).toEqual([[1], [2, 3], [4]])
  })

  it('does what a batch left out by itself, without holding up what comes after', async () => {
    const held = Promise.withResolvers<string>()
    const call = gather<number, string>({
      many: async (items) => items.map((item) => (item === 0 ? undefined : 'together')),
      one: () => held.promise,
      limit: 10,
    })
    const left = call(0)
    expect(await call(1)).toBe('together')
    held.resolve('alone')
    expect(await left).toBe('alone')
  })

  it('lets a batch that fails hurt only the call that is wrong', async () => {
    const call = gather<number, number>({
      many: async () => {
        throw new Error('one of them is wrong')
      },
      async one(item) {
        if (item === 2) throw new Error('this one')
        return item
      },
      limit: 10,
    })
    const settled = await burst(call, [1, 2, 3])
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await call(4)).toBe(4)
  })
})
