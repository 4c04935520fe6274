import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { day, ina, type MarketDeskWorld, monday, oma, openMarketDeskWorld } from './market-desk-world.ts'

let world: MarketDeskWorld
beforeAll(async () => {
  world = await openMarketDeskWorld()
})
beforeEach(() => world.clear())
afterAll(() => world.close())

const halalOf = async (id: number) => (await world.read(id)).product.halal

describe('decidePaper of createMarketDesk', () => {
  it('makes a badge of a right paper, and renews what products of the shop are found by', async () => {
    const shop = await world.shop()
    const paper = await world.paper(shop)
    expect(await world.desk.papers(ina, 'claimed')).toMatchObject([{ paper: { id: paper, kind: 'nib' } }])
    expect(await world.desk.decidePaper(ina, paper, 'claimed', 'verify', '')).toEqual({
      type: 'done',
      told: 'now',
    })
    expect((await world.desk.shop(ina, shop))?.papers).toMatchObject([
      { state: 'verified', decidedBy: 'Ina Umkm', decidedAt: monday },
    ])
    expect(world.indexed).toEqual([-shop])
    expect(world.told[0]!.text).toContain('NIB nomor 1234567890123')
    expect((await world.trail()).at(-1)).toMatchObject({
      action: 'market.paper_verify',
      subject: `paper:${paper}`,
      details: { kind: 'nib', from: 'claimed', shop },
    })
  })

  it('refuses one with words, which the owner reads', async () => {
    const shop = await world.shop()
    const paper = await world.paper(shop)
    expect(await world.desk.decidePaper(ina, paper, 'claimed', 'refuse', ' ')).toEqual({ type: 'reason' })
    const long = await world.desk.decidePaper(ina, paper, 'claimed', 'refuse', 'a'.repeat(301))
    expect(long).toEqual({ type: 'too_long' })
    await world.desk.decidePaper(ina, paper, 'claimed', 'refuse', 'Nomor ini milik usaha lain.')
    expect(world.told[0]!.text).toContain('Nomor ini milik usaha lain.')
    expect((await world.trail()).at(-1)!.details).not.toHaveProperty('words')
  })

  it('lets one of two officers decide, and does not decide again what is so already', async () => {
    const paper = await world.paper(await world.shop())
    const answers = await Promise.all([
      world.desk.decidePaper(ina, paper, 'claimed', 'verify', ''),
      world.desk.decidePaper(oma, paper, 'claimed', 'refuse', 'Salah.'),
    ])
    expect(answers.map(({ type }) => type).toSorted()).toEqual(['done', 'moved'])
    expect(answers.find((answer) => answer.type === 'moved')).toMatchObject({ last: { by: 'staff' } })
    expect(world.told).toHaveLength(1)
    const [line] = [
      ...(await world.desk.papers(ina, 'verified')),
      ...(await world.desk.papers(ina, 'refused')),
    ]
    const { state } = line!.paper
    const verdict = state === 'verified' ? 'verify' : 'refuse'
    expect(await world.desk.decidePaper(ina, paper, state, verdict, 'Sama.')).toEqual({ type: 'state' })
    expect(await world.desk.decidePaper(ina, 999_999, 'claimed', 'verify', '')).toEqual({ type: 'unknown' })
  })

  it('takes "certified" back from products that have no other certificate', async () => {
    const shop = await world.shop()
    const [own, other, none] = [
      await world.product(shop, { halal: 'certified', state: 'shown' }),
      await world.product(shop, { halal: 'certified' }),
      await world.product(shop, { halal: 'pork' }),
    ]
    const wrong = await world.paper(shop, { kind: 'halal', productId: own })
    await world.paper(shop, { kind: 'halal', productId: other, state: 'verified' })
    await world.desk.decidePaper(ina, wrong, 'claimed', 'refuse', 'Sudah habis masanya.')
    expect([await halalOf(own), await halalOf(other), await halalOf(none)]).toEqual([
      ...['uncertified', 'certified', 'pork'],
    ])
    expect(await world.read(own)).toMatchObject({ product: { state: 'shown' }, history: [{ what: 'halal' }] })
  })

  it('leaves them where the whole shop has one', async () => {
    const shop = await world.shop()
    const id = await world.product(shop, { halal: 'certified' })
    await world.paper(shop, { kind: 'halal' })
    const wrong = await world.paper(shop, { kind: 'halal', productId: id })
    await world.desk.decidePaper(ina, wrong, 'claimed', 'refuse', 'Nomornya salah.')
    expect(await halalOf(id)).toBe('certified')
  })
})

describe('closeShop and reopenShop of createMarketDesk', () => {
  it('takes a shop off with words for its owner, and puts it back', async () => {
    const shop = await world.shop({ name: 'Toko Ina' })
    const id = await world.product(shop, { state: 'shown' })
    expect(await world.desk.closeShop(ina, shop, ' ')).toEqual({ type: 'reason' })
    expect(await world.desk.closeShop(ina, shop, 'a'.repeat(301))).toEqual({ type: 'too_long' })
    expect(await world.desk.closeShop(ina, shop, 'Alamatnya palsu.')).toEqual({ type: 'done', told: 'now' })
    expect(await world.desk.shop(ina, shop)).toMatchObject({
      shop: { state: 'closed' },
      closed: { by: 'Ina Umkm', at: monday, reason: 'Alamatnya palsu.' },
      products: [{ id, state: 'shown' }],
    })
    expect(await world.desk.reopenShop(oma, shop)).toEqual({ type: 'done', told: 'now' })
    expect(await world.desk.shop(ina, shop)).toMatchObject({ shop: { state: 'active' }, closed: undefined })
    expect(world.indexed).toEqual([-shop, -shop])
    expect(world.told.map(({ text }) => text.split('\n')[0])).toEqual([
      'Toko Toko Ina tidak ditampilkan lagi di katalog.',
      'Toko Toko Ina tampil lagi di katalog.',
    ])
    expect((await world.trail()).slice(-2).map(({ action }) => action)).toEqual([
      ...['market.close_shop', 'market.reopen_shop'],
    ])
  })

  it('tells the second of two officers who closed it', async () => {
    const shop = await world.shop()
    const answers = await Promise.all([
      world.desk.closeShop(ina, shop, 'Palsu.'),
      world.desk.closeShop(oma, shop, 'Palsu.'),
    ])
    expect(answers.map(({ type }) => type).toSorted()).toEqual(['done', 'moved'])
    expect(answers.find((answer) => answer.type === 'moved')).toMatchObject({ last: { what: 'shop_closed' } })
    expect(await world.desk.reopenShop(ina, await world.shop())).toEqual({ type: 'state' })
    expect(await world.desk.closeShop(ina, 999_999, 'Palsu.')).toEqual({ type: 'unknown' })
  })
})

describe('figures of createMarketDesk', () => {
  it('counts shops, products by state, and what happened in 30 days, by kelurahan and category', async () => {
    const [one, other] = [
      await world.shop({ kelurahan: '53.71.03.1001' }),
      await world.shop({ kelurahan: '53.71.03.1001', state: 'closed' }),
    ]
    await world.shop({ kelurahan: '53.71.04.1001' })
    const shown = await world.product(one, { state: 'shown' })
    await world.product(one, { state: 'sold_out', category: 'minuman' })
    await world.product(other, { state: 'removed' })
    for (const [days, views] of [
      [2, 10],
      [3, 5],
      [40, 1_000],
    ] as const) {
      const at = new Date(monday.getTime() - days * day)
      await world.prisma.productDay.create({
        data: { productId: BigInt(shown), day: at, views, finds: 2, contacts: 1 },
      })
    }
    const { kelurahan, category } = await world.desk.figures(ina)
    expect(kelurahan).toMatchObject([
      {
        ...{ key: '53.71.03.1001', shops: 1, views: 15, finds: 4, contacts: 2 },
        states: { shown: 1, sold_out: 1, removed: 1, waiting: 0 },
      },
      { key: '53.71.04.1001', shops: 1, views: 0, states: { shown: 0 } },
    ])
    expect(category).toMatchObject([
      { key: 'makanan', shops: 1, views: 15, states: { shown: 1, removed: 1 } },
      { key: 'minuman', shops: 1, views: 0, states: { sold_out: 1 } },
    ])
  })
})
