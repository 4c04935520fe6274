import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fill } from '../../../src/language/fill-text.ts'
import { type CatalogueWorld, openCatalogueWorld, publicUrl } from './catalogue-world.ts'
import { countOf, head, wordsOf } from './read-page.ts'

let world: CatalogueWorld

beforeAll(async () => {
  world = await openCatalogueWorld()
})
beforeEach(() => world.clear())
afterAll(() => world.close())

describe('the first page of the catalogue', () => {
  it('shows categories and kelurahan with their counts, and what is new and ready', async () => {
    await world.addProduct({ name: 'Abon sapi' })
    await world.addProduct({ name: 'Kopi Manggarai', category: 'minuman' })
    await world.addProduct({ name: 'Kue bagea', category: 'kue', state: 'sold_out' })
    const far = await world.addShop({ kelurahan: '53.71.01.1001' })
    await world.addProduct({ name: 'Selendang', category: 'tenun', halal: 'not_food', shop: far })
    const { status, body } = await world.get('/katalog')
    expect(status).toBe(200)
    for (const code of ['makanan', 'minuman', 'kue', 'tenun'])
      expect(body).toContain(`/katalog/golongan/${code}"`)
    expect(body).not.toContain('/katalog/golongan/jasa"')
    expect(wordsOf(body)).toMatch(/Liliba 3 produk/)
    expect(wordsOf(body)).toMatch(/Namosain 1 produk/)
    const newest = body.slice(body.indexOf(world.texts.home.newest))
    expect(newest).toContain('Kopi Manggarai')
    expect(newest).not.toContain('Kue bagea')
  })

  it('says so while it is empty, and how to sell', async () => {
    const { status, body } = await world.get('/katalog')
    expect(status).toBe(200)
    expect(body).toContain(world.texts.home.empty)
    expect(body).toContain(world.texts.home.sell_link)
  })

  it('has no script but data, an address of its own, and is small', async () => {
    for (let index = 0; index < 30; index += 1) await world.addProduct({ name: `Abon ${index}` })
    const { body, response } = await world.get('/katalog')
    expect(body.replace(/<script type="application\/ld\+json">/g, '')).not.toContain('<script')
    expect(body).toContain('<html lang="id">')
    expect(head(body)).toContain(`<link rel="canonical" href="${publicUrl}/katalog">`)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(Buffer.byteLength(body)).toBeLessThan(30_000)
  })

  it('tells of each picture where it is in which size, and lets it wait', async () => {
    const id = await world.addProduct()
    const photo = await world.photoOf(id)
    const { body } = await world.get('/katalog')
    expect(body).toContain(`/katalog/gambar/${photo}-w160.webp 160w, /katalog/gambar/${photo}-w480.webp 480w`)
    for (const part of ['sizes=', 'width="480" height="480"', 'loading="lazy"', 'decoding="async"']) {
      expect(body).toContain(part)
    }
  })

  it('is zipped, and not sent again to whoever has it', async () => {
    await world.addProduct()
    const { response, body } = await world.get('/katalog')
    const zipped = await world.app.request('/katalog', { headers: { 'accept-encoding': 'gzip' } })
    expect(zipped.headers.get('content-encoding')).toBe('gzip')
    expect(gunzipSync(Buffer.from(await zipped.arrayBuffer())).toString()).toBe(body)
    const again = await world.get('/katalog', { 'if-none-match': response.headers.get('etag') ?? '' })
    expect([again.status, again.body]).toEqual([304, ''])
  })

  it('is reached with a slash at its end too', async () => {
    const { status, response } = await world.get('/katalog/')
    expect([status, response.headers.get('location')]).toEqual([301, '/katalog'])
  })
})

describe('a card', () => {
  it('says what contains pork, what is sold out, and what is made to order', async () => {
    await world.addProduct({ name: "Se'i babi", halal: 'pork' })
    await world.addProduct({ name: 'Abon', state: 'sold_out' })
    await world.addProduct({ name: 'Tart susu', availability: 'preorder' })
    const { body } = await world.get('/katalog/golongan/makanan')
    const cards = body.split('<li><a class="good"').slice(1)
    const card = (name: string) => cards.find((each) => each.includes(name)) ?? ''
    expect(card('Se&#39;i babi')).toContain(world.words.halal.pork)
    expect(card('Abon')).toContain(world.texts.card.sold_out)
    expect(card('Tart susu')).toContain(world.texts.card.preorder)
    expect(countOf(body, world.words.halal.pork)).toBe(1)
    expect(cards.at(-1)).toContain('Abon')
  })

  it('says that the seller says so where no officer verified a certificate, on every list', async () => {
    const shop = await world.addShop({ name: 'Dapur' })
    const id = await world.addProduct({ shop, halal: 'certified' })
    const beside = await world.addProduct({ shop, name: 'Kue', halal: 'not_food' })
    const { prisma } = world.database
    const data = { kind: 'halal', number: '1', state: 'claimed', createdAt: world.clock.now }
    const paper = await prisma.shopPaper.create({ data: { ...data, shopId: shop, productId: id } })
    const where = { id: paper.id }
    const lists = ['', '/golongan/makanan', '/kelurahan/liliba', `/toko/${shop}-dapur`, '/cari?q=abon']
    const pages = [...lists, `/produk/${beside}-kue`]
    const said = () =>
      Promise.all(
        pages.map(async (path) => {
          const { body } = await world.get(`/katalog${path}`)
          return /<span class="halal">([^<]*)</.exec(body)?.[1]
        }),
      )
    const { certified } = world.words.halal
    const claimed = fill(world.texts.product.claimed, { halal: certified })
    const [asClaimed, asVerified] = [pages.map(() => claimed), pages.map(() => certified)]
    expect(await said()).toEqual(asClaimed)
    await prisma.shopPaper.update({ where, data: { state: 'verified' } })
    expect(await said()).toEqual(asVerified)
    await prisma.shopPaper.update({ where, data: { productId: beside } })
    expect(await said()).toEqual(asClaimed)
    await prisma.shopPaper.update({ where, data: { productId: null } })
    expect(await said()).toEqual(asVerified)
    await prisma.shopPaper.update({ where, data: { shopId: await world.addShop() } })
    expect(await said()).toEqual(asClaimed)
  })

  it('writes prices as the city does, and names as they are', async () => {
    await world.addProduct({ name: '<b>Abon</b> & "kawan"', price: 35_000, unit: 'kg' })
    const { body } = await world.get('/katalog/golongan/makanan')
    expect(body).toContain('Rp35.000 / kg')
    expect(body).toContain('&lt;b&gt;Abon&lt;/b&gt; &amp; &quot;kawan&quot;')
    expect(body).not.toContain('<b>Abon</b>')
  })

  it('stands without a photo', async () => {
    await world.addProduct({ photos: 0 })
    const { body } = await world.get('/katalog/golongan/makanan')
    expect(body).toContain('class="unseen"')
    expect(body).not.toContain('/katalog/gambar/')
  })
})

describe('a list', () => {
  it('comes page by page, each with its own address and those beside it', async () => {
    for (let index = 0; index < 50; index += 1) await world.addProduct({ name: `Abon ${index}` })
    const first = await world.get('/katalog/golongan/makanan')
    const last = await world.get('/katalog/golongan/makanan?hal=3')
    expect(countOf(first.body, 'class="good"')).toBe(24)
    expect(countOf(last.body, 'class="good"')).toBe(2)
    expect(head(first.body)).toContain(`rel="next" href="${publicUrl}/katalog/golongan/makanan?hal=2"`)
    expect(head(first.body)).not.toContain('rel="prev"')
    expect(head(last.body)).toContain(`rel="canonical" href="${publicUrl}/katalog/golongan/makanan?hal=3"`)
    expect(last.body).toContain('Halaman 3 dari 3')
    expect((await world.get('/katalog/golongan/makanan?hal=4')).status).toBe(404)
    expect((await world.get('/katalog/golongan/makanan?hal=x')).body).toBe(first.body)
  })

  it('of a kelurahan holds what is from there', async () => {
    const far = await world.addShop({ name: 'Tenun Ina', kelurahan: '53.71.01.1010' })
    await world.addProduct({ name: 'Selendang', shop: far, category: 'tenun', halal: 'not_food' })
    await world.addProduct({ name: 'Abon', shop: await world.addShop() })
    const { body } = await world.get('/katalog/kelurahan/manulai-ii')
    expect(body).toContain('Produk dari Manulai II')
    expect(body).toContain('Kecamatan Alak')
    expect(body).toContain('Selendang')
    expect(body).not.toContain('Abon')
  })

  it('that is none leads on to the categories', async () => {
    await world.addProduct()
    for (const path of [
      'golongan/senjata',
      'golongan/__proto__',
      'kelurahan/jakarta',
      'apa/saja',
      'produk',
      'toko/x',
    ]) {
      const { status, body } = await world.get(`/katalog/${path}`)
      expect([path, status]).toEqual([path, 404])
      expect(body).toContain(world.texts.problems.unknown.title)
      expect(body).toContain('/katalog/golongan/makanan')
      expect(head(body)).toContain('noindex')
    }
  })
})

describe('the search page', () => {
  it('asks for what the words and the form say, the form above the words', async () => {
    await world.addProduct({ name: 'Abon sapi' })
    const { status, body } = await world.get(
      '/katalog/cari?q=abon+di+bawah+100000+tanpa+babi&golongan=makanan&tempat=53.71.04.1010&harga=50rb&siap=1',
    )
    expect(status).toBe(200)
    expect(world.asked).toEqual([
      {
        ...{ words: 'abon', maxPrice: 50_000, withoutPork: true, category: 'makanan' },
        ...{ kelurahan: '53.71.04.1010', district: undefined, onlyInStock: true },
      },
    ])
    expect(body).toContain('Abon sapi')
    expect(body).toContain('value="Rp50.000"')
    expect(body).toContain('<option value="53.71.04.1010" selected>')
    expect(head(body)).toContain('noindex')
  })

  it('says back what it read out of the words', async () => {
    await world.addProduct({ name: 'Abon sapi' })
    const { body } = await world.get('/katalog/cari?q=abon+di+bawah+100000+tanpa+babi')
    expect(wordsOf(body)).toContain('Dibaca sebagai: paling tinggi Rp100.000 tanpa babi')
  })

  it('takes a kecamatan for a place, and leaves out what is none', async () => {
    await world.get('/katalog/cari?tempat=Oebobo&golongan=senjata')
    await world.get('/katalog/cari?tempat=Jakarta')
    expect(world.asked.map(({ district, kelurahan, category }) => [district, kelurahan, category])).toEqual([
      ['Oebobo', undefined, undefined],
      [undefined, undefined, undefined],
    ])
  })

  it('says when a price cannot be read, and searches without it', async () => {
    await world.addProduct()
    const { body } = await world.get('/katalog/cari?q=abon&harga=nego')
    expect(body).toContain(world.texts.search.bad_price)
    expect(body).toContain('value="nego"')
    expect(body).toContain('Abon sapi')
    expect(world.asked[0]?.maxPrice).toBeUndefined()
  })

  it('leads on where nothing is found, and tells what is only alike', async () => {
    await world.addProduct({ name: 'Madu ~' })
    const none = await world.get('/katalog/cari?q=perahu')
    expect(none.body).toContain(world.texts.search.none)
    expect(none.body).toContain('/katalog/golongan/makanan')
    expect((await world.get('/katalog/cari?q=~')).body).toContain(world.texts.search.near)
  })

  it('keeps what narrows the search on its other pages', async () => {
    for (let index = 0; index < 30; index += 1) await world.addProduct({ name: `Abon ${index}` })
    const { body } = await world.get('/katalog/cari?q=abon&tanpa_babi=1')
    expect(body).toContain('href="/katalog/cari?q=abon&amp;tanpa_babi=1&amp;hal=2"')
    expect((await world.get('/katalog/cari?q=abon&tanpa_babi=1&hal=9')).status).toBe(404)
  })

  it('takes words of any kind as words', async () => {
    const wild = `"><script>alert(1)</script>'; DROP TABLE product; --`
    const { status, body } = await world.get(`/katalog/cari?q=${encodeURIComponent(wild)}`)
    expect(status).toBe(200)
    expect(body).not.toContain('<script>alert')
    expect((await world.get(`/katalog/cari?q=${'a'.repeat(5000)}`)).status).toBe(200)
    expect(world.asked.at(-1)?.words).toHaveLength(120)
  })

  it('counts what it finds, for people only', async () => {
    const id = await world.addProduct()
    await world.get('/katalog/cari?q=abon')
    await world.get('/katalog/cari?q=abon', { 'user-agent': 'Googlebot/2.1' })
    await world.get('/katalog/cari?q=abon', { 'sec-purpose': 'prefetch;prerender' })
    expect(world.counted).toEqual([{ productId: id, what: 'finds' }])
  })
})
