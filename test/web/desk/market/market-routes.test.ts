import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { may, staffRoles } from '../../../../src/staff/officer.ts'
import { shortMoment } from '../../../../src/web/desk/desk-time.ts'
import { tabsFor } from '../../../../src/web/desk/market/market-frame.ts'
import { marketRoutes } from '../../../../src/web/desk/market/market-routes.ts'
import { parseMarketTexts } from '../../../../src/web/desk/market/market-texts.ts'
import { marketTiles } from '../../../../src/web/desk/market/market-tiles.ts'
import { day, ina, minute, monday } from '../../../marketplace/desk/market-desk-world.ts'
import { type MarketPagesWorld, openMarketPages, said } from './market-pages-world.ts'

const bytes = new Uint8Array([1, 2, 3])
const asked: string[] = []

let world: MarketPagesWorld
beforeAll(async () => {
  world = await openMarketPages({
    async read(id, form) {
      asked.push(`${id} ${form}`)
      return id.startsWith('0') ? undefined : { mime: 'image/webp', bytes }
    },
  })
})
beforeEach(async () => {
  await world.market.clear()
  asked.length = 0
})
afterAll(() => world.market.close())

const address = (path: string) => `/desk${path.replace(/:number/, '12').replace(/:photo/, 'x')}`
const later = (minutes: number) => new Date(monday.getTime() + minutes * minute)

describe(marketRoutes.name, () => {
  it('ask for the permission of the marketplace, each of them', async () => {
    const routes = marketRoutes(world.deps)
    expect(routes.length).toBeGreaterThan(15)
    for (const role of staffRoles) {
      const { cookie, officer } = world.web.signedIn(role)
      const csrf = await world.web.csrfOf(cookie)
      for (const { method, path } of routes) {
        const to = address(path)
        const answer =
          method === 'get' ? await world.web.get(to, cookie) : await world.web.post(to, { csrf }, cookie)
        expect(answer.status === 403, `${role} ${method} ${path}`).toBe(!may(officer, 'marketplace'))
      }
    }
  }, 30_000)

  it('change nothing by a form that was made elsewhere', async () => {
    const id = await world.market.product(await world.market.shop())
    for (const [path, fields] of [
      ['/umkm/setujui', { satu: `${id}.0` }],
      [`/umkm/produk/${id}/putusan`, { putusan: 'approve', versi: '0' }],
    ] as const) {
      expect((await world.press(path, { ...fields, csrf: 'lain' })).status).toBe(403)
    }
    expect(await world.market.stateOf(id)).toBe('waiting')
  })

  it('say that something is not there, whatever is asked of it', async () => {
    for (const path of ['/umkm/produk/99', '/umkm/toko/99', '/umkm/produk/x', '/umkm/toko/0']) {
      const answer = await world.open(path)
      expect([path, answer.status]).toEqual([path, 404])
      expect(await answer.text()).toContain(world.texts.refused.unknown.text)
    }
    for (const [path, fields] of [
      ['/umkm/produk/99/putusan', { putusan: 'approve' }],
      ['/umkm/produk/99/laporan', {}],
      ['/umkm/toko/99/tutup', { kata: 'Palsu.' }],
      ['/umkm/surat/99', { keadaan: 'claimed', putusan: 'verify' }],
      ['/umkm/surat/99', {}],
    ] as const) {
      expect([path, (await world.press(path, fields)).status]).toEqual([path, 404])
    }
  })

  it('give a picture of the store in the size that is asked, and nothing else', async () => {
    const id = 'a0000000-0000-4000-8000-000000000001'
    const answer = await world.open(`/umkm/foto/${id}?ukuran=w1080`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/webp'])
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes)
    await world.open(`/umkm/foto/${id}?ukuran=besar`)
    expect(asked).toEqual([`${id} w1080`, `${id} w480`])
    for (const other of ['00000000-0000-4000-8000-000000000001', '..%2F..%2Fetc', 'x']) {
      expect((await world.open(`/umkm/foto/${other}`)).status).toBe(404)
    }
    expect(asked).toHaveLength(3)
  })
})

describe('the queue of the marketplace', () => {
  it('shows what waits with what is to be looked at, the oldest first', async () => {
    const shop = await world.market.shop({ name: 'Toko <Ina>' })
    const second = await world.market.product(shop, { name: 'Kopi Bajawa', submittedAt: later(-5) })
    const first = await world.market.product(shop, {
      name: 'Sopi "asli"',
      photos: 0,
      submittedAt: later(-50),
    })
    const page = await world.read('/umkm')
    expect(page.indexOf('Sopi &quot;asli&quot;')).toBeLessThan(page.indexOf('Kopi Bajawa'))
    expect(page).toContain('Toko &lt;Ina&gt;, ')
    expect(page).toContain(said(world.texts.queue.flags.forbidden, { words: 'sopi' }))
    expect(page).toContain(world.texts.queue.flags.no_photo)
    expect(page).toContain(said(world.texts.queue.lead, { count: 2, time: shortMoment(later(-50)) }))
    for (const id of [first, second]) {
      expect(page).toContain(`name="pilih.${id}" value="0"`)
      expect(page).toContain(`name="satu" value="${id}.0"`)
    }
    expect(page).not.toContain(' checked')
    expect(
      (await world.read('/umkm?pilih=semua')).match(/name="pilih\.\d+" value="0" checked/g),
    ).toHaveLength(2)
    expect(page).toContain('href="/desk/umkm/impor"')
  })

  it('thanks where nothing waits, and leads nowhere', async () => {
    expect(await world.read('/umkm')).toContain(world.texts.queue.none)
    expect((await world.open('/umkm/periksa')).headers.get('location')).toBe('/desk/umkm')
  })

  it('approves one by one press', async () => {
    const id = await world.market.product(await world.market.shop())
    const { to, page } = await world.follow(await world.press('/umkm/setujui', { satu: `${id}.0` }))
    expect([to, await world.market.stateOf(id)]).toEqual(['/desk/umkm', 'shown'])
    expect(page).toContain(said(world.texts.queue.done, { count: 1 }))
  })

  it('approves what is ticked, and tells what was left and why', async () => {
    const shop = await world.market.shop()
    const [one, other, changed] = [
      await world.market.product(shop, { name: 'Abon' }),
      await world.market.product(shop, { name: 'Dendeng' }),
      await world.market.product(shop, { name: 'Madu' }),
    ]
    await world.market.prisma.product.update({ where: { id: BigInt(changed) }, data: { version: 3 } })
    const fields = Object.fromEntries([one, other, changed].map((id) => [`pilih.${id}`, '0']))
    const answer = await world.press('/umkm/setujui', fields)
    const page = await answer.text()
    expect(answer.status).toBe(409)
    expect(page).toContain(said(world.texts.queue.done, { count: 2 }))
    expect(page).toContain(`Madu (${world.texts.queue.left_why.moved})`)
    expect(page).toContain(`name="pilih.${changed}" value="3"`)
  })

  it('asks to tick something first', async () => {
    await world.market.product(await world.market.shop())
    const answer = await world.press('/umkm/setujui', { 'pilih.x': '0', 'pilih.1': 'y' })
    expect([answer.status, (await answer.text()).includes(world.texts.queue.no_pick)]).toEqual([409, true])
  })

  it('gives htmx the queue as it then is, and how much waits', async () => {
    const shop = await world.market.shop()
    const [one] = [await world.market.product(shop), await world.market.product(shop, { name: 'Kopi' })]
    const headers = { 'hx-request': 'true', 'hx-request-type': 'partial' }
    const answer = await world.press('/umkm/setujui', { satu: `${one}.0` }, headers)
    const part = await answer.text()
    expect(part).not.toContain('<html')
    expect(part).toContain('<hx-partial hx-target="#jumlah-menunggu" hx-swap="innerHTML">1</hx-partial>')
    expect(part).toContain('Kopi')
    expect(part).not.toContain(`value="${one}.0"`)
  })

  it('leads through what waits', async () => {
    const shop = await world.market.shop()
    const ids = [
      await world.market.product(shop, { submittedAt: later(-9) }),
      await world.market.product(shop, { submittedAt: later(-8) }),
    ]
    const to = async (path: string) => (await world.open(path)).headers.get('location')
    expect(await to('/umkm/periksa')).toBe(`/desk/umkm/produk/${ids[0]}`)
    expect(await to(`/umkm/periksa?sesudah=${ids[0]}`)).toBe(`/desk/umkm/produk/${ids[1]}`)
    expect(await to('/umkm/periksa?sesudah=x')).toBe(`/desk/umkm/produk/${ids[0]}`)
  })
})

describe(tabsFor.name, () => {
  it('shows the tabs on pages of other areas, with theirs lit', async () => {
    await world.market.product(await world.market.shop())
    const page = await world.read('/umkm/impor/7')
    expect(page).toContain('<a href="/desk/umkm/impor" aria-current="page">Impor</a>')
    expect(page).toContain('id="jumlah-menunggu">1</span>')
    expect(page.match(/<nav class="parts"[\s\S]*?<\/nav>/)?.[0].match(/aria-current/g)).toHaveLength(1)
  })
})

describe('the page of a product', () => {
  const decide = (id: number, fields: Readonly<Record<string, string>>) =>
    world.press(`/umkm/produk/${id}/putusan`, { versi: '0', dari: 'antrean', ...fields })

  it('shows what is needed to decide', async () => {
    const shop = await world.market.shop({ name: 'Toko Ina' })
    const id = await world.market.product(shop, {
      ...{ name: 'Abon <b>ikan', description: 'Pesan 0812-3456-7890', photos: 3, halal: 'certified' },
    })
    await world.market.product(shop, { name: 'Abon ikan', state: 'removed' })
    const page = await world.read(`/umkm/produk/${id}`)
    expect(page).toContain('Abon &lt;b&gt;ikan')
    expect(page).not.toContain('<b>ikan')
    expect(page.match(/ukuran=w1080"/g)).toHaveLength(4)
    expect(page).toContain(said(world.texts.product.found_contact, { text: '0812-3456-7890' }))
    expect(page).toContain(world.texts.product.found_certificate)
    expect(page).toContain(world.texts.product.alike_same_shop)
    expect(page).toContain('Rp20.000 / bungkus')
    for (const { title, text } of Object.values(world.market.words.reasons)) {
      expect(page).toContain(said(title))
      expect(page).toContain(said(text))
    }
    expect(page).not.toContain(world.texts.product.restore.button)
    expect(page).not.toContain('/siaran/baru')
  })

  it('goes on to the next that waits after a decision, and to the list after the last', async () => {
    const shop = await world.market.shop()
    const one = await world.market.product(shop, { name: 'Abon', submittedAt: later(-9) })
    const other = await world.market.product(shop, { name: 'Kopi', submittedAt: later(-8) })
    const first = await world.follow(await decide(one, { putusan: 'ask_fix', alasan: 'photo', kata: '' }))
    expect(first.to).toBe(`/desk/umkm/produk/${other}`)
    expect(first.page).toContain(said(world.texts.product.done.ask_fix, { name: 'Abon' }))
    const last = await world.follow(await decide(other, { putusan: 'approve' }))
    expect(last.to).toBe('/desk/umkm')
    expect([await world.market.stateOf(one), await world.market.stateOf(other)]).toEqual([
      'needs_fix',
      'shown',
    ])
  })

  it('says that the owner hears of it in the morning, or cannot', async () => {
    world.market.clock.now = new Date('2026-12-07T22:00:00+08:00')
    const id = await world.market.product(await world.market.shop())
    const { page } = await world.follow(await decide(id, { putusan: 'approve' }))
    expect(page).toContain(world.texts.product.told.later)
    const mute = await world.market.product(await world.market.shop({ chat: false }))
    const after = await world.follow(await decide(mute, { putusan: 'approve' }))
    expect(after.page).toContain(world.texts.product.told.nobody)
  })

  it('keeps what was written where the reason is missing', async () => {
    const id = await world.market.product(await world.market.shop())
    const answer = await decide(id, { putusan: 'remove', kata: 'Foto <orang>' })
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain(world.texts.refused.reason)
    expect(page).toMatch(/id="kata-remove"[^>]*aria-invalid="true" autofocus>Foto &lt;orang&gt;<\/textarea>/)
    expect(page).toMatch(/<details class="panel fold" name="putusan" open><summary data-key="t">/)
    const long = await decide(id, { putusan: 'ask_fix', alasan: 'photo', kata: 'a'.repeat(301) })
    expect(await long.text()).toContain(said(world.texts.refused.too_long, { most: 300 }))
  })

  it('tells who was quicker, with what was written still there', async () => {
    const id = await world.market.product(await world.market.shop(), { name: 'Abon' })
    await world.market.desk.decide(ina, id, 0, { type: 'approve' })
    const answer = await decide(id, { putusan: 'ask_fix', alasan: 'price', kata: 'Terlalu mahal.' })
    const page = await answer.text()
    expect(answer.status).toBe(409)
    expect(page).toContain(
      said(world.texts.refused.moved_staff, {
        ...{ name: 'Ina Umkm', what: world.texts.steps.approved!, time: shortMoment(monday) },
      }),
    )
    expect(page).toContain('>Terlalu mahal.</textarea>')
    expect(page).toMatch(/value="price" checked/)
    expect(page).toContain('name="versi" value="1"')
    expect(await world.market.stateOf(id)).toBe('shown')
  })

  it('refuses a decision that is none, or not for this state', async () => {
    const id = await world.market.product(await world.market.shop(), { state: 'shown' })
    for (const putusan of ['approve', 'delete', '']) {
      const answer = await decide(id, { putusan })
      expect([putusan, answer.status]).toEqual([putusan, 409])
      expect(await answer.text()).toContain(world.texts.refused.state)
    }
  })

  it('sets old and new beside each other', async () => {
    const id = await world.market.product(await world.market.shop(), { price: 20_000 })
    await world.market.desk.decide(ina, id, 0, { type: 'approve' })
    expect(await world.read(`/umkm/produk/${id}`)).toContain(
      said(world.texts.product.same, { name: 'Ina Umkm', time: shortMoment(monday) }),
    )
    await world.market.prisma.product.update({
      where: { id: BigInt(id) },
      data: { price: 35_000, description: '' },
    })
    const page = await world.read(`/umkm/produk/${id}`)
    const compare = page.slice(page.indexOf('class="compare"'), page.indexOf('</table>'))
    expect(compare.match(/<tr/g)).toHaveLength(3)
    expect(compare.indexOf('Rp20.000')).toBeLessThan(compare.indexOf('Rp35.000'))
    expect(compare).toContain(world.texts.product.empty)
  })

  it('answers an appeal, and leads back to the appeals', async () => {
    const id = await world.market.product(await world.market.shop(), {
      state: 'removed',
      appeal: 'Ini <sirup>.',
    })
    expect(await world.read('/umkm/banding')).toContain('Ini &lt;sirup&gt;.')
    const page = await world.read(`/umkm/produk/${id}`)
    expect(page).toContain('Ini &lt;sirup&gt;.')
    expect(page).toContain('name="dari" value="banding"')
    const empty = await decide(id, { putusan: 'refuse_appeal', kata: '', dari: 'banding' })
    expect(empty.status).toBe(422)
    const done = await decide(id, { putusan: 'refuse_appeal', kata: 'Tetap sopi.', dari: 'banding' })
    expect(done.headers.get('location')).toBe('/desk/umkm/banding')
    expect(await world.read('/umkm/banding')).toContain(world.texts.appeals.none)
  })

  it('closes reports that were read', async () => {
    const id = await world.market.product(await world.market.shop(), { state: 'shown' })
    await world.market.report(id, { words: 'Foto <saya>.' })
    expect(await world.read('/umkm/laporan')).toContain('Foto &lt;saya&gt;.')
    const page = await world.read(`/umkm/produk/${id}`)
    const until = /name="sampai" value="([^"]+)"/.exec(page)?.[1] ?? ''
    const done = await world.follow(await world.press(`/umkm/produk/${id}/laporan`, { sampai: until }))
    expect(done.to).toBe('/desk/umkm/laporan')
    expect(done.page).toContain(said(world.texts.product.settled, { count: 1 }))
    expect(done.page).toContain(world.texts.reports.none)
    const again = await world.follow(await world.press(`/umkm/produk/${id}/laporan`, { sampai: until }))
    expect(again.page).toContain(world.texts.product.settled_none)
  })

  it('leads from what is shown to the public page and to a broadcast, for whoever may write one', async () => {
    const shop = await world.market.shop()
    const id = await world.market.product(shop, { name: 'Abon ikan', state: 'shown' })
    const page = await world.read(`/umkm/produk/${id}`)
    expect(page).toContain(`href="https://lopo.example/katalog/produk/${id}-abon-ikan"`)
    expect(page).toContain(`href="/desk/siaran/baru?produk=${id}"`)
    await world.market.desk.closeShop(ina, shop, 'Palsu.')
    const closed = await world.read(`/umkm/produk/${id}`)
    expect(closed).toContain(said(world.texts.product.off_why.closed))
    expect(closed).not.toContain('/siaran/baru')
  })

  it('says that a colleague has it open', async () => {
    const id = await world.market.product(await world.market.shop())
    await world.market.desk.read(ina, id)
    expect(await world.read(`/umkm/produk/${id}`)).toContain(
      said(world.texts.product.looking, { name: 'Ina Umkm', time: shortMoment(monday) }),
    )
    expect(await world.read('/umkm')).toContain(said(world.texts.queue.flags.looking, { name: 'Ina Umkm' }))
  })
})

describe('papers, lists, shops and figures', () => {
  it('says of a paper whether it is right, and tells who was quicker', async () => {
    const shop = await world.market.shop({ name: 'Toko Ina' })
    const nib = await world.market.paper(shop, { number: '123' })
    const halal = await world.market.paper(shop, { kind: 'halal', number: 'ID12345678901234567' })
    const page = await world.read('/umkm/surat')
    expect(page).toContain(world.texts.papers.shapes.nib)
    expect(page).not.toContain(world.texts.papers.shapes.halal)
    const right = await world.follow(
      await world.press(`/umkm/surat/${halal}`, { keadaan: 'claimed', putusan: 'verify' }),
    )
    expect(right.page).toContain(
      said(world.texts.papers.done_verify, { paper: 'Sertifikat halal', shop: 'Toko Ina' }),
    )
    const late = await world.press(`/umkm/surat/${halal}`, {
      keadaan: 'claimed',
      putusan: 'refuse',
      kata: 'Salah.',
    })
    expect([late.status, (await late.text()).includes('Maria umkm')]).toEqual([409, true])
    const empty = await world.press(`/umkm/surat/${nib}`, {
      keadaan: 'claimed',
      putusan: 'refuse',
      kata: ' ',
    })
    expect([empty.status, (await empty.text()).includes(`id="kata-${nib}-error"`)]).toEqual([422, true])
    await world.press(`/umkm/surat/${nib}`, {
      keadaan: 'claimed',
      putusan: 'refuse',
      kata: 'Bukan 13 angka.',
    })
    expect(await world.read('/umkm/surat')).toContain(world.texts.papers.none)
    expect(await world.read('/umkm/surat?keadaan=refused')).toContain('123')
    expect(world.market.told.map(({ text }) => text.split('\n')[1]).at(-1)).toBe('Bukan 13 angka.')
  })

  it('finds products and shops by name, state, category and kelurahan, page by page', async () => {
    const shop = await world.market.shop({ name: 'Toko Ina', kelurahan: '53.71.03.1002' })
    const other = await world.market.shop({ name: 'Warung Oma' })
    for (let at = 0; at < 51; at++)
      await world.market.product(other, { name: `Kopi ${at}`, category: 'minuman' })
    const id = await world.market.product(shop, { name: 'Abon ikan', state: 'shown' })
    expect(await world.read('/umkm/semua?cari=ABON')).toContain('Abon ikan')
    expect(await world.read(`/umkm/semua?cari=%23${id}`)).toContain('Abon ikan')
    expect(await world.read('/umkm/semua?keadaan=shown&golongan=makanan&kelurahan=53.71.03.1002')).toContain(
      'Abon ikan',
    )
    for (const query of ['cari=zzz', 'keadaan=removed', 'golongan=tenun', 'kelurahan=53.71.01.1001'])
      expect([query, (await world.read(`/umkm/semua?${query}`)).includes(world.texts.all.none)]).toEqual([
        query,
        true,
      ])
    const first = await world.read('/umkm/semua?golongan=minuman')
    const older = /href="([^"]*sebelum=[^"]*)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = await (await world.web.get(older, world.cookie)).text()
    expect([first.includes('>Kopi 0<'), second.includes('>Kopi 0<'), second.includes('>Kopi 50<')]).toEqual([
      ...[false, true, false],
    ])
    const shops = await world.read('/umkm/semua?apa=toko&cari=warung')
    expect(shops).toContain('Warung Oma')
    expect(shops).toContain(said(world.texts.all.shop_products, { shown: 0, products: 51 }))
    expect(shops).not.toContain('Toko Ina')
  })

  it('closes a shop with a reason and opens it again', async () => {
    const shop = await world.market.shop({ name: 'Toko Ina' })
    await world.market.product(shop, { name: 'Abon ikan' })
    expect(await world.read(`/umkm/toko/${shop}`)).toContain('Abon ikan')
    const empty = await world.press(`/umkm/toko/${shop}/tutup`, { kata: '' })
    expect([empty.status, (await empty.text()).includes(world.texts.shop.no_reason)]).toEqual([422, true])
    const closed = await world.follow(
      await world.press(`/umkm/toko/${shop}/tutup`, { kata: 'Alamat palsu.' }),
    )
    expect(closed.page).toContain(said(world.texts.shop.done_close, { name: 'Toko Ina' }))
    expect(closed.page).toContain('Alasan: Alamat palsu.')
    const again = await world.press(`/umkm/toko/${shop}/tutup`, { kata: 'Lagi.' })
    expect([again.status, (await again.text()).includes('Maria umkm')]).toEqual([409, true])
    const open = await world.follow(await world.press(`/umkm/toko/${shop}/buka`))
    expect(open.page).toContain(said(world.texts.shop.done_reopen, { name: 'Toko Ina' }))
    expect((await world.press(`/umkm/toko/${shop}/buka`)).status).toBe(409)
  })

  it('counts by kelurahan and category, on the page and as files no cell of which is a formula', async () => {
    const shop = await world.market.shop({ kelurahan: '53.71.03.1001' })
    const id = await world.market.product(shop, { state: 'shown' })
    await world.market.product(shop, { category: '=1+1', state: 'sold_out' })
    await world.market.prisma.productDay.create({
      data: { productId: BigInt(id), day: new Date(monday.getTime() - day), views: 1_234, contacts: 5 },
    })
    const page = await world.read('/umkm/angka')
    expect(page).toContain('1.234')
    const file = await world.open('/umkm/angka/kelurahan.csv')
    expect(file.headers.get('content-disposition')).toContain('umkm-kelurahan.csv')
    const [head, row] = (await file.text()).split('\r\n')
    expect(head?.split(',')).toHaveLength(11)
    expect(row).toMatch(/,1,0,0,1,1,0,0,1234,0,5$/)
    expect(await world.read('/umkm/angka/golongan.csv')).toContain("'=1+1")
  })
})

describe(marketTiles.name, () => {
  it('tells what waits, and that it waits too long', async () => {
    const { officer } = world.web.signedIn('umkm')
    expect(await marketTiles(world.deps, officer)).toEqual([])
    const shop = await world.market.shop()
    await world.market.product(shop, { submittedAt: later(-5) })
    await world.market.paper(shop)
    const tiles = await marketTiles(world.deps, officer)
    expect(tiles.map(({ path, count, urgent }) => [path, count, urgent])).toEqual([
      ['/umkm', 1, false],
      ['/umkm/surat', 1, undefined],
    ])
    world.market.clock.now = new Date(monday.getTime() + 3 * day)
    expect((await marketTiles(world.deps, officer))[0]?.urgent).toBe(true)
    expect(await marketTiles(world.deps, world.web.signedIn('bansos').officer)).toEqual([])
  })
})

describe(parseMarketTexts.name, () => {
  it('names every place that is wrong', () => {
    expect(() => parseMarketTexts('section: UMKM')).toThrow(/meja-umkm\.yaml[\s\S]*queue/)
  })
})
