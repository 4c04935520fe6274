import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sweepWords } from '../../../src/marketplace/search/store-index.ts'
import type { Transaction } from '../../../src/storage/database.ts'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts'
import { makeProduct, makeShop } from '../market-ground.ts'
import { search } from './the-search.ts'

const all = { offset: 0, limit: 1_000 }
const at = new Date('2026-03-02T02:00:00Z')
const states = ['draft', 'waiting', 'needs_fix', 'shown', 'sold_out', 'hidden', 'removed']

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

/** Numbers from 0 to below 1, the same ones each time. */
function createDice(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

interface Ground {
  readonly shops: readonly number[]
  readonly products: readonly number[]
  readonly word: string
}

/** Three shops with four products each, found by a word that no other has. */
async function makeGround(word: string): Promise<Ground> {
  const { prisma } = database
  const shops: number[] = []
  const products: number[] = []
  for (let shop = 0; shop < 3; shop += 1) {
    const shopId = await makeShop(prisma, { name: `Toko ${word}` })
    shops.push(shopId)
    for (let product = 0; product < 4; product += 1)
      products.push(await makeProduct(prisma, { shopId, name: `Abon ${word} ${product}` }))
    await prisma.$transaction((transaction) => search.indexShop(transaction, shopId))
  }
  return { shops, products, word }
}

/** One change of a product or a shop; `index` after it where it is told. */
async function change(ground: Ground, dice: () => number, index: boolean): Promise<void> {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(dice() * items.length)]!
  const productId = pick(ground.products)
  const shopId = pick(ground.shops)
  await database.prisma.$transaction(async (transaction) => {
    const kind = Math.floor(dice() * 6)
    if (kind < 3) {
      const data = kind === 2 ? { name: `Dendeng ${ground.word}` } : { state: pick(states) }
      await transaction.product.updateMany({ where: { id: BigInt(productId) }, data })
      if (index) await search.index(transaction, [productId])
      return
    }
    if (kind === 3)
      await transaction.shop.update({
        where: { id: BigInt(shopId) },
        data: { state: pick(['active', 'active', 'hidden', 'closed']) },
      })
    else await turnConsent(transaction, shopId, kind === 4)
    if (index) await search.indexShop(transaction, shopId)
  })
}

async function turnConsent(transaction: Transaction, shopId: number, given: boolean): Promise<void> {
  const [last] = await transaction.shopConsent.findMany({
    where: { shopId: BigInt(shopId), purpose: 'publish' },
    orderBy: { id: 'desc' },
    take: 1,
  })
  await transaction.shopConsent.update({ where: { id: last!.id }, data: { endedAt: given ? null : at } })
}

/** The products that anybody may see, by the rule and not by the index. */
async function publicOnes({ products }: Ground): Promise<readonly number[]> {
  const rows = await database.prisma.product.findMany({
    where: {
      id: { in: products.map(BigInt) },
      state: { in: ['shown', 'sold_out'] },
      shop: { state: 'active', consents: { some: { purpose: 'publish', endedAt: null } } },
    },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ id }) => Number(id))
}

async function found(words: string): Promise<readonly number[]> {
  const { products } = await search.find(database.prisma, { words }, all)
  return products.map(({ id }) => id).toSorted((one, other) => one - other)
}

describe('index', () => {
  it('lets exactly what is public be found, whatever changes', async () => {
    const ground = await makeGround('qanafe')
    const dice = createDice(7)
    for (let step = 0; step < 40; step += 1) {
      await change(ground, dice, true)
      expect(await found('qanafe')).toEqual(await publicOnes(ground))
    }
    expect((await search.find(database.prisma, { words: 'qanafe' }, all)).total).toBe(
      (await publicOnes(ground)).length,
    )
  })

  it('never lets be found what is not public, even where somebody forgets to index', async () => {
    const ground = await makeGround('zulefa')
    const dice = createDice(11)
    for (let step = 0; step < 40; step += 1) {
      await change(ground, dice, dice() < 0.3)
      const allowed = new Set(await publicOnes(ground))
      for (const words of ['zulefa', 'abon', '', 'zulfea'])
        for (const id of await found(words)) if (ground.products.includes(id)) expect(allowed).toContain(id)
    }
  })

  it('follows what a transaction has changed, and nothing when it is undone', async () => {
    const { products } = await makeGround('wokabe')
    const [first = 0] = products
    await database.prisma
      .$transaction(async (transaction) => {
        await transaction.product.update({ where: { id: BigInt(first) }, data: { state: 'hidden' } })
        await search.index(transaction, [first])
        const { total } = await search.find(transaction, { words: 'wokabe' }, all)
        expect(total).toBe(11)
        throw new Error('undone')
      })
      .catch(() => undefined)
    expect(await found('wokabe')).toHaveLength(12)
  })

  it('sees an approval and a consent that are given at the same time', async () => {
    const { prisma } = database
    for (let round = 0; round < 5; round += 1) {
      const word = `sezama${'abcde'[round]}`
      const shopId = await makeShop(prisma, { consents: [] })
      const productId = await makeProduct(prisma, { shopId, name: `Abon ${word}`, state: 'waiting' })
      await Promise.all([
        prisma.$transaction(async (transaction) => {
          await transaction.product.update({ where: { id: BigInt(productId) }, data: { state: 'shown' } })
          await search.index(transaction, [productId])
        }),
        prisma.$transaction(async (transaction) => {
          const consent = { purpose: 'publish', contactId: crypto.randomUUID(), chatId: 1n, textVersion: 't' }
          await transaction.shopConsent.create({
            data: { ...consent, shopId: BigInt(shopId), startedAt: at },
          })
          await search.indexShop(transaction, shopId)
        }),
      ])
      expect(await found(word)).toEqual([productId])
    }
  })

  it('bears any name, and finds it by its words', async () => {
    const { prisma } = database
    const shopId = await makeShop(prisma, { name: "O'Neil & 'sons' | <b>" })
    const names = [
      "'; DROP TABLE product; --",
      'a & b | !c <-> d:*',
      "\\' \\\\ '' ''' ",
      '<script>alert(1)</script>',
      '   ',
      '🙂🙂🙂',
      '日本語の商品',
      'Ünïcödé ñandú',
      '%_%',
      '\u202eabon\u202c',
      '{"json": [1,2]}',
      `${'x'.repeat(59)}y`,
      '1234567890',
      '$1 $2 {name}',
    ]
    const dice = createDice(3)
    const bytes = () => String.fromCharCode(...Array.from({ length: 30 }, () => 1 + Math.floor(dice() * 600)))
    for (let count = 0; count < 40; count += 1) names.push(bytes())
    const products: number[] = []
    for (const name of names) products.push(await makeProduct(prisma, { shopId, name }))
    await prisma.$transaction((transaction) => search.indexShop(transaction, shopId))
    const { total } = await search.find(prisma, { words: '', shopId }, all)
    expect(total).toBe(names.length)
    for (const name of names)
      await expect(search.find(prisma, search.understand(name), all)).resolves.toBeDefined()
    expect(await found('script alert')).toEqual([products[3]])
    expect(await found('日本語の商品')).toEqual([products[6]])
    expect(await found('unicode nandu')).toEqual([products[7]])
  })

  it('indexes nothing for nothing, and forgets products that are gone', async () => {
    const { prisma } = database
    const shopId = await makeShop(prisma)
    const productId = await makeProduct(prisma, { shopId, name: 'Abon hilangkane' })
    const index = () => prisma.$transaction((transaction) => search.index(transaction, [productId]))
    await index()
    await prisma.$transaction((transaction) => search.index(transaction, []))
    expect(await found('hilangkane')).toEqual([productId])
    await prisma.product.delete({ where: { id: BigInt(productId) } })
    await index()
    expect(await found('hilangkane')).toEqual([])
  })

  it('keeps nothing of a shop whose owner withdrew the consent, not even its words', async () => {
    const { prisma } = database
    const shopId = await makeShop(prisma)
    const productId = await makeProduct(prisma, { shopId, name: 'Abon kinarone' })
    const kept = () => prisma.productSearch.count({ where: { productId: BigInt(productId) } })
    const index = () => prisma.$transaction((transaction) => search.indexShop(transaction, shopId))
    await index()
    expect(await kept()).toBe(1)
    await prisma.shopConsent.updateMany({ where: { shopId: BigInt(shopId) }, data: { endedAt: at } })
    await index()
    expect(await kept()).toBe(0)
  })

  it('keeps no word that no product has any more', async () => {
    const { prisma } = database
    const known = async (word: string) => (await prisma.searchWord.count({ where: { word } })) === 1
    const shopId = await makeShop(prisma)
    const one = await makeProduct(prisma, { shopId, name: 'Abon yuvaneka yuvabene' })
    const other = await makeProduct(prisma, { shopId, name: 'Dendeng yuvaneka' })
    const index = (id: number) => prisma.$transaction((transaction) => search.index(transaction, [id]))
    await index(one)
    await index(other)
    await prisma.product.update({ where: { id: BigInt(one) }, data: { name: 'Abon' } })
    await index(one)
    expect([await known('yuvaneka'), await known('yuvabene')]).toEqual([true, false])
    await prisma.product.delete({ where: { id: BigInt(other) } })
    expect(await known('yuvaneka')).toBe(true)
    expect(await prisma.$transaction(sweepWords)).toBeGreaterThan(0)
    expect([await known('yuvaneka'), await known('abon')]).toEqual([false, true])
  })
})
