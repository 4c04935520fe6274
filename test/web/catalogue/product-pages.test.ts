import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fill } from '../../../src/language/fill-text.ts'
import { readQrOfPage } from '../../support/read-qr.ts'
import { type CatalogueWorld, openCatalogueWorld, publicUrl } from './catalogue-world.ts'
import { dataIn, head, metaIn } from './read-page.ts'

let world: CatalogueWorld

beforeAll(async () => {
  world = await openCatalogueWorld()
})
beforeEach(() => world.clear())
afterAll(() => world.close())

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
