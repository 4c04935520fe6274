import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoMarket } from '../../prisma/demo-market.ts'
import { loadDemoMarket } from '../../src/cli/load-demo-market.ts'
import { parseMarketWords } from '../../src/marketplace/market-words.ts'
import { longestName } from '../../src/marketplace/product.ts'
import { openTestApp, readGround, type TestApp } from '../support/test-app.ts'
import { makeShop } from './market-ground.ts'

describe('demoMarket', () => {
  it('makes 200 shops with 1,000 products, the same each time, in every kelurahan and of every category', async () => {
    const { language, texts } = await readGround()
    const shops = demoMarket(language.places.all)
    expect(demoMarket(language.places.all)).toEqual(shops)
    const products = shops.flatMap((shop) => shop.products)
    expect([shops.length, products.length]).toEqual([200, 1_000])
    expect(new Set(shops.map(({ name }) => name)).size).toBe(200)
    expect(new Set(shops.map(({ kelurahan }) => kelurahan.code)).size).toBe(language.places.all.length)
    const words = parseMarketWords(texts.content.find(({ path }) => path.endsWith('/umkm.yaml'))!.text)
    expect(new Set(products.map(({ category }) => category))).toEqual(new Set(Object.keys(words.categories)))
    for (const { products: own, phone } of shops) {
      expect(phone).toMatch(/^628153990\d{4}$/)
      expect(new Set(own.map(({ name }) => name)).size).toBe(own.length)
    }
    for (const product of products) {
      expect(product.name.length).toBeLessThanOrEqual(longestName)
      expect(product.halal === 'not_food').toBe(!words.categories[product.category]!.food)
    }
    const states = new Set(products.map(({ state }) => state))
    expect(states).toEqual(new Set(['shown', 'sold_out', 'waiting', 'hidden']))
    const pork = products.filter(({ halal }) => halal === 'pork')
    expect(pork.length).toBeGreaterThan(20)
    expect(products.filter(({ name }) => name.includes('babi'))).toEqual(pork)
  })
})

describe('loadDemoMarket', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await openTestApp()
  })
  afterAll(() => app.close())

  it('fills an empty marketplace with what can be found and seen, adds what is missing, and leaves any other alone', async () => {
    const { prisma } = app.storage.database
    expect((await loadDemoMarket(app, 2))[0]).toContain('2 shops, 10 products')
    const [line] = await loadDemoMarket(app, 200)
    expect(line).toContain('198 shops, 990 products')
    const photo = await prisma.productPhoto.findFirstOrThrow({
      where: { product: { name: { startsWith: "Se'i sapi" } } },
    })
    for (const form of ['w160', 'w480', 'w1080', 'jpeg'] as const) {
      expect((await app.market.pictures.read(photo.id, form))?.bytes.length).toBeGreaterThan(500)
    }
    const shown = await prisma.product.count({ where: { state: { in: ['shown', 'sold_out'] } } })
    expect(await prisma.productSearch.count()).toBe(shown)
    expect(await loadDemoMarket(app, 200)).toEqual([])
    expect(await prisma.shop.count()).toBe(200)
    await prisma.shop.deleteMany({
      where: {
        name: {
          in: demoMarket(app.language.places.all)
            .slice(0, 9)
            .map(({ name }) => name),
        },
      },
    })
    await makeShop(prisma, { name: 'Toko sungguhan' })
    expect(await loadDemoMarket(app, 200)).toEqual([])
  })
})
