import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fill } from '../../../src/language/fill-text.ts'
import { readQrOfPage } from '../../support/read-qr.ts'
import { type CatalogueWorld, openCatalogueWorld, publicUrl } from './catalogue-world.ts'

let world: CatalogueWorld

beforeAll(async () => {
  world = await openCatalogueWorld()
})
beforeEach(() => world.clear())
afterAll(() => world.close())

const countOf = (body: string, part: string) => body.split(part).length - 1
const head = (body: string) => body.slice(0, body.indexOf('</head>'))
const wordsOf = (body: string) => body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
const dataIn = (body: string): Record<string, unknown>[] =>
  [...body.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(([, text]) =>
    JSON.parse(text ?? ''),
  )
const metaIn = (body: string, property: string) =>
  new RegExp(`<meta property="${property}" content="([^"]*)"`).exec(body)?.[1]

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

describe('the page of a product', () => {
  it('tells what is asked for, and no number', async () => {
    const shop = await world.addShop({ name: 'Dapur Mama', phone: '6281234567890' })
    const id = await world.addProduct({ shop, name: 'Abon sapi', description: 'Gurih, tahan 3 bulan.' })
    await world.addProduct({ shop, name: 'Sambal luat' })
    const { status, body } = await world.get(`/katalog/produk/${id}-abon-sapi`)
    expect(status).toBe(200)
    for (const said of [
      'Rp35.000 / bungkus',
      'Gurih, tahan 3 bulan.',
      'Dapur Mama',
      'Kelurahan Liliba, Kecamatan Oebobo',
      'Ambil di tempat, Bisa diantar',
      'Tunai, QRIS',
      'Sambal luat',
      'Belum bersertifikat halal',
    ]) {
      expect(body).toContain(said)
    }
    expect(body).toContain(`action="/katalog/hubungi/${id}"`)
    expect(body).not.toContain('81234567890')
    expect(decodeURIComponent(/https:\/\/wa\.me\/\?text=([^"]*)/.exec(body)?.[1] ?? '')).toBe(
      fill(world.texts.product.share_text, {
        ...{ product: 'Abon sapi', price: 'Rp35.000 / bungkus', shop: 'Dapur Mama' },
        address: `${publicUrl}/katalog/produk/${id}-abon-sapi`,
      }),
    )
  })

  it('has one address, to which every other leads', async () => {
    const id = await world.addProduct({ name: "Se'i sapi" })
    for (const other of [`${id}`, `${id}-lain`, `${id}-`]) {
      const { status, response } = await world.get(`/katalog/produk/${other}`)
      expect([status, response.headers.get('location')]).toEqual([301, `/katalog/produk/${id}-sei-sapi`])
      expect(response.headers.get('cache-control')).toBe('no-store')
    }
    expect(world.counted).toEqual([])
  })

  it('shows its picture where its address is shared', async () => {
    const id = await world.addProduct({ name: 'Abon "asli"' })
    const photo = await world.photoOf(id)
    const { body } = await world.get(`/katalog/produk/${id}-abon-asli`)
    expect(metaIn(body, 'og:image')).toBe(`${publicUrl}/katalog/gambar/${photo}-jpeg.jpg`)
    expect(metaIn(body, 'og:url')).toBe(`${publicUrl}/katalog/produk/${id}-abon-asli`)
    expect(metaIn(body, 'og:type')).toBe('product')
    expect(metaIn(body, 'og:title')).toContain('Abon &quot;asli&quot;')
    expect([metaIn(body, 'og:image:width'), metaIn(body, 'og:image:height')]).toEqual(['1080', '810'])
  })

  it('tells search engines what it is, and nothing ends their data', async () => {
    const shop = await world.addShop({ name: '</script><script>alert(1)</script>' })
    const id = await world.addProduct({ shop, state: 'sold_out' })
    const { body } = await world.get(`/katalog/produk/${id}-abon-sapi`)
    expect(body).not.toContain('<script>alert')
    const [product, trail] = dataIn(body)
    expect(product).toMatchObject({
      '@type': 'Product',
      name: 'Abon sapi',
      offers: {
        ...{ '@type': 'Offer', price: 35_000, priceCurrency: 'IDR' },
        availability: 'https://schema.org/SoldOut',
        seller: { name: '</script><script>alert(1)</script>' },
      },
    })
    expect(trail).toMatchObject({ '@type': 'BreadcrumbList' })
    expect(trail?.itemListElement).toHaveLength(3)
  })

  it('shows badges only of papers that staff verified', async () => {
    const shop = await world.addShop()
    const id = await world.addProduct({ shop, halal: 'certified' })
    const paper = (kind: string, state: string, productId: number | null = null) =>
      world.database.prisma.shopPaper.create({
        data: { shopId: shop, productId, kind, number: '123', state, createdAt: world.clock.now },
      })
    await paper('nib', 'verified')
    await paper('pirt', 'claimed')
    await paper('halal', 'claimed', id)
    const path = `/katalog/produk/${id}-abon-sapi`
    const before = (await world.get(path)).body
    expect(before).toContain('NIB, sudah diperiksa petugas')
    expect(before).not.toContain('PIRT')
    expect(before).toContain('Bersertifikat halal (menurut penjual)')
    await world.database.prisma.shopPaper.updateMany({
      where: { kind: 'halal' },
      data: { state: 'verified' },
    })
    const after = (await world.get(path)).body
    expect(after).toContain('Sertifikat halal, sudah diperiksa petugas')
    expect(after).not.toContain('menurut penjual')
    const other = await world.addProduct({ shop, name: 'Kue' })
    expect((await world.get(`/katalog/produk/${other}-kue`)).body).not.toContain('Sertifikat halal')
  })

  it('is counted when a person looks at it', async () => {
    const id = await world.addProduct()
    const path = `/katalog/produk/${id}-abon-sapi`
    await world.get(path)
    await world.get(path, { 'user-agent': 'WhatsApp/2.23.20.0' })
    await world.get(path, { 'user-agent': '' })
    await world.app.request(path, { method: 'HEAD', headers: { 'user-agent': 'Mozilla/5.0 Chrome/120' } })
    expect(world.counted).toEqual([{ productId: id, what: 'views' }])
  })

  it('is counted once a day for a visitor, and not when it is not sent again', async () => {
    const ids = [await world.addProduct(), await world.addProduct()]
    const [path, other] = ids.map((id) => `/katalog/produk/${id}-abon-sapi`)
    const look = (at: string, ip: string, headers = {}) =>
      world.app.request(
        at,
        { headers: { 'user-agent': 'Mozilla/5.0 Chrome/120', ...headers } },
        { incoming: { socket: { remoteAddress: ip } } },
      )
    const counted = () => world.counted.map(({ productId }) => ids.indexOf(productId))
    const etag = (await look(path!, '2001:db8:0:7::1')).headers.get('etag') ?? ''
    await look(path!, '2001:db8:0:7::2')
    expect(counted()).toEqual([0])
    await look(other!, '2001:db8:0:7::1')
    expect((await look(path!, '203.0.113.9', { 'if-none-match': etag })).status).toBe(304)
    expect(counted()).toEqual([0, 1])
    await look(path!, '203.0.113.9')
    expect(counted()).toEqual([0, 1, 0])
    world.clock.now = new Date(world.clock.now.getTime() + 86_400_000)
    await look(path!, '2001:db8:0:7::1')
    expect(counted()).toEqual([0, 1, 0, 0])
  })

  it('has no halal certificate of its shop where it is said to contain pork, and neither has the shop', async () => {
    const shop = await world.addShop({ name: 'Dapur' })
    const good = await world.addProduct({ shop, halal: 'certified' })
    const data = { shopId: shop, kind: 'halal', number: '1', state: 'verified', createdAt: world.clock.now }
    await world.database.prisma.shopPaper.create({ data })
    const badge = 'Sertifikat halal, sudah diperiksa petugas'
    expect((await world.get(`/katalog/produk/${good}-abon-sapi`)).body).toContain(badge)
    expect((await world.get(`/katalog/toko/${shop}-dapur`)).body).toContain(badge)
    const pork = await world.addProduct({ shop, halal: 'pork' })
    await world.database.prisma.shopPaper.create({ data: { ...data, productId: pork } })
    expect((await world.get(`/katalog/produk/${good}-abon-sapi`)).body).toContain(badge)
    for (const path of [`produk/${pork}-abon-sapi`, `toko/${shop}-dapur`]) {
      const { status, body } = await world.get(`/katalog/${path}`)
      expect([path, status, body.includes(badge)]).toEqual([path, 200, false])
    }
  })

  it('says that it is gone, and leads on to what is like it', async () => {
    await world.addProduct({ name: 'Dendeng' })
    for (const state of ['hidden', 'removed'] as const) {
      const id = await world.addProduct({ name: 'Abon rahasia', state })
      const { status, body } = await world.get(`/katalog/produk/${id}-abon-rahasia`)
      expect(status).toBe(410)
      expect(body).toContain(world.texts.problems.gone.title)
      expect(body).toContain('Dendeng')
      expect(body).not.toContain('rahasia')
      expect(head(body)).toContain('noindex')
    }
    const again = await world.addProduct({ state: 'needs_fix' })
    expect((await world.get(`/katalog/produk/${again}`)).status).toBe(410)
  })

  it('is unknown while nobody may have seen it', async () => {
    const waiting = await world.addProduct({ state: 'waiting', shownAt: null })
    const draft = await world.addProduct({ state: 'draft', shownAt: null })
    for (const id of [waiting, draft, 999_999, 999_999_999_999_999]) {
      expect([id, (await world.get(`/katalog/produk/${id}`)).status]).toEqual([id, 404])
    }
  })

  it('is gone with its shop', async () => {
    const shops = [
      await world.addShop({ state: 'hidden' }),
      await world.addShop({ state: 'closed' }),
      await world.addShop({ consents: ['contact'], ended: ['publish'] }),
    ]
    for (const shop of shops) {
      const id = await world.addProduct({ shop })
      expect((await world.get(`/katalog/produk/${id}`)).status).toBe(410)
      expect((await world.get(`/katalog/toko/${shop}`)).status).toBe(410)
    }
    expect((await world.get('/katalog')).body).not.toContain('class="good"')
    expect((await world.get('/katalog/golongan/makanan')).body).not.toContain('class="good"')
    const never = await world.addShop({ consents: [] })
    expect((await world.get(`/katalog/toko/${never}`)).status).toBe(404)
  })
})

describe('the page of a shop', () => {
  it('shows its products, and where it is', async () => {
    const shop = await world.addShop({ name: 'Tenun Ina', description: 'Tenun Sabu.' })
    await world.addProduct({ shop, name: 'Selendang', category: 'tenun', halal: 'not_food' })
    await world.addProduct({ shop: await world.addShop(), name: 'Abon' })
    const { status, body } = await world.get(`/katalog/toko/${shop}-tenun-ina`)
    expect(status).toBe(200)
    for (const said of ['Tenun Sabu.', 'Selendang', 'Kelurahan Liliba']) expect(body).toContain(said)
    expect(body).not.toContain('Abon')
    expect((await world.get(`/katalog/toko/${shop}`)).response.headers.get('location')).toBe(
      `/katalog/toko/${shop}-tenun-ina`,
    )
  })

  it('is unknown while no officer has seen a product of it, whatever it is called', async () => {
    const empty = await world.addShop({ name: 'Kios Kosong' })
    const waiting = await world.addShop({ name: 'Kios Baru' })
    await world.addProduct({ shop: waiting, state: 'waiting', shownAt: null })
    const returned = await world.addShop({ name: 'Kios Lain' })
    await world.addProduct({ shop: returned, state: 'needs_fix', shownAt: null })
    await world.addProduct({ shop: returned, state: 'hidden', shownAt: null })
    for (const shop of [empty, waiting, returned]) {
      for (const path of [`/katalog/toko/${shop}`, `/katalog/toko/${shop}/qr`]) {
        const { status, body } = await world.get(path)
        expect([path, status, body.includes('Kios')]).toEqual([path, 404, false])
      }
    }
  })

  it('is gone while none of its products is shown any more, and there again with the first', async () => {
    await world.addProduct({ shop: await world.addShop(), name: 'Dendeng' })
    const shop = await world.addShop({ name: 'Kios Lama' })
    const id = await world.addProduct({ shop, state: 'waiting' })
    await world.addProduct({ shop, state: 'hidden', name: 'Abon' })
    const path = `/katalog/toko/${shop}-kios-lama`
    for (const each of [path, `${path}/qr`]) {
      const { status, body } = await world.get(each)
      expect([each, status, body.includes('Kios Lama')]).toEqual([each, 410, false])
      expect(body).toContain(world.texts.problems.shop_gone.title)
      expect(body).toContain('Dendeng')
    }
    for (const state of ['sold_out', 'shown'] as const) {
      await world.database.prisma.product.update({ where: { id }, data: { state } })
      for (const each of [path, `${path}/qr`]) expect((await world.get(each)).status).toBe(200)
    }
  })

  it('has a page to print for the stall', async () => {
    const shop = await world.addShop({ name: 'Tenun Ina' })
    await world.addProduct({ shop })
    const { status, body } = await world.get(`/katalog/toko/${shop}-tenun-ina/qr`)
    expect(status).toBe(200)
    expect(await readQrOfPage(body)).toBe(`https://lopo.example/katalog/toko/${shop}-tenun-ina`)
    expect(body).toContain(`lopo.example/katalog/toko/${shop}-tenun-ina`)
    expect(head(body)).toContain('noindex')
  })
})
