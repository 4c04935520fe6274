import { Hono } from 'hono'
import { pino } from 'pino'
import type { BrowserContextOptions, CDPSession, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createWebServer, type WebServer } from '../../src/web/web-server.ts'
import { launchBrowser, type WatchedBrowser } from '../support/browser.ts'
import { expectSound, phone, takeShot, wide } from '../support/look-at-page.ts'
import { type CatalogueWorld, openCatalogueWorld } from '../web/catalogue/catalogue-world.ts'
import { readDrawn } from '../web/catalogue/drawn-pictures.ts'

let browser: WatchedBrowser
let world: CatalogueWorld
let server: WebServer
let url: string
let product: string
let shop: string
let gone: string

const goods = [
  ["Se'i babi asap kayu kosambi", 'makanan', 120_000, 'kg', 'pork', 'shown', 'ready'],
  ["Sambal lu'at", 'makanan', 25_000, 'botol', 'uncertified', 'shown', 'ready'],
  [
    'Abon sapi pedas kemasan keluarga yang sangat gurih',
    'makanan',
    65_000,
    'bungkus',
    'certified',
    'sold_out',
    'ready',
  ],
  ['Kopi Manggarai', 'minuman', 45_000, 'bungkus', 'certified', 'shown', 'ready'],
  ['Tart susu', 'kue', 150_000, 'buah', 'uncertified', 'shown', 'preorder'],
  ['Selendang tenun Sabu', 'tenun', 350_000, 'lembar', 'not_food', 'shown', 'ready'],
  ["Ti'i langga", 'kerajinan', 90_000, 'buah', 'not_food', 'shown', 'ready'],
  ['Madu hutan Timor', 'hasil', 85_000, 'botol', 'uncertified', 'shown', 'ready'],
  ['Jahit baju', 'jasa', 75_000, 'buah', 'not_food', 'shown', 'ready'],
] as const

async function fillCatalogue(): Promise<void> {
  const places = ['53.71.04.1010', '53.71.01.1010', '53.71.06.1002', '53.71.03.1010']
  const names = [
    'Dapur Mama Contoh',
    'Tenun Ina Contoh',
    'Kios Laut',
    'UMKM Contoh dengan nama yang cukup panjang',
  ]
  const shops: number[] = []
  for (const [index, kelurahan] of places.entries()) {
    shops.push(
      await world.addShop({ name: names[index]!, kelurahan, description: 'Buatan rumah sejak 2015.' }),
    )
  }
  for (let round = 0; round < 4; round += 1) {
    for (const [index, [name, category, price, unit, halal, state, availability]] of goods.entries()) {
      const id = await world.addProduct({
        ...{ name, category, price, unit, halal, state, availability },
        shop: shops[(index + round) % shops.length]!,
        shownAt: new Date(world.clock.now.getTime() + (round * 100 - index) * 1000),
        photos: round === 0 ? 3 : index === 8 ? 0 : 1,
        description: 'Diolah bersih, dikemas rapi. Tahan dua minggu di kulkas. Bisa dikirim ke seluruh kota.',
      })
      if (round === 0 && index === 0) product = `/katalog/produk/${id}-sei-babi-asap-kayu-kosambi`
    }
  }
  shop = `/katalog/toko/${shops[0]}-dapur-mama-contoh`
  gone = `/katalog/produk/${await world.addProduct({ shop: shops[0]!, state: 'hidden' })}-abon-sapi`
  await world.database.prisma.shopPaper.create({
    data: { shopId: shops[0]!, kind: 'nib', number: '123', state: 'verified', createdAt: world.clock.now },
  })
}

beforeAll(async () => {
  browser = await launchBrowser()
  world = await openCatalogueWorld({ readPicture: readDrawn, patienceMs: 3_000, publicUrl: () => url })
  await fillCatalogue()
  server = createWebServer({
    ...world.pages,
    ...{ chat: new Hono(), cataloguePages: world.catalogue, health: async () => true },
    ...{ host: '127.0.0.1', graceMs: 200, log: pino({ level: 'silent' }) },
  })
  url = (await server.listen(0)).replace('localhost', '127.0.0.1')
}, 120_000)

afterEach(async () => {
  await browser.closePages()
  expect(browser.takeComplaints()).toEqual([])
})

afterAll(async () => {
  await browser.close()
  await server.close()
  await world.close()
})

const open = (path: string, options: BrowserContextOptions = {}) => browser.open(url + path, options)

/** By name, the pages that are looked at. */
const pages = {
  home: () => '/katalog',
  search: () => '/katalog/cari?q=a&golongan=makanan&tanpa_babi=1&harga=nego',
  none: () => '/katalog/cari?q=perahu',
  category: () => '/katalog/golongan/makanan',
  area: () => '/katalog/kelurahan/liliba',
  product: () => product,
  shop: () => shop,
  qr: () => `${shop}/qr`,
  report: () => product.replace(/produk\/(\d+).*/, 'lapor/$1'),
  gone: () => gone,
} as const

describe('the catalogue in a browser', () => {
  it.each(Object.entries(pages))(
    'fits a small phone and a wide screen, by day and by night: %s',
    async (name, path) => {
      const page = await open(path(), { ...phone, reducedMotion: 'reduce', bypassCSP: true })
      await expectSound(page, name)
      await takeShot(page, `catalogue-${name}-phone`)
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.setViewportSize(wide.viewport)
      await expectSound(page, name)
      await takeShot(page, `catalogue-${name}-wide-dark`)
    },
  )

  it('answers a page that is gone as such, and leads on from it', async () => {
    const page = await open('/katalog', phone)
    const answer = await page.goto(url + gone)
    expect(answer?.status()).toBe(410)
    await page.getByRole('heading', { name: world.texts.problems.gone.title }).waitFor()
    await page.locator('.good').first().click()
    await page.locator('.product h1').waitFor()
  })

  it('leads from a word to the owner, whose number no page holds', async () => {
    const page = await open('/katalog', phone)
    await page.getByLabel(world.texts.search.label).fill("se'i")
    await page.getByRole('button', { name: world.texts.search.submit, exact: true }).click()
    await page.locator('.good').first().click()
    await page.locator('.product h1').waitFor()
    expect(await page.content()).not.toContain('6281200000001')
    const asked = page.waitForRequest(/wa\.me/)
    await page.route(/^https:\/\/wa\.me\//, (route) => route.fulfill({ body: 'WhatsApp' }))
    await page.getByRole('button', { name: world.texts.product.contact }).click()
    expect((await asked).url()).toMatch(/^https:\/\/wa\.me\/6281200000001\?text=Halo/)
    await page.getByText('WhatsApp').waitFor()
  })

  it.each(['home', 'category', 'product'] as const)(
    'is there soon on a slow phone, stands still, and is small: %s',
    async (name) => {
      const page = await browser.newPage(await browser.newContext(phone))
      const cost = await openSlowly(page, url + pages[name]())
      expect(cost.scripts).toBe(0)
      expect(cost.bytesWithoutPhotos).toBeLessThan(100 * 1024)
      expect(cost.largestPaintMs).toBeGreaterThan(0)
      expect(cost.largestPaintMs).toBeLessThan(2_500)
      expect(cost.shift).toBeLessThan(0.1)
    },
  )
})

interface Cost {
  readonly scripts: number
  readonly bytesWithoutPhotos: number
  readonly largestPaintMs: number
  readonly shift: number
}

/** Opens a page as a cheap phone on a weak network does: 1.6 Mbit/s, 150 ms, and a quarter of this machine. */
async function openSlowly(page: Page, address: string): Promise<Cost> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 90_000 },
  })
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  const transfers = watchTransfers(session)
  await page.addInitScript(watchPaint)
  await page.goto(address, { waitUntil: 'load' })
  // All has come, and what came is painted: nothing can shift any more.
  await page.waitForLoadState('networkidle')
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
  const look = () => page.evaluate<Omit<Cost, 'bytesWithoutPhotos' | 'scripts'>>('globalThis.seen')
  await expect.poll(async () => (await look()).largestPaintMs).toBeGreaterThan(0)
  const seen = await look()
  const scripts = await page.locator('script:not([type="application/ld+json"])').count()
  return { ...seen, scripts, bytesWithoutPhotos: transfers() }
}

/** Notes the largest paint and the sum of the shifts. */
const watchPaint = `
  globalThis.seen = { largestPaintMs: 0, shift: 0 }
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) seen.largestPaintMs = startTime
  }).observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) seen.shift += value
  }).observe({ type: 'layout-shift', buffered: true })`

/** The bytes that came over the network until it is asked, pictures of products left out. */
function watchTransfers(session: CDPSession): () => number {
  const photos = new Set<string>()
  let bytes = 0
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.url.includes('/katalog/gambar/')) photos.add(requestId)
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (!photos.has(requestId)) bytes += encodedDataLength
  })
  return () => bytes
}
