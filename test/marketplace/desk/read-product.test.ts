import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  day,
  ina,
  type MarketDeskWorld,
  minute,
  monday,
  oma,
  openMarketDeskWorld,
} from './market-desk-world.ts'

let world: MarketDeskWorld
beforeAll(async () => {
  world = await openMarketDeskWorld()
})
beforeEach(() => world.clear())
afterAll(() => world.close())

const later = (minutes: number) => new Date(monday.getTime() + minutes * minute)

describe('read of createMarketDesk', () => {
  it('sets what changed since the last approval beside what it was', async () => {
    const id = await world.product(await world.shop(), { price: 20_000, description: 'Renyah.' })
    await world.desk.decide(ina, id, 0, { type: 'approve' })
    const first = await world.read(id)
    expect([first.changed, first.approved?.by]).toEqual([[], 'Ina Umkm'])
    await world.prisma.product.update({
      where: { id: BigInt(id) },
      data: { state: 'waiting', price: 35_000, description: 'Renyah, pedas.', version: { increment: 1 } },
    })
    const view = await world.read(id)
    expect(view.changed).toEqual(['price', 'description'])
    expect(view.approved?.was).toMatchObject({ price: 20_000, description: 'Renyah.' })
    await world.prisma.productPhoto.deleteMany({ where: { productId: BigInt(id) } })
    expect((await world.read(id)).changed).toEqual(['price', 'description', 'photos'])
    await world.desk.decide(oma, id, 2, { type: 'approve' })
    expect(await world.read(id)).toMatchObject({ changed: [], approved: { by: 'Oma Umkm' } })
  })

  it('compares nothing of a product that was never approved', async () => {
    const id = await world.product(await world.shop())
    expect(await world.read(id)).toMatchObject({ changed: [], approved: undefined })
  })

  it('finds products that may be the same, of the same shop first, and not what is only of the same kind', async () => {
    const [own, others] = [await world.shop({ name: 'Toko Ina' }), await world.shop({ name: 'Toko Oma' })]
    const id = await world.product(own, { name: 'Keripik pisang manis' })
    const twin = await world.product(own, { name: 'keripik pisang  manis', state: 'shown' })
    const removed = await world.product(others, { name: 'Keripik Pisang Manis', state: 'removed' })
    await world.product(others, { name: 'Keripik ubi ungu' })
    await world.product(own, { name: 'Kopi Bajawa' })
    await world.product(own, { name: 'Keripik pisang manis', state: 'draft' })
    const { alike } = await world.read(id)
    expect(alike.map(({ product, shopName, isSameShop }) => [product.id, shopName, isSameShop])).toEqual([
      [twin, 'Toko Ina', true],
      [removed, 'Toko Oma', false],
    ])
    expect(alike[0]).toMatchObject({ likeness: 1, photo: expect.any(String) })
  })

  it('tells what others ask for goods of the same category and unit', async () => {
    const shop = await world.shop()
    const id = await world.product(shop, { price: 500 })
    for (const price of [10_000, 12_000, 15_000, 18_000, 30_000])
      await world.product(shop, { price, state: 'shown' })
    await world.product(shop, { price: 1_000_000, state: 'shown', unit: 'kg' })
    await world.product(shop, { price: 1_000_000, state: 'removed' })
    world.clock.now = later(30)
    expect((await world.read(id)).price).toEqual({ low: 10_000, median: 15_000, high: 30_000, count: 5 })
    await world.product(shop, { price: 15_000, state: 'shown' })
    expect((await world.read(id)).price?.count).toBe(5)
    world.clock.now = later(41)
    expect((await world.read(id)).price?.count).toBe(6)
  })

  it('does not compare with fewer than five', async () => {
    const shop = await world.shop()
    const id = await world.product(shop, { category: 'tenun', unit: 'lembar' })
    await world.product(shop, { category: 'tenun', unit: 'lembar', state: 'shown' })
    world.clock.now = later(60)
    expect((await world.read(id)).price).toBeUndefined()
  })

  it('tells of the shop, its papers, what was reported, and how often it was looked at in 30 days', async () => {
    const shop = await world.shop({ name: 'Toko Ina' })
    const id = await world.product(shop, { state: 'shown' })
    const other = await world.product(shop)
    await world.paper(shop)
    await world.paper(shop, { kind: 'halal', productId: id })
    await world.paper(shop, { kind: 'halal', productId: other })
    await world.report(id, { words: 'Bukan fotonya.' })
    for (const [days, views] of [
      [1, 7],
      [29, 3],
      [31, 100],
    ] as const) {
      await world.prisma.productDay.create({
        data: { productId: BigInt(id), day: new Date(monday.getTime() - days * day), views, contacts: 1 },
      })
    }
    const view = await world.read(id)
    expect(view.shop).toMatchObject({ name: 'Toko Ina', consents: ['publish'] })
    expect(view.shopStates).toMatchObject({ shown: 1, waiting: 1, removed: 0 })
    expect(view.papers.map(({ kind, productId }) => [kind, productId])).toEqual([
      ['halal', id],
      ['nib', undefined],
    ])
    expect(view.reports).toMatchObject([{ reason: 'fraud', words: 'Bukan fotonya.' }])
    expect(view.figures).toEqual({ views: 10, finds: 0, contacts: 2 })
    expect(view.decisions).toEqual(['ask_fix', 'remove'])
  })

  it('tells a colleague who has a waiting product open, for three minutes', async () => {
    const id = await world.product(await world.shop())
    expect((await world.desk.read(ina, id))?.look).toBeUndefined()
    expect((await world.desk.read(oma, id))?.look).toMatchObject({ by: 'Ina Umkm' })
    expect((await world.desk.read(ina, id))?.look).toBeUndefined()
    expect((await world.desk.waiting(oma))[0]?.look).toMatchObject({ by: 'Ina Umkm' })
    world.clock.now = later(4)
    expect((await world.desk.read(oma, id))?.look).toBeUndefined()
    expect((await world.desk.read(ina, id))?.look).toMatchObject({ by: 'Oma Umkm' })
  })

  it('knows nothing of a product that is not there', async () => {
    expect(await world.desk.read(ina, 999_999)).toBeUndefined()
  })
})

describe('the queue of createMarketDesk', () => {
  it('has those that wait longest first, with what is to be looked at', async () => {
    const shop = await world.shop({ name: 'Toko Ina' })
    const second = await world.product(shop, { submittedAt: later(-10) })
    const first = await world.product(shop, {
      ...{ submittedAt: later(-60), name: 'Sopi asli', description: 'Hubungi 0812-3456-7890' },
    })
    const third = await world.product(shop, { submittedAt: later(-5) })
    await world.product(shop, { state: 'shown' })
    await world.product(shop, { state: 'draft' })
    await world.desk.decide(ina, third, 0, { type: 'approve' })
    await world.prisma.product.update({ where: { id: BigInt(third) }, data: { state: 'waiting' } })
    await world.report(second)
    const lines = await world.desk.waiting(ina)
    expect(lines.map(({ product, isChange, isReported }) => [product.id, isChange, isReported])).toEqual([
      [first, false, false],
      [second, false, true],
      [third, true, false],
    ])
    expect(lines[0]).toMatchObject({
      shop: { name: 'Toko Ina', kelurahan: '53.71.03.1001' },
      findings: { forbidden: [{ code: 'alcohol', word: 'sopi' }], contacts: ['0812-3456-7890'] },
    })
    expect(lines[1]?.findings).toEqual({ forbidden: [], contacts: [], isHiddenPork: false })
  })

  it('counts what waits', async () => {
    const shop = await world.shop()
    await world.product(shop, { submittedAt: later(-60) })
    await world.product(shop)
    await world.product(shop, { state: 'removed', appeal: 'Keliru.' })
    const shown = await world.product(shop, { state: 'shown' })
    await world.report(shown)
    await world.report(shown)
    await world.paper(shop)
    await world.paper(shop, { state: 'verified' })
    expect(await world.desk.counts(ina)).toEqual({
      ...{ waiting: 2, appeals: 1, reports: 1, papers: 1, oldest: later(-60) },
    })
  })

  it('leads from one to the next, round again at its end, and to those that colleagues have open last', async () => {
    const shop = await world.shop()
    const ids: number[] = []
    for (const at of [-30, -20, -10]) ids.push(await world.product(shop, { submittedAt: later(at) }))
    const [a, b, c] = ids
    expect(await world.desk.next(ina)).toBe(a)
    expect(await world.desk.next(ina, a)).toBe(b)
    expect(await world.desk.next(ina, c)).toBe(a)
    await world.desk.read(oma, b!)
    expect(await world.desk.next(ina, a)).toBe(c)
    expect(await world.desk.next(oma, a)).toBe(b)
    await world.desk.decide(ina, a!, 0, { type: 'approve' })
    await world.desk.decide(ina, c!, 0, { type: 'approve' })
    expect(await world.desk.next(ina, c)).toBe(b)
    await world.desk.decide(oma, b!, 0, { type: 'approve' })
    expect(await world.desk.next(oma, b)).toBeUndefined()
  })
})
