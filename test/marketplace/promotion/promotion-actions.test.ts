import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type MadeProduct, makeProduct, makeShop } from '../market-ground.ts'
import { openPromotionWorld, type PromotionWorld } from './promotion-world.ts'

let world: PromotionWorld
beforeAll(async () => {
  world = await openPromotionWorld()
})
afterAll(() => world.database.close())
beforeEach(async () => {
  world.drawn.length = 0
  await world.database.prisma.digestPlace.deleteMany()
  await world.database.prisma.shop.deleteMany()
})

async function owner(more: Parameters<typeof makeShop>[1] = {}) {
  const contactId = randomUUID()
  const { prisma } = world.database
  const shopId = await makeShop(prisma, { contactId, name: 'Dapur Mama Contoh', ...more })
  const product = (made: Partial<MadeProduct> = {}) =>
    makeProduct(prisma, { shopId, name: 'Se’i babi', ...made })
  return { contactId, shopId, product }
}

describe('createPromotionActions: list_promotable', () => {
  it('lists what anybody may see, goes on with the only one, and says what is missing', async () => {
    expect(await world.run('list_promotable', randomUUID())).toEqual({ outcome: 'no_shop', values: {} })
    const ina = await owner()
    await ina.product({ state: 'sold_out' })
    await ina.product({ state: 'waiting' })
    expect((await world.run('list_promotable', ina.contactId)).outcome).toBe('none')
    const first = await ina.product({ name: 'Madu', price: 120_000, unit: 'botol' })
    expect(await world.run('list_promotable', ina.contactId)).toEqual({
      outcome: 'one',
      values: { product_id: first },
    })
    const second = await ina.product({ name: 'Kopi' })
    expect(await world.run('list_promotable', ina.contactId)).toEqual({
      outcome: 'some',
      values: {
        products: [
          { product_id: second, label: 'Kopi, Rp25.000 / bungkus' },
          { product_id: first, label: 'Madu, Rp120.000 / botol' },
        ],
      },
    })
  })

  it('finds nothing in a shop that nobody may see', async () => {
    for (const more of [{ consents: ['contact'] }, { state: 'hidden' }] as const) {
      const ina = await owner(more)
      await ina.product()
      expect((await world.run('list_promotable', ina.contactId)).outcome).toBe('none')
    }
  })
})

describe('createPromotionActions: make_promotion', () => {
  it('draws both pictures with what is to be known, pork above all, and writes it to be sent on', async () => {
    const ina = await owner({ kelurahan: '53.71.04.1008' })
    const photo = randomUUID()
    const id = await ina.product({ halal: 'pork', photos: [photo, randomUUID()] })
    const { outcome, values } = await world.run('make_promotion', ina.contactId, { product_id: id })
    expect([outcome, values.picture]).toEqual(['made', 'gambar-status gambar-feed'])
    expect(world.drawn.map(({ shape }) => shape)).toEqual(['status', 'feed'])
    expect(world.drawn[0]).toMatchObject({
      ...{ photo, name: 'Se’i babi', price: 'Rp25.000 / bungkus', shop: 'Dapur Mama Contoh' },
      ...{ place: 'Kel. Oetete', halal: 'Mengandung babi (non-halal)' },
      page: `https://lopo.example/katalog/produk/${id}`,
    })
    const caption = String(values.caption).split('\n')
    expect(caption[0]).toBe('Se’i babi')
    expect(caption).toContain('Rp25.000 / bungkus')
    expect(caption).toContain('Mengandung babi (non-halal)')
    expect(caption.at(-1)).toContain(`https://lopo.example/katalog/produk/${id}-sei-babi`)
  })

  it('tells a certificate that staff verified, and does not advertise that there is none', async () => {
    const ina = await owner()
    for (const halal of ['certified', 'claimed', 'uncertified', 'not_food']) {
      const product_id = await ina.product(
        halal === 'claimed' ? { halal: 'certified', paper: 'claimed' } : { halal },
      )
      await world.run('make_promotion', ina.contactId, { product_id })
    }
    const told = world.drawn.filter(({ shape }) => shape === 'feed').map(({ halal }) => halal)
    expect(told).toEqual(['Bersertifikat halal', undefined, undefined, undefined])
  })

  it('draws nothing of another owner, nor what nobody may see', async () => {
    const [ina, ama] = [await owner(), await owner()]
    const cases = [
      ...[
        await ama.product(),
        await ina.product({ state: 'sold_out' }),
        await ina.product({ state: 'waiting' }),
      ],
      999_999,
    ]
    for (const product_id of cases) {
      for (const name of ['make_promotion', 'ask_digest_place'] as const) {
        expect((await world.run(name, ina.contactId, { product_id })).outcome).toBe('not_shown')
      }
    }
    expect(world.drawn).toEqual([])
    expect(await world.database.prisma.digestPlace.count()).toBe(0)
  })
})

describe('createPromotionActions: ask_digest_place', () => {
  it('says how many wait before', async () => {
    const owners = [await owner(), await owner(), await owner()]
    const told: unknown[] = []
    for (const [at, each] of owners.entries()) {
      const now = new Date(Date.UTC(2026, 2, 5, at))
      const product_id = await each.product()
      const { outcome, values } = await world.run('ask_digest_place', each.contactId, { product_id }, now)
      told.push([outcome, values.before])
    }
    expect(told).toEqual([
      ['placed', 'Tidak ada yang menunggu lebih dulu.'],
      ['placed', 'Ada 1 produk yang menunggu lebih dulu.'],
      ['placed', 'Ada 2 produk yang menunggu lebih dulu.'],
    ])
  })

  it('keeps one place for a shop, in which another product may stand', async () => {
    const [ama, ina] = [await owner(), await owner()]
    const [kopi, madu] = [await ina.product({ name: 'Kopi' }), await ina.product({ name: 'Madu' })]
    const ask = (who: typeof ina, product_id: number, hour: number) =>
      world.run('ask_digest_place', who.contactId, { product_id }, new Date(Date.UTC(2026, 2, 5, hour)))
    await ask(ina, kopi, 1)
    await ask(ama, await ama.product(), 2)
    expect((await ask(ina, kopi, 3)).outcome).toBe('waiting')
    const changed = await ask(ina, madu, 4)
    expect([changed.outcome, changed.values.before]).toEqual([
      'changed',
      'Tidak ada yang menunggu lebih dulu.',
    ])
    const places = await world.database.prisma.digestPlace.findMany({ orderBy: { id: 'asc' } })
    expect(places.map(({ productId }) => Number(productId))).toEqual([madu, expect.any(Number)])
  })

  it('takes two wishes that come at once for one', async () => {
    const ina = await owner()
    const product_id = await ina.product()
    const both = await Promise.all(
      [1, 2].map(() => world.run('ask_digest_place', ina.contactId, { product_id })),
    )
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['placed', 'waiting'])
    expect(await world.database.prisma.digestPlace.count()).toBe(1)
  })
})
