import type { BrowserContextOptions, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { WebServer } from '../../src/web/web-server.ts'
import { ina, minute, monday } from '../marketplace/desk/market-desk-world.ts'
import { launchBrowser, type WatchedBrowser } from '../support/browser.ts'
import { expectSound, lookAtPage, phone, takeShot, wide } from '../support/look-at-page.ts'
import { type MarketPagesWorld, openMarketPages } from '../web/desk/market/market-pages-world.ts'

let browser: WatchedBrowser
let world: MarketPagesWorld
let server: WebServer
let url: string

/** A photo of its own colour for each id. */
async function read(id: string) {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(id.slice(at, at + 2), 16))
  const background = { r: red / 2 + 90, g: green / 2 + 60, b: blue / 2 + 40 }
  const bytes = await sharp({ create: { width: 480, height: 480, channels: 3, background } })
    .webp()
    .toBuffer()
  return { mime: 'image/webp', bytes: new Uint8Array(bytes) }
}

beforeAll(async () => {
  world = await openMarketPages({ read })
  server = world.web.serve()
  url = await server.listen(0)
  browser = await launchBrowser()
})
beforeEach(() => world.market.clear())
afterEach(async () => {
  await browser.closePages()
  expect(browser.takeComplaints()).toEqual([])
})
afterAll(async () => {
  await browser.close()
  await server.close()
  await world.market.close()
})

const open = (path: string, options: BrowserContextOptions) =>
  browser.open(`${url}/desk${path}`, options, world.cookie)
const look = (page: Page, name: string, colours: readonly ('light' | 'dark')[] = ['light']) =>
  lookAtPage(page, `market-${name}`, colours)
const later = (minutes: number) => new Date(monday.getTime() + minutes * minute)

/** Products as a desk has them on a Monday morning. */
async function fillDesk() {
  const { shop, product, report, paper, prisma, desk } = world.market
  const [ina1, oma1] = [
    await shop({ name: "Dapur Se'i Mama Ina" }),
    await shop({ name: 'Kopi Oma Bajawa', kelurahan: '53.71.04.1001' }),
  ]
  const changed = await product(ina1, {
    name: 'Abon ikan tuna',
    price: 25_000,
    photos: 2,
    submittedAt: later(-90),
  })
  await desk.decide(ina, changed, 0, { type: 'approve' })
  await prisma.product.update({
    where: { id: BigInt(changed) },
    data: {
      ...{ state: 'waiting', price: 35_000, description: 'Pedas, tahan 3 bulan. Pesan di 0812-3456-7890.' },
      version: { increment: 1 },
    },
  })
  const second = await product(oma1, {
    ...{ name: 'Kopi Bajawa bubuk', category: 'minuman', unit: 'bungkus', submittedAt: later(-60) },
  })
  await product(ina1, { name: 'Sopi asli Rote', photos: 0, submittedAt: later(-30) })
  const shown = await product(ina1, { name: 'Abon ikan tuna', state: 'shown' })
  await report(shown, { words: 'Fotonya milik toko lain.' })
  await product(ina1, { name: 'Sirup markisa', state: 'removed', appeal: 'Ini sirup, bukan minuman keras.' })
  await paper(ina1)
  await paper(oma1, { kind: 'halal', number: 'ID123' })
  return { changed, second, shop: ina1, shown }
}

describe('the marketplace at the desk in a browser', () => {
  it('leads an officer through the queue: compare, ask for a fix, approve the next', async () => {
    const { changed, second } = await fillDesk()
    const { texts } = world
    const page = await open('/umkm', phone)
    await look(page, 'queue')
    await page.click(`text="${texts.queue.start}"`)
    await page.waitForURL(`**/umkm/produk/${changed}`)
    const compare = page.locator('.compare')
    expect(await compare.textContent()).toContain('Rp25.000')
    expect(await compare.textContent()).toContain('Rp35.000')
    await look(page, 'product', ['light', 'dark'])
    await page.click(`summary:has-text("${texts.product.ask_fix.button}")`)
    await page.click('details[open] button[type="submit"]')
    await page.waitForSelector('#kata-ask_fix-error')
    await page.click(`details[open] label:has-text("${world.market.words.reasons.contact?.title}")`)
    await page.fill('#kata-ask_fix', 'Nomornya ada di keterangan.')
    await look(page, 'ask-fix')
    // Twice, as people do: it is one decision.
    await page.dblclick('details[open] button[type="submit"]')
    await page.waitForURL(`**/umkm/produk/${second}`)
    expect(await page.textContent('.flash')).toContain('Abon ikan tuna')
    await page.click(`.yes button:has-text("${texts.product.approve.button}")`)
    await page.waitForSelector('.flash:has-text("Kopi Bajawa bubuk")')
    expect([await world.market.stateOf(changed), await world.market.stateOf(second)]).toEqual([
      ...['needs_fix', 'shown'],
    ])
    expect(world.market.told.at(-2)?.text).toContain('Nomornya ada di keterangan.')
  }, 120_000)

  it('approves from the list in place, by one press or many at once', async () => {
    const { shop, product, stateOf } = world.market
    const own = await shop()
    const ids: number[] = []
    for (let at = 0; at < 6; at++)
      ids.push(await product(own, { name: `Kue ${at}`, submittedAt: later(at - 60) }))
    const page = await open('/umkm', wide)
    await page.click(`button[value="${ids[0]}.0"]`)
    await page.waitForSelector('#antrean .flash')
    expect(await page.textContent('#jumlah-menunggu')).toBe('5')
    expect(await page.locator('.offer').count()).toBe(5)
    await page.check('[data-all]')
    expect(await page.textContent('[data-count]')).toContain('5')
    await page.uncheck(`[name="pilih.${ids[1]}"]`)
    expect(await page.textContent('[data-count]')).toContain('4')
    await page.click('.pick-bar button')
    await expect.poll(() => page.locator('.offer').count()).toBe(1)
    expect(await page.isVisible('[data-all]')).toBe(true)
    expect(await Promise.all(ids.map(stateOf))).toEqual(['shown', 'waiting', ...Array(4).fill('shown')])
    expect(new URL(page.url()).pathname).toBe('/desk/umkm')
  }, 120_000)

  it('hears the keys once they are switched on, and not while somebody writes', async () => {
    const { changed, second } = await fillDesk()
    const page = await open(`/umkm/produk/${changed}`, wide)
    await page.keyboard.press('p')
    expect(await page.locator('details[open]').count()).toBe(0)
    await page.check('[data-keys-on]')
    await page.keyboard.press('p')
    await page.waitForSelector('details[open]')
    await page.keyboard.press('6')
    expect(await page.isChecked('details[open] [value="contact"]')).toBe(true)
    await page.focus('#kata-ask_fix')
    await page.keyboard.type('salah tulis')
    expect(await page.inputValue('#kata-ask_fix')).toBe('salah tulis')
    await page.focus('details[open] [value="contact"]')
    await page.keyboard.press('l')
    await page.waitForURL(`**/umkm/produk/${second}`)
    await page.keyboard.press('s')
    await page.waitForSelector('.flash:has-text("Kopi Bajawa bubuk")')
    expect(await world.market.stateOf(second)).toBe('shown')
  }, 120_000)

  it('does the same without JavaScript', async () => {
    const { second } = await fillDesk()
    const page = await open('/umkm', { ...phone, javaScriptEnabled: false })
    await page.click(`text="${world.texts.queue.pick_all}"`)
    expect(await page.locator('.offer :checked').count()).toBe(3)
    await page.click(`button[value="${second}.0"]`)
    expect(await page.textContent('.flash')).toContain('1')
    expect(await page.locator('.offer').count()).toBe(2)
  }, 120_000)

  it('is sound on every other page', async () => {
    const { shop, shown } = await fillDesk()
    const page = await open('/umkm/banding', { ...phone, bypassCSP: true })
    await expectSound(page, 'appeals')
    for (const [path, name] of [
      ['/umkm/laporan', 'reports'],
      ['/umkm/surat', 'papers'],
      ['/umkm/semua', 'all'],
      ['/umkm/semua?apa=toko', 'shops'],
      ['/umkm/angka', 'figures'],
      [`/umkm/produk/${shown}`, 'shown'],
      [`/umkm/toko/${shop}`, 'shop'],
    ] as const) {
      await page.goto(`${url}/desk${path}`)
      await expectSound(page, name)
      await takeShot(page, `market-${name}-phone-light`)
    }
  }, 120_000)
})
