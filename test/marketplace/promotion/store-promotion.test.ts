import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createPromotionStore } from '../../../src/marketplace/promotion/store-promotion.ts'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts'
import { makeProduct, makeShop } from '../market-ground.ts'

const store = createPromotionStore()
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())
const clear = async () => {
  await database.prisma.digestPlace.deleteMany()
  await database.prisma.shop.deleteMany()
}
beforeEach(async () => {
  await clear()
})

interface Stand {
  readonly shopId: number
  readonly productId: number
}

async function stand(more: Parameters<typeof makeShop>[1] = {}): Promise<Stand> {
  const shopId = await makeShop(database.prisma, more)
  return { shopId, productId: await makeProduct(database.prisma, { shopId, name: 'Kopi' }) }
}

const at = (hour: number) => new Date(Date.UTC(2026, 2, 5, hour))
const ask = ({ shopId, productId }: Stand, hour: number) =>
  database.prisma.$transaction((transaction) => store.ask(transaction, shopId, productId, at(hour)))

/** Composes a digest of so many: the shops in it. */
const compose = (count: number, broadcast: number, hour: number) =>
  database.prisma.$transaction(async (transaction) => {
    const picks = await store.pickForDigest(transaction, count)
    const ids = picks.map(({ placeId }) => placeId)
    await store.feature(transaction, ids, { broadcast, at: at(hour) })
    return picks.map(({ shopId }) => shopId)
  })

describe('createPromotionStore: pickForDigest', () => {
  it('gives everybody a place once before anybody twice, and those who asked first first', async () => {
    const week = fc.record({
      /** Which shops ask, in this order; they may wait already. */
      asks: fc.array(fc.nat({ max: 5 }), { maxLength: 6 }),
      count: fc.integer({ min: 0, max: 4 }),
    })
    const stands = await Promise.all(Array.from({ length: 6 }, () => stand()))
    await fc.assert(
      fc.asyncProperty(fc.array(week, { minLength: 2, maxLength: 5 }), async (weeks) => {
        await database.prisma.digestPlace.deleteMany()
        const times = stands.map(() => 0)
        // What should be: who waits, in the order of asking.
        let waiting: number[] = []
        let hour = 0
        for (const [number, { asks, count }] of weeks.entries()) {
          for (const shop of asks) {
            if (waiting.includes(shop)) continue
            waiting.push(shop)
            await ask(stands[shop]!, hour++)
          }
          const chosen = await compose(count, number + 1, hour++)
          const shops = chosen.map((id) => stands.findIndex(({ shopId }) => shopId === id))
          const left = waiting.filter((shop) => !shops.includes(shop))
          expect(shops).toHaveLength(Math.min(count, waiting.length))
          expect(new Set(shops).size).toBe(shops.length)
          for (const shop of shops) {
            for (const other of left) {
              const isFirst = times[shop]! === times[other]! && waiting.indexOf(shop) < waiting.indexOf(other)
              expect(times[shop]! < times[other]! || isFirst).toBe(true)
            }
          }
          for (const shop of shops) times[shop]! += 1
          waiting = left
        }
      }),
      { numRuns: 12 },
    )
  })

  it('passes over what nobody may see, and lets it wait', async () => {
    const { prisma } = database
    const [seen, soldOut, hidden, unpublished, gone] = [
      ...[
        await stand(),
        await stand(),
        await stand({ state: 'hidden' }),
        await stand({ consents: ['contact'] }),
      ],
      await stand(),
    ]
    for (const [hour, each] of [gone, soldOut, hidden, unpublished, seen].entries()) await ask(each!, hour)
    await prisma.product.update({ where: { id: BigInt(soldOut!.productId) }, data: { state: 'sold_out' } })
    await prisma.product.delete({ where: { id: BigInt(gone!.productId) } })
    expect(await compose(5, 1, 9)).toEqual([seen!.shopId])
    await prisma.product.update({ where: { id: BigInt(soldOut!.productId) }, data: { state: 'shown' } })
    expect(await compose(5, 2, 10)).toEqual([soldOut!.shopId])
  })

  it('counts a person once, whatever shops are theirs', async () => {
    const contactId = randomUUID()
    const [first, second, other] = [await stand({ contactId }), await stand({ contactId }), await stand()]
    for (const [hour, each] of [first, second, other].entries()) await ask(each, hour)
    expect(await compose(2, 1, 9)).toEqual([first.shopId, other.shopId])
    await ask(await stand(), 10)
    expect(await compose(1, 2, 11)).not.toEqual([second.shopId])
  })

  it('gives a place to one digest only when two are composed at once', async () => {
    for (let hour = 0; hour < 4; hour++) await ask(await stand(), hour)
    const both = await Promise.all([compose(2, 1, 9), compose(2, 2, 9)])
    expect(new Set(both.flat()).size).toBe(4)
  })

  it('gives places back, in their turn, when the digest was not sent', async () => {
    const [first, second] = [await stand(), await stand()]
    await ask(first, 0)
    await ask(second, 1)
    expect(await compose(1, 7, 2)).toEqual([first.shopId])
    await database.prisma.$transaction((transaction) => store.release(transaction, 7))
    expect(await compose(2, 8, 3)).toEqual([first.shopId, second.shopId])
  })
})
