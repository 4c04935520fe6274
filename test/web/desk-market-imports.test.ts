import { readFileSync } from 'node:fs'
import { html } from 'hono/html'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chatLinks } from '../../src/app-chat-links.ts'
import type { DigestDesk, DigestView } from '../../src/marketplace/digest/digest-desk.ts'
import { invitationWords, type MadeInvitation } from '../../src/marketplace/invitation/invitation.ts'
import type { InvitationDesk } from '../../src/marketplace/invitation/invitation-desk.ts'
import { createInvitationLetters } from '../../src/web/desk/market-import/invitation-letter.ts'
import { marketImportRoutes } from '../../src/web/desk/market-import/market-import-routes.ts'
import { parseMarketImportTexts } from '../../src/web/desk/market-import/market-import-texts.ts'
import type { WebServer } from '../../src/web/web-server.ts'
import { createDeskWorld, type DeskWorld } from '../support/desk-world.ts'
import { pdfPages } from '../support/pdf-text.ts'
import { createUmkmListWorld, type UmkmListWorld } from '../support/umkm-list-world.ts'
import { formBody, postForm } from '../support/upload.ts'

const texts = parseMarketImportTexts(readFileSync('flows/content/meja-umkm-impor.yaml', 'utf8'))
const list = 'nama usaha;kelurahan;NIK\n<b>Madu</b>;Lasiana;5399015708800011\n;Liliba;5399015708800012\n'
const lasiana = '53.71.03.1011'
const addresses = ['https://lopo.example/chat', 'https://t.me/lopo_bot', 'https://wa.me/6281234567800']
const made: MadeInvitation = {
  ...{ shopId: 7, shop: 'Madu <Contoh>', kelurahan: 'Lasiana', code: '123456789012' },
  expiresAt: new Date('2027-01-30T01:00:00Z'),
}

let lists: UmkmListWorld
let desk: DeskWorld
let server: WebServer
let url: string
let cookie: string
let invited: unknown[]
let nobody: boolean
let composed: number | undefined
let view: DigestView

beforeAll(async () => {
  lists = await createUmkmListWorld()
  const shop = { id: 7, name: 'Madu <Contoh>', kelurahan: lasiana, source: 'dinkop', invitedUntil: undefined }
  const invitations: InvitationDesk = {
    counts: async () => [{ kelurahan: lasiana, shops: 2, invited: 1 }],
    unowned: async () => [shop],
    list: async () => [shop],
    async invite(wish) {
      invited.push(wish)
      return nobody ? [] : [made]
    },
  }
  const digest: DigestDesk = { view: async () => view, compose: async () => composed }
  desk = createDeskWorld({
    routes: marketImportRoutes({
      ...{ texts, imports: lists.desk, invitations, digest, secrets: lists.keyring, now: () => lists.now },
      placeName: (code) => (code === lasiana ? 'Lasiana' : undefined),
      linksOf: (words) => chatLinks(addresses, words),
      address: () => addresses[0] ?? '',
      tabs: async () => html`<nav></nav>`,
    }),
    now: () => lists.now,
  })
  server = desk.serve()
  url = await server.listen(0)
  cookie = desk.signedIn('umkm').cookie
}, 60_000)
afterAll(async () => {
  await server.close()
  await lists.close()
})
beforeEach(async () => {
  await lists.database.prisma.marketImport.deleteMany()
  await lists.database.prisma.shop.deleteMany()
  invited = []
  nobody = false
  composed = 12
  view = { waiting: [], resting: 0, had: [] }
})

const page = async (path: string) => (await desk.get(path, cookie)).text()
async function upload(content: string, source = 'dinkop-2026') {
  const body = formBody([
    { name: 'file', fileName: 'umkm.csv', content },
    { name: 'source', value: source },
  ])
  return postForm(`${url}/desk/umkm/impor/unggah?csrf=${await desk.csrfOf(cookie)}`, body, {
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
  })
}
const pathOf = async () => (await upload(list)).location ?? ''

describe('importRoutes', () => {
  it('leads an officer from the upload over the preview and the check to the shops', async () => {
    const path = await pathOf()
    const preview = await page(path)
    expect(preview).toContain('xxxx')
    expect(preview).not.toMatch(/5399|NIK<|Lasiana/)
    await desk.post(`${path}/periksa`, { 'kolom.name': 'nama usaha', 'kolom.kelurahan': 'kelurahan' }, cookie)
    expect(await page(path)).toContain('<progress')
    await lists.work()
    const checked = await page(path)
    expect(checked).toContain(texts.run.would_title)
    expect(checked).toContain(texts.report.findings['name.empty'])
    await desk.post(`${path}/muat`, {}, cookie)
    await lists.work()
    expect(await page(path)).toContain(texts.run.loaded)
    expect(await lists.database.prisma.shop.findMany()).toMatchObject([
      { name: '<b>Madu</b>', source: 'dinkop-2026' },
    ])
    const report = await desk.get(`${path}/laporan`, cookie)
    expect(report.headers.get('content-disposition')).toContain('laporan-dinkop-2026.csv')
    expect(await page('/desk/umkm/impor')).toContain('umkm.csv')
  })

  it('keeps what was written when something is wrong with an upload', async () => {
    expect(await upload(list, 'Sumber Saya!')).toMatchObject({ status: 422 })
    const pdf = await upload('%PDF-1.7', 'saboak')
    expect(pdf).toMatchObject({ status: 422 })
    expect(pdf.text).toContain(texts.run.faults.pdf)
    expect(pdf.text).toContain('value="saboak"')
    expect(await lists.waiting()).toEqual([])
  })

  it('tells the page to ask no more once the work is over', async () => {
    const path = await pathOf()
    await desk.post(`${path}/periksa`, {}, cookie)
    expect((await desk.get(`${path}/keadaan`, cookie)).headers.get('hx-refresh')).toBeNull()
    await lists.work()
    expect((await desk.get(`${path}/keadaan`, cookie)).headers.get('hx-refresh')).toBe('true')
  })

  it('cancels, and goes back to the list from an import that is not there', async () => {
    const path = await pathOf()
    expect((await desk.post(`${path}/batal`, {}, cookie)).headers.get('location')).toBe('/desk/umkm/impor')
    const gone = '/desk/umkm/impor/00000000-0000-4000-8000-000000000000'
    expect((await desk.get(gone, cookie)).headers.get('location')).toBe('/desk/umkm/impor')
  })

  it('is for those who look after UMKM alone', async () => {
    const other = desk.signedIn('pelatihan').cookie
    for (const path of ['/desk/umkm/impor', '/desk/umkm/undangan', '/desk/umkm/kabar']) {
      expect((await desk.get(path, other)).status).toBe(403)
      expect((await desk.get(path, cookie)).status).toBe(200)
    }
  })
})

describe('invitationRoutes', () => {
  it('shows where shops have no owner, and them with a button each', async () => {
    expect(await page('/desk/umkm/undangan')).toContain(`/desk/umkm/undangan/${lasiana}`)
    const shops = await page(`/desk/umkm/undangan/${lasiana}`)
    expect(shops).toContain('/desk/umkm/undangan/toko/7')
    expect(shops).toContain('Madu &lt;Contoh&gt;')
    expect((await desk.get('/desk/umkm/undangan/53.71.99.9999', cookie)).status).toBe(303)
  })

  it('shows the code once, with links that carry the words, and prints its letter from there', async () => {
    const answer = await (await desk.post('/desk/umkm/undangan/toko/7', {}, cookie)).text()
    expect(invited).toEqual([{ shopId: 7 }])
    expect(answer).toContain('1234 5678 9012')
    expect(answer).toContain('https://t.me/lopo_bot?start=undangan-123456789012')
    expect(answer).toContain('https://wa.me/6281234567800?text=undangan%20123456789012')
    const [, pass = ''] = /name="pass" value="([^"]+)"/.exec(answer) ?? []
    const letter = await desk.post('/desk/umkm/undangan/surat', { pass }, cookie)
    expect(letter.headers.get('content-type')).toBe('application/pdf')
    expect(invited).toHaveLength(1)
  })

  it('prints no letter for another officer, or too late', async () => {
    const answer = await (await desk.post('/desk/umkm/undangan/toko/7', {}, cookie)).text()
    const [, pass = ''] = /name="pass" value="([^"]+)"/.exec(answer) ?? []
    const other = desk.signedIn('admin').cookie
    expect((await desk.post('/desk/umkm/undangan/surat', { pass }, other)).status).toBe(303)
    const before = lists.now
    lists.now = new Date(before.getTime() + 16 * 60_000)
    expect((await desk.post('/desk/umkm/undangan/surat', { pass }, cookie)).status).toBe(303)
    lists.now = before
  })

  it('prints letters for all of a kelurahan, and says so where there is nobody to invite', async () => {
    const letters = await desk.post(`/desk/umkm/undangan/${lasiana}`, {}, cookie)
    expect(letters.headers.get('content-type')).toBe('application/pdf')
    expect(invited).toEqual([{ kelurahan: lasiana }])
    nobody = true
    expect((await desk.post(`/desk/umkm/undangan/${lasiana}`, {}, cookie)).status).toBe(303)
  })
})

describe('createInvitationLetters', () => {
  it('makes one page A4 for each shop, with its name, its code and the words', async () => {
    const long = { ...made, shop: 'Kelompok Usaha Bersama '.repeat(4).slice(0, 80), code: '876543210987' }
    const pdf = await createInvitationLetters({
      ...{ texts: texts.letter, invitations: [made, long], address: addresses[0] ?? '' },
      ...{ linksOf: (words: string) => chatLinks(addresses, words), date: lists.now },
    })
    const pages = pdfPages(pdf)
    expect(pages).toHaveLength(2)
    const text = pages.join('\n')
    for (const words of [
      'Madu <Contoh>',
      '1234 5678 9012',
      invitationWords('1234 5678 9012'),
      '8765 4321 0987',
    ]) {
      expect(text).toContain(words)
    }
  })
})

describe('digestRoutes', () => {
  it('shows who waits, who had a place, and makes the digest with one press', async () => {
    const line = {
      ...{ productId: 5, product: '<i>Kopi</i>', shop: 'Toko', kelurahan: lasiana, askedAt: lists.now },
      ...{ featuredAt: undefined, broadcast: undefined, isFilling: false },
    }
    view = {
      waiting: [line],
      resting: 2,
      had: [{ ...line, product: 'Madu', featuredAt: lists.now, broadcast: 9, isFilling: true }],
    }
    const shown = await page('/desk/umkm/kabar')
    for (const part of ['&lt;i&gt;Kopi', '/desk/umkm/produk/5', '/desk/siaran/9', texts.digest.filling]) {
      expect(shown).toContain(part)
    }
    expect((await desk.post('/desk/umkm/kabar', {}, cookie)).headers.get('location')).toBe('/desk/siaran/12')
    composed = undefined
    expect((await desk.post('/desk/umkm/kabar', {}, cookie)).headers.get('location')).toBe('/desk/umkm/kabar')
  })
})
