import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLogger } from '../../src/log.ts'
import { hearCatalogue } from '../../src/services/hear-catalogue.ts'
import { openSignals, type Signals } from '../../src/storage/signals.ts'
import { type CatalogueWorld, openCatalogueWorld } from '../web/catalogue/catalogue-world.ts'

let world: CatalogueWorld
let signals: Signals
let heard = 0
let marks = 0

beforeAll(async () => {
  world = await openCatalogueWorld({
    patienceMs: 1_000,
    async hear({ url, pool }) {
      signals = await openSignals({ url, pool, log: createLogger('silent'), reconnectMs: 20 })
      await signals.on('mark', () => {
        marks += 1
      })
      const onChange = await hearCatalogue(signals)
      onChange(() => {
        heard += 1
      })
      return onChange
    },
  })
})
afterAll(async () => {
  await signals.stop()
  await world.close()
})

/** Words come in the order in which they were said: all that were said before have been heard then. */
async function all(): Promise<void> {
  const before = marks
  await signals.send('mark', '')
  await expect.poll(() => marks).toBeGreaterThan(before)
}

/** Does something that the database tells of, and waits until that is heard. */
async function change(work: () => Promise<unknown>): Promise<void> {
  await all()
  const before = heard
  await work()
  await all()
  expect(heard).toBeGreaterThan(before)
}

describe('hearCatalogue', () => {
  it('has a kept page made anew once what it shows is another, in whichever table, and not before', async () => {
    const { prisma } = world.database
    const shop = await world.addShop({ name: 'Kios Contoh' })
    const product = await world.addProduct({ shop, name: 'Madu hutan' })
    const page = async () => (await world.get(`/katalog/produk/${product}-madu-hutan`)).body
    await all()
    expect(await page()).toContain('Kios Contoh')
    // Long, but nothing happens.
    world.clock.elapsed += 50_000
    const first = await page()
    await change(() => prisma.shop.update({ where: { id: shop }, data: { name: 'Kios Baru' } }))
    const second = await page()
    expect([first.includes('Kios Contoh'), second.includes('Kios Baru')]).toEqual([true, true])

    for (const [work, words] of [
      [() => prisma.product.update({ where: { id: product }, data: { price: 71_000 } }), 'Rp71.000'],
      [() => prisma.shopPaper.create({ data: paperOf(shop) }), 'NIB'],
      [() => prisma.productPhoto.deleteMany({ where: { productId: product } }), 'Kios Baru'],
    ] as const) {
      world.clock.elapsed += 20_000
      const before = await page()
      await change(work)
      const after = await page()
      expect(after).toContain(words)
      expect(after).not.toBe(before)
    }

    world.clock.elapsed += 20_000
    await page()
    await change(() => prisma.shopConsent.updateMany({ data: { endedAt: world.clock.now } }))
    expect((await world.get(`/katalog/produk/${product}-madu-hutan`)).status).toBe(410)

    // What a product is found by stands in lists of the search only.
    await change(() => world.database.owner.query(findable, [product, shop]))
  })

  it('hears that the words are others', async () => {
    await change(() => signals.send('flows', ''))
  })

  it('takes all for changed when words may have been lost', async () => {
    await all()
    const before = heard
    const { rowCount } = await world.database.owner.query(endListening)
    expect(rowCount).toBe(1)
    await expect.poll(() => heard, { timeout: 10_000 }).toBeGreaterThan(before)
  })
})

const endListening = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE application_name = 'lopo signals' AND datname = current_database()`

const findable = `INSERT INTO product_search (product_id, shop_id, category, price, kelurahan, district, pork, certified,
    in_stock, name, name_terms, terms, shown_at)
  VALUES ($1, $2, 'hasil', 71000, '53.71.04.1010', 'Oebobo', false, false, true, 'madu hutan', '', '', now())`

function paperOf(shopId: number) {
  const at = world.clock.now
  return { shopId, kind: 'nib', number: '9120000000001', state: 'verified', createdAt: at, decidedAt: at }
}
