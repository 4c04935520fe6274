import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type CatalogueWorld, openCatalogueWorld, publicUrl } from './catalogue-world.ts'

let world: CatalogueWorld

beforeAll(async () => {
  world = await openCatalogueWorld()
})
beforeEach(async () => {
  await world.clear()
  // Whoever did too much a while ago may do more.
  world.clock.now = new Date(world.clock.now.getTime() + 60 * 60_000)
})
afterAll(() => world.close())

const reports = () => world.database.prisma.productReport.findMany({ orderBy: { id: 'asc' } })

describe('the button to the owner', () => {
  it('leads to the number with a text that is ready to send, and counts', async () => {
    const shop = await world.addShop({ phone: '6281234567890' })
    const id = await world.addProduct({ shop, name: "Se'i sapi & co" })
    const response = await world.post(`/katalog/hubungi/${id}`, {})
    expect(response.status).toBe(303)
    const to = new URL(response.headers.get('location') ?? '')
    expect([to.host, to.pathname]).toEqual(['wa.me', '/6281234567890'])
    expect(to.searchParams.get('text')).toContain("Se'i sapi & co")
    expect(to.searchParams.get('text')).toContain(`${publicUrl}/katalog/produk/${id}-sei-sapi-co`)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(world.counted).toEqual([{ productId: id, what: 'contacts' }])
  })

  it('is allowed by the page that it is on to lead there', async () => {
    const id = await world.addProduct()
    const { response } = await world.get(`/katalog/produk/${id}-abon-sapi`)
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(/form-action ([^;]*)/.exec(policy)?.[1]?.split(' ')).toEqual(
      expect.arrayContaining(["'self'", 'https://wa.me', 'https://api.whatsapp.com']),
    )
  })

  it('gives no number without a consent in force, from a shop that is not there, or where there is none', async () => {
    const closed = [
      await world.addShop({ consents: ['publish'] }),
      await world.addShop({ consents: ['publish'], ended: ['contact'] }),
      await world.addShop({ phone: '' }),
    ]
    for (const shop of closed) {
      const id = await world.addProduct({ shop })
      const page = await world.get(`/katalog/produk/${id}-abon-sapi`)
      expect(page.body).not.toContain('/katalog/hubungi/')
      expect(page.body).toContain(world.texts.product.no_contact)
      const response = await world.post(`/katalog/hubungi/${id}`, {})
      expect([response.status, response.headers.get('location')]).toEqual([404, null])
      expect(await response.text()).toContain(world.texts.problems.no_contact.title)
    }
    const hidden = await world.addProduct({ shop: await world.addShop({ state: 'hidden' }) })
    const gone = await world.addProduct({ shop: await world.addShop(), state: 'hidden' })
    for (const id of [hidden, gone, 999_999]) {
      expect((await world.post(`/katalog/hubungi/${id}`, {})).status).toBe(404)
    }
    expect(world.counted.filter(({ what }) => what === 'contacts')).toEqual([])
  })

  it('is not pressed by what reads links, by programs, or by pages of others', async () => {
    const id = await world.addProduct()
    const read = await world.get(`/katalog/hubungi/${id}`)
    expect([read.status, read.response.headers.get('location')]).toEqual([302, `/katalog/produk/${id}`])
    await world.post(`/katalog/hubungi/${id}`, {}, { 'user-agent': 'curl/8' })
    const foreign = await world.post(`/katalog/hubungi/${id}`, {}, { origin: 'https://elsewhere.example' })
    expect([foreign.status, foreign.headers.get('location')]).toEqual([403, null])
    const near = { origin: 'http://10.0.0.1:3000', host: '10.0.0.1:3000' }
    expect((await world.post(`/katalog/hubungi/${id}`, {}, { ...near, 'user-agent': 'curl/8' })).status).toBe(
      303,
    )
    expect(world.counted).toEqual([])
  })

  it('is answered only so often, so that nobody gathers numbers', async () => {
    const id = await world.addProduct()
    const press = () => world.post(`/katalog/hubungi/${id}`, {})
    for (let time = 0; time < 60; time += 1) expect((await press()).status).toBe(303)
    const late = await press()
    expect([late.status, late.headers.get('location')]).toEqual([429, null])
    world.clock.now = new Date(world.clock.now.getTime() + 10 * 60_000)
    expect((await press()).status).toBe(303)
  })
})

describe('the button to the owner, pressed often', () => {
  const press = (id: number, ip: string) =>
    world.app.request(
      `/katalog/hubungi/${id}`,
      { method: 'POST', headers: { 'user-agent': 'Mozilla/5.0 Chrome/120', origin: publicUrl } },
      { incoming: { socket: { remoteAddress: ip } } },
    )
  const later = (ms: number) => {
    world.clock.now = new Date(world.clock.now.getTime() + ms)
  }

  it('counts once a day for a visitor and a product, whoever looked at it before', async () => {
    const ids = [await world.addProduct(), await world.addProduct()]
    const counted = () => world.counted.map(({ productId, what }) => `${what} ${ids.indexOf(productId)}`)
    await world.app.request(
      `/katalog/produk/${ids[0]}-abon-sapi`,
      { headers: { 'user-agent': 'Mozilla/5.0 Chrome/120' } },
      { incoming: { socket: { remoteAddress: '2001:db8:1:7::1' } } },
    )
    for (let time = 0; time < 3; time += 1) {
      expect((await press(ids[0]!, `2001:db8:1:7::${time}`)).status).toBe(303)
    }
    expect(counted()).toEqual(['views 0', 'contacts 0'])
    await press(ids[1]!, '2001:db8:1:7::1')
    await press(ids[0]!, '203.0.113.20')
    expect(counted()).toEqual(['views 0', 'contacts 0', 'contacts 1', 'contacts 0'])
    later(86_400_000)
    await press(ids[0]!, '2001:db8:1:7::1')
    expect(counted()).toHaveLength(5)
  })

  it('gives so many numbers a day, those that it gave once more, and others tomorrow', async () => {
    const shop = await world.addShop()
    const closed = await world.addProduct({ shop: await world.addShop({ consents: ['publish'] }) })
    const ids: number[] = []
    for (let index = 0; index < 41; index += 1) ids.push(await world.addProduct({ shop, photos: 0 }))
    const [last = 0] = ids.splice(40)
    const ip = '198.51.100.4'
    for (const id of [closed, ...ids, 999_999]) {
      await press(id, ip)
      // Slowly, so that the shorter limit lets it be.
      later(60_000)
    }
    const late = await press(last, ip)
    expect([late.status, late.headers.get('location')]).toEqual([429, null])
    const body = await late.text()
    expect(body).toContain(world.texts.problems.busy_today.title)
    expect(body).toContain('href="/chat"')
    expect(world.counted.filter(({ what }) => what === 'contacts')).toHaveLength(40)
    expect((await press(ids[0]!, ip)).status).toBe(303)
    expect((await press(last, '198.51.100.5')).status).toBe(303)
    later(86_400_000)
    expect((await press(last, ip)).status).toBe(303)
  })
})

describe('the form of a report', () => {
  it('puts a reason and words down for the officers, and thanks', async () => {
    const id = await world.addProduct({ name: 'Abon <sapi>' })
    const form = await world.get(`/katalog/lapor/${id}`)
    expect(form.status).toBe(200)
    expect(form.body).toContain('Abon &lt;sapi&gt;')
    expect(form.body).toContain('noindex')
    for (const code of Object.keys(world.words.reports)) expect(form.body).toContain(`value="${code}"`)
    const sent = await world.post(`/katalog/lapor/${id}`, {
      reason: 'fraud',
      words: `  <b>Palsu</b> ${'a'.repeat(900)}`,
    })
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `/katalog/lapor/${id}?terkirim=1`])
    expect((await world.get(`/katalog/lapor/${id}?terkirim=1`)).body).toContain(world.texts.report.thanks)
    const [report, ...others] = await reports()
    expect(others).toEqual([])
    expect(report).toMatchObject({ productId: BigInt(id), reason: 'fraud', contactId: null, settledAt: null })
    expect(report!.words).toHaveLength(500)
    expect(report!.words.startsWith('<b>Palsu</b>')).toBe(true)
    expect(report!.at).toEqual(world.clock.now)
  })

  it('asks for the reason again and loses no words', async () => {
    const id = await world.addProduct()
    for (const reason of ['', 'toString', 'nonsense']) {
      const response = await world.post(`/katalog/lapor/${id}`, { reason, words: 'Harga tipu' })
      expect(response.status).toBe(422)
      const body = await response.text()
      expect(body).toContain(world.texts.report.no_reason)
      expect(body).toContain('>Harga tipu</textarea>')
    }
    expect(await reports()).toEqual([])
  })

  it('takes so many of one visitor, and none from pages of others or of what nobody may see', async () => {
    const id = await world.addProduct()
    const hidden = await world.addProduct({ state: 'hidden' })
    const send = (product: number, headers = {}) =>
      world.post(`/katalog/lapor/${product}`, { reason: 'other' }, headers)
    expect((await send(id, { origin: 'https://elsewhere.example' })).status).toBe(403)
    expect((await send(hidden)).status).toBe(404)
    expect((await world.get(`/katalog/lapor/${hidden}`)).status).toBe(404)
    for (let time = 0; time < 10; time += 1) expect((await send(id)).status).toBe(303)
    expect((await send(id)).status).toBe(429)
    expect(await reports()).toHaveLength(10)
  })

  it('loses none, however many of a product nobody settled', async () => {
    const id = await world.addProduct()
    for (let hour = 0; hour < 3; hour += 1) {
      for (let time = 0; time < 10; time += 1) await world.post(`/katalog/lapor/${id}`, { reason: 'other' })
      world.clock.now = new Date(world.clock.now.getTime() + 60 * 60_000)
    }
    expect(await reports()).toHaveLength(30)
  })

  it('leaves out what the database takes not', async () => {
    const id = await world.addProduct()
    const words = `\0Pal\0su ${'a'.repeat(493)}\u{1f600}`
    const sent = await world.post(`/katalog/lapor/${id}`, { reason: 'fraud', words })
    expect(sent.status).toBe(303)
    expect((await reports())[0]!.words).toBe(`Palsu ${'a'.repeat(493)}\ufffd`)
  })

  it('refuses what is far too long', async () => {
    const id = await world.addProduct()
    const response = await world.post(`/katalog/lapor/${id}`, { reason: 'other', words: 'a'.repeat(40_000) })
    expect(response.status).toBe(413)
  })
})

describe('a picture', () => {
  it('is sent in each of its forms, to be kept for a year', async () => {
    const photo = await world.photoOf(await world.addProduct())
    for (const file of ['w160.webp', 'w480.webp', 'w1080.webp', 'jpeg.jpg']) {
      const { status, body, response } = await world.get(`/katalog/gambar/${photo}-${file}`)
      expect([file, status, body]).toEqual([file, 200, `${photo} ${file.split('.')[0]}`])
      expect(response.headers.get('content-type')).toBe(file.endsWith('jpg') ? 'image/jpeg' : 'image/webp')
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      const again = await world.get(`/katalog/gambar/${photo}-${file}`, {
        'if-none-match': response.headers.get('etag') ?? '',
      })
      expect([again.status, again.body]).toEqual([304, ''])
    }
  })

  it('is none of what nobody may see, and of no other name', async () => {
    const shown = await world.photoOf(await world.addProduct())
    const hidden = await world.photoOf(await world.addProduct({ state: 'hidden' }))
    const waiting = await world.photoOf(await world.addProduct({ state: 'waiting', shownAt: null }))
    const shop = await world.addShop({ consents: [] })
    const unpublished = await world.photoOf(await world.addProduct({ shop }))
    const names = [
      ...[hidden, waiting, unpublished, crypto.randomUUID()].map((id) => `${id}-w480.webp`),
      ...['w999.webp', 'w480.jpg', 'jpeg.webp', 'jpeg.png'].map((form) => `${shown}-${form}`),
      ...['x-w480.webp', '..%2f..%2fsecret', `${shown.toUpperCase()}-w480.webp`],
    ]
    for (const name of names)
      expect([name, (await world.get(`/katalog/gambar/${name}`)).status]).toEqual([name, 404])
  })

  it('that was drawn for a chat is not sent, a promotion neither', async () => {
    const { prisma } = world.database
    const [promotion, sheet] = [crypto.randomUUID(), crypto.randomUUID()]
    await prisma.picture.create({ data: { id: promotion, kind: 'promotion', createdAt: world.clock.now } })
    await prisma.picture.create({ data: { id: sheet, kind: 'sheet', createdAt: world.clock.now } })
    expect((await world.get(`/katalog/gambar/${promotion}-jpeg.jpg`)).status).toBe(404)
    expect((await world.get(`/katalog/gambar/${sheet}-jpeg.jpg`)).status).toBe(404)
  })
})
