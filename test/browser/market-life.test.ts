import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contentOf } from '../../src/app-words.ts'
import { parseCatalogueTexts } from '../../src/web/catalogue/catalogue-texts.ts'
import { parseMarketTexts } from '../../src/web/desk/market/market-texts.ts'
import { launchBrowser, type WatchedBrowser } from '../support/browser.ts'
import { phone, takeShot, wide } from '../support/look-at-page.ts'
import { startTrainingHouse, type TrainingHouse } from '../support/training-house.ts'

const [seller, buyer] = [5_399_400, 5_399_401]

let browser: WatchedBrowser
let house: TrainingHouse

beforeEach(async () => {
  browser = await launchBrowser()
  house = await startTrainingHouse('2026-03-02T09:00+08:00')
}, 120_000)
afterEach(async () => {
  await browser.close()
  await house.close()
})

/** A plate with something red on it, as a phone takes it: with the place where it stood. */
async function takePhoto(): Promise<Buffer> {
  const plate =
    '<svg width="1200" height="900"><rect width="1200" height="900" fill="#8a5a33"/><circle cx="600" cy="450" r="380" fill="#f4efe6"/><circle cx="600" cy="450" r="240" fill="#8c2f1b"/></svg>'
  return sharp(Buffer.from(plate))
    .withExif({ IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '10/1 10/1 38/1' } })
    .jpeg()
    .toBuffer()
}

/** Waits until the person has so many photos, and returns their bytes. */
async function photosOf(id: number, count: number): Promise<readonly Buffer[]> {
  const photos = () =>
    house.telegram
      .person(id)
      .inbox.flatMap(({ kind, file }) => (kind === 'photo' && file?.bytes !== undefined ? [file.bytes] : []))
  await expect.poll(() => photos().length, { timeout: 20_000 }).toBe(count)
  return photos()
}

/** The owner offers a product by chat, from the photo to the consents. */
async function offer() {
  const owner = house.resident(seller)
  await owner.say('jual produk', 'Kirim foto produknya')
  house.telegram.person(seller).sendPhoto(await takePhoto())
  await owner.hear('Fotonya sudah kami terima')
  await owner.say("Se'i babi asap kesambi", 'Berapa harganya?')
  await owner.say('90rb per kg', 'Barangnya siap')
  await owner.say('siap', 'golongan apa')
  await owner.say('makanan olahan', 'Mengandung babi')
  await owner.say('baik', 'nama apa')
  await owner.say('Dapur Mama Contoh', 'kelurahan apa')
  await owner.say('liliba', 'Rp90.000 / kg')
  await owner.say('ya', 'ditampilkan untuk umum')
  await owner.say('setuju', 'diberikan kepada pembeli')
  await owner.say('setuju', 'Nomor WhatsApp')
  await owner.say('0815 3990 0001', 'sudah kami kirim ke petugas')
  return owner
}

describe('a product', () => {
  it('goes from a photo by chat over an officer to a buyer who mistypes it, opens its page and reaches its owner', {
    timeout: 180_000,
  }, async () => {
    const owner = await offer()
    const { prisma } = house.app.storage.database
    const { id } = await prisma.product.findFirstOrThrow({ where: { state: 'waiting' } })

    const desk = parseMarketTexts(contentOf(house.app.texts, 'meja-umkm'))
    const officer = await browser.newPage(await browser.newContext(wide))
    await house.enrol(officer, 'ani', 'Ani Contoh', 'umkm')
    // Nobody sees it before.
    const early = await fetch(`${house.url}/katalog/produk/${id}`)
    expect(early.status).not.toBe(200)
    await officer.goto(`${house.url}/desk/umkm/produk/${id}`)
    await takeShot(officer, 'market-life-desk')
    await officer.click(`.yes button:has-text("${desk.product.approve.button}")`)
    await officer.waitForSelector('.flash')
    await owner.hear("Se'i babi asap kesambi", 'tampil')

    const customer = house.resident(buyer)
    await customer.say('ada jual sei babii asp antar ke liliba?', "Se'i babi asap kesambi")
    expect(customer.all()).toContain('(babi)')
    const told = await customer.say('1', `/katalog/produk/${id}`)
    expect(told).toContain('Mengandung babi')
    const [, photo] = await photosOf(buyer, 2)
    const { format, exif } = await sharp(photo).metadata()
    expect({ format, exif }).toEqual({ format: 'jpeg', exif: undefined })
    const link = (await customer.say('hubungi penjual', 'https://wa.me/')).match(/https:\/\/wa\.me\/\S+/)?.[0]
    expect(link).toMatch(/^https:\/\/wa\.me\/6281539900001\?text=/)

    const page = await browser.newPage(await browser.newContext(phone))
    await page.goto(`${house.url}/katalog/cari?q=sei+babbi`)
    await page.click(`a:has-text("Se'i babi asap kesambi")`)
    await page.waitForURL(`**/katalog/produk/${id}-*`)
    expect(await page.textContent('main')).toContain('Mengandung babi')
    await takeShot(page, 'market-life-page')
    // The number is in no page: whoever asks is led to it.
    expect(await page.content()).not.toContain('81539900001')
    const catalogue = parseCatalogueTexts(contentOf(house.app.texts, 'katalog'))
    expect(await page.textContent('form button')).toBe(catalogue.product.contact)
    const asked = await fetch(`${house.url}/katalog/hubungi/${id}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { Origin: house.url, 'User-Agent': 'Mozilla/5.0 (Linux; Android 8) Chrome/90' },
    })
    expect(asked.status).toBe(303)
    expect(asked.headers.get('location')).toMatch(/^https:\/\/wa\.me\/6281539900001\?text=/)

    await owner.say('promosikan produk saya', 'sudah jadi')
    // The first is the own photo, shown before it was sent.
    const [, ...promotions] = await photosOf(seller, 3)
    const sizes = await Promise.all(promotions.map(async (bytes) => sharp(bytes).metadata()))
    expect(sizes.map(({ width, height }) => `${width}x${height}`).sort()).toEqual(['1080x1080', '1080x1920'])
    await owner.hear('kabar mingguan')
    await owner.say('stok habis', 'habis')
    await owner.say('ya', 'habis')
    await page.reload()
    await expect.poll(() => prisma.product.findUnique({ where: { id } })).toMatchObject({ state: 'sold_out' })
    await owner.say("sembunyikan se'i", 'embunyikan')
    await owner.say('ya', 'embunyi')
    // Pages are kept for a moment.
    await expect
      .poll(async () => (await fetch(`${house.url}/katalog/produk/${id}`)).status, { timeout: 20_000 })
      .toBe(410)
    const folder = process.env.SHOTS
    if (folder !== undefined)
      for (const [at, bytes] of promotions.entries())
        await writeFile(path.join(folder, `market-life-promotion-${at}.jpg`), bytes)
  })
})
