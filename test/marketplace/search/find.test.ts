import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProductQuery } from '../../../src/marketplace/search/search.ts'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts'
import { type MadeProduct, makeProduct, makeShop } from '../market-ground.ts'
import { search } from './the-search.ts'

const liliba = '53.71.04.1010'
const oebufu = '53.71.04.1009'
const alak = '53.71.01.1008'
const page = { offset: 0, limit: 10 }

let database: TestDatabase
const numbers = new Map<string, number>()

/** What stands on the market of the tests, by the kelurahan of its shop. */
const goods: readonly (readonly [string, readonly Omit<MadeProduct, 'shopId'>[]])[] = [
  [
    liliba,
    [
      { name: "Se'i babi", halal: 'pork', price: 90_000 },
      { name: 'Sei sapi lada', price: 95_000 },
      { name: "Sambal lu'at", price: 25_000, halal: 'certified' },
      { name: 'Keripik pisang', price: 15_000, description: 'Renyah, tahan lama' },
      { name: 'Kue bagea kenari', category: 'kue', price: 30_000 },
    ],
  ],
  [
    oebufu,
    [
      { name: 'Ikan laut bakar', price: 40_000 },
      { name: 'Abon sapi', price: 35_000, state: 'sold_out' },
      { name: 'Kripik singkong pedas', price: 12_000 },
      { name: 'Selendang tenun motif Rote', category: 'tenun', halal: 'not_food', price: 150_000 },
    ],
  ],
  [
    alak,
    [
      { name: 'Abon sapi', price: 30_000 },
      { name: 'Abon ikan', price: 28_000, halal: 'certified' },
      { name: 'Madu hutan', category: 'hasil', price: 85_000, availability: 'preorder' },
      { name: 'Gula lempeng', category: 'hasil', price: 20_000 },
      { name: 'Nasi kuning', price: 10_000, description: 'Lauk abon sapi dan telur' },
      { name: 'Lawar b2', halal: 'uncertified', price: 30_000 },
    ],
  ],
]

beforeAll(async () => {
  database = await createTestDatabase()
  for (const [kelurahan, products] of goods) {
    const shopId = await makeShop(database.prisma, { kelurahan, name: `Dapur ${kelurahan}` })
    for (const product of products)
      numbers.set(`${product.name} ${kelurahan}`, await makeProduct(database.prisma, { ...product, shopId }))
    await database.prisma.$transaction((transaction) => search.indexShop(transaction, shopId))
  }
})
afterAll(() => database.close())

const find = (query: Partial<ProductQuery>, at = page) =>
  search.find(database.prisma, { words: '', ...query }, at)
const ask = (sentence: string) => search.find(database.prisma, search.understand(sentence), page)
const namesOf = async (found: ReturnType<typeof find>) => (await found).products.map(({ name }) => name)

describe('find', () => {
  it.each(["se'i", 'sei', 'se i', "s'ei", 'se’i', 'se`i', "sei'", 'SEI', 'se  i', 'beta cari sei'])(
    "finds se'i written %j, that with pork too",
    async (sentence) => {
      const { products, quality } = await ask(sentence)
      expect(products.map(({ name }) => name).sort()).toEqual(["Se'i babi", 'Sei sapi lada'])
      expect(quality).toBe('exact')
      expect(products.find(({ name }) => name === "Se'i babi")?.halal).toBe('pork')
    },
  )

  it("never takes lu'at for laut, or laut for lu'at", async () => {
    for (const sentence of ["sambal lu'at", 'sambal luat', 'sambal lu at', 'luat', 'sambel luat'])
      expect((await namesOf(ask(sentence)))[0]).toBe("Sambal lu'at")
    for (const sentence of ['ikan laut', 'laut'])
      expect((await namesOf(ask(sentence)))[0]).toBe('Ikan laut bakar')
    expect(await namesOf(ask('luat'))).not.toContain('Ikan laut bakar')
    expect(await namesOf(ask('laut'))).not.toContain("Sambal lu'at")
  })

  it.each([
    ['kripik pisang', 'Keripik pisang'],
    ['krpk psang', 'Keripik pisang'],
    ['keripikpisang', 'Keripik pisang'],
    ['ke ripik pisang', 'Keripik pisang'],
    ['pisang keripik', 'Keripik pisang'],
    ['keripik singkong', 'Kripik singkong pedas'],
    ['kripik singkong padis', 'Kripik singkong pedas'],
    ['slendang rotte', 'Selendang tenun motif Rote'],
    ['kue bagia', 'Kue bagea kenari'],
    ['mdu utan', 'Madu hutan'],
    ['gula lempng', 'Gula lempeng'],
    ['abon ikang', 'Abon ikan'],
  ])('finds for %j first %s', async (sentence, name) => {
    const { products, quality } = await ask(sentence)
    expect(products[0]?.name).toBe(name)
    expect(quality).toBe('exact')
  })

  it('puts those whose name says it before those that only speak of it, and what is in stock before what is not', async () => {
    const { products } = await ask('abon sapi')
    expect(products.map(({ name, soldOut }) => [name, soldOut])).toEqual([
      ['Abon sapi', false],
      ['Abon sapi', true],
      ['Nasi kuning', false],
    ])
  })

  it('puts the same kelurahan first, then the same kecamatan', async () => {
    expect(await namesOf(find({ words: 'makanan', near: liliba, onlyInStock: true }))).toEqual(
      expect.arrayContaining(['Keripik pisang']),
    )
    const places = (await find({ near: liliba, onlyInStock: true }, { offset: 0, limit: 20 })).products.map(
      ({ kelurahan }) => kelurahan,
    )
    expect(places).toEqual(places.toSorted((one, other) => ringOf(one) - ringOf(other)))
    expect(new Set(places)).toEqual(new Set([liliba, oebufu, alak]))
  })

  it('finds only in the place that is asked for', async () => {
    expect(await namesOf(ask('abon di kelurahan oebufu'))).toEqual(['Abon sapi'])
    expect((await ask('abon di kecamatan alak')).products.every(({ kelurahan }) => kelurahan === alak)).toBe(
      true,
    )
    expect((await find({ kelurahan: liliba })).total).toBe(5)
    expect((await find({ district: 'Oebobo' })).total).toBe(9)
  })

  it('keeps to the price bounds', async () => {
    expect(await namesOf(ask('abon di bawah 29rb'))).toEqual(['Abon ikan', 'Nasi kuning'])
    expect(await namesOf(find({ words: 'abon', minPrice: 35_000 }))).toEqual(['Abon sapi'])
    expect((await ask('abon di bawah 1rb')).total).toBe(0)
  })

  it('leaves out pork only when that is asked for, whatever its owner calls it', async () => {
    expect(await namesOf(ask("se'i tanpa babi"))).toEqual(['Sei sapi lada'])
    expect(await namesOf(ask('lawar tanpa babi'))).toEqual([])
    expect(await namesOf(ask('lawar'))).toEqual(['Lawar b2'])
    expect((await namesOf(ask('babi'))).toSorted()).toEqual(['Lawar b2', "Se'i babi"])
  })

  it('finds only what is certified when halal is asked for', async () => {
    expect((await namesOf(find({ onlyCertified: true }))).toSorted()).toEqual(['Abon ikan', "Sambal lu'at"])
    expect(await namesOf(ask('abon halal'))).toEqual(['Abon ikan'])
    // What the seller says alone is no certificate.
    const { prisma } = database
    await prisma.shopPaper.updateMany({ data: { state: 'claimed' } })
    const shopId = Number((await prisma.product.findFirstOrThrow({ where: { name: 'Abon ikan' } })).shopId)
    await prisma.$transaction((transaction) => search.indexShop(transaction, shopId))
    expect(await namesOf(ask('abon halal'))).toEqual([])
    const { products } = await ask('abon ikan')
    expect(products.find(({ name }) => name === 'Abon ikan')).toMatchObject({ isProven: false })
    await prisma.shopPaper.updateMany({ data: { state: 'verified' } })
    await prisma.$transaction((transaction) => search.indexShop(transaction, shopId))
  })

  it('finds goods by what they are for', async () => {
    const found = await namesOf(ask('oleh-oleh tahan lama'))
    expect(found).toEqual(expect.arrayContaining(['Keripik pisang', 'Gula lempeng', 'Abon sapi']))
    expect(found).not.toContain('Nasi kuning')
    expect(found).not.toContain('Ikan laut bakar')
    const cheap = await ask('oleh-oleh tahan lama di bawah 30rb tanpa babi')
    expect(cheap.products.every(({ price, halal }) => price <= 30_000 && halal !== 'pork')).toBe(true)
    expect(cheap.total).toBeGreaterThan(1)
  })

  it('finds by category, by its words and in it', async () => {
    expect((await ask('hasil tani')).products.every(({ category }) => category === 'hasil')).toBe(true)
    expect(await namesOf(find({ words: 'tenun', category: 'tenun' }))).toEqual(['Selendang tenun motif Rote'])
    expect((await find({ category: 'tenun' })).total).toBe(1)
  })

  it('says when nothing is just that, and gives what is alike', async () => {
    const { products, quality } = await ask('keripik pisang naga ungu')
    expect(quality).toBe('near')
    expect(products[0]?.name).toBe('Keripik pisang')
    expect(await ask('xyzzy qwrtp')).toEqual({ products: [], total: 0, quality: 'near' })
  })

  it('finds by the name of a shop and of a kelurahan', async () => {
    const found = await ask('keripik liliba')
    expect(found.products.map(({ name }) => name)).toEqual(['Keripik pisang'])
  })

  it('gives everything that lists show', async () => {
    const [card] = (await ask("sambal lu'at")).products
    expect(card).toEqual({
      id: numbers.get(`Sambal lu'at ${liliba}`),
      ...{ name: "Sambal lu'at", price: 25_000, unit: 'bungkus', category: 'makanan', halal: 'certified' },
      ...{
        isProven: true,
        availability: 'ready',
        soldOut: false,
        shopId: card?.shopId,
        shopName: `Dapur ${liliba}`,
      },
      ...{ kelurahan: liliba, photo: undefined },
    })
  })

  it('lists without words what is in stock first, one of each shop in turn', async () => {
    const { products, total, quality } = await find({}, { offset: 0, limit: 20 })
    expect(total).toBe(15)
    expect(quality).toBe('exact')
    expect(new Set(products.slice(0, 3).map(({ shopId }) => shopId)).size).toBe(3)
    const inStock = products.map(({ soldOut, availability }) => !soldOut && availability === 'ready')
    expect(inStock).toEqual(inStock.toSorted((one, other) => Number(other) - Number(one)))
  })

  it('finds within one shop', async () => {
    const shopId = (await ask('gula lempeng')).products[0]?.shopId
    expect((await find({ shopId })).total).toBe(6)
  })

  it('gives pages that do not overlap and leave nothing out', async () => {
    for (const query of [{}, { near: liliba }, { words: 'abon keripik sapi' }, { words: 'makanan' }]) {
      const whole = await find(query, { offset: 0, limit: 100 })
      const pages = []
      for (let offset = 0; offset < whole.total + 2; offset += 2) {
        const part = await find(query, { offset, limit: 2 })
        expect(part.total).toBe(whole.total)
        pages.push(...part.products)
      }
      expect(pages.map(({ id }) => id)).toEqual(whole.products.map(({ id }) => id))
    }
  })

  it('bears any words', async () => {
    const odd = [
      "' | '",
      '!!',
      'a & !b <-> (c',
      "\\'; DROP TABLE product_search;--",
      ':*',
      '\u0000',
      '%_',
      'x'.repeat(3_000),
    ]
    for (const sentence of [...odd, `${'abon '.repeat(500)}`, "''''", '日本語', '‮abon'])
      await expect(find({ words: sentence })).resolves.toBeDefined()
    await expect(find({ maxPrice: 1e15, near: "'", kelurahan: '%' })).resolves.toBeDefined()
  })
})

function ringOf(kelurahan: string): number {
  if (kelurahan === liliba) return 0
  return kelurahan === oebufu ? 1 : 2
}
