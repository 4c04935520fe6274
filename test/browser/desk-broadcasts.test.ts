import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fill } from '../../src/language/fill-text.ts'
import type { StaffRole } from '../../src/staff/officer.ts'
import type { WebServer } from '../../src/web/web-server.ts'
import { launchBrowser, type WatchedBrowser } from '../support/browser.ts'
import { broadcastNow, type FakeRecipient, figuresFor } from '../support/fake-broadcast-desk.ts'
import { lookAtPage, phone, wide } from '../support/look-at-page.ts'
import {
  type BroadcastPagesWorld,
  createBroadcastPages,
} from '../web/desk/broadcasts/broadcast-pages-world.ts'

let browser: WatchedBrowser
let world: BroadcastPagesWorld
let server: WebServer
let url: string

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  world = createBroadcastPages()
  server = world.serve()
  url = await server.listen(0)
})
afterEach(async () => {
  await browser.closePages()
  await server.close()
  expect(browser.takeComplaints()).toEqual([])
})

const open = (path: string, options: BrowserContextOptions, ...roles: readonly StaffRole[]) =>
  browser.open(`${url}/desk${path}`, options, world.signedIn(...roles).cookie)
const look = (page: Page, name: string) => lookAtPage(page, `broadcasts-${name}`, ['light', 'dark'])
/** Of what differs little from a page that is looked at by day too. */
const lookAtNight = (page: Page, name: string) => lookAtPage(page, `broadcasts-${name}`, ['dark'])
const focused = (page: Page) =>
  page.evaluate<string>('document.activeElement.id || document.activeElement.className')

/** The smallest picture that there is. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

describe('the pages of broadcasts in a browser', () => {
  it('take a broadcast from an empty form to a proposal', async () => {
    const { texts } = world.deps
    const { form } = texts
    world.desk.reach = 8214
    const page = await open('/siaran', phone, 'pelatihan')
    await page.click(`text="${texts.list.new}"`)
    await page.press('#title', 'Enter')
    await page.waitForSelector('.summary')
    expect(await focused(page)).toContain('summary')
    await page.click('.summary a[href="#text"]')
    expect(await focused(page)).toBe('text')
    await page.fill('#title', 'Pelatihan menjahit')
    await page.fill('#text', 'Selamat pagi warga ')
    await page.click('[data-inserts]')
    await page.type('#text', '. Pelatihan menjahit dibuka.')
    expect(await page.inputValue('#text')).toBe(
      'Selamat pagi warga {{kelurahan}}. Pelatihan menjahit dibuka.',
    )
    expect(await page.textContent('.counter')).toBe(fill(form.counter, { count: 60, most: '1.500' }))
    await page.fill('[id="buttons.0.label"]', 'Daftar')
    await page.fill('[id="buttons.0.words"]', 'daftar 12')
    await page.waitForSelector('.phone.telegram .keys li:text-is("Daftar")')
    await page.waitForSelector('.phone.whatsapp :text("daftar 12")')
    await page.setInputFiles('#media', {
      name: 'palsu.png',
      mimeType: 'image/png',
      buffer: Buffer.from('teks'),
    })
    await page.waitForSelector('#media-error')
    await page.setInputFiles('#media', { name: 'kelas.png', mimeType: 'image/png', buffer: picture })
    await page.waitForSelector('.phone.telegram .bubble-photo')
    await page.check('[name="topics.training/menjahit"]')
    await page.click('summary.area:has-text("Alak")')
    await page.check('[name="places.53.71.01"]')
    await page.fill('#audienceName', 'Peminat menjahit')
    await page.click('[value="saveAudience"]')
    await page.waitForSelector('#penerima .flash')
    await page.click('[value="count"]')
    await page.waitForSelector('#hitungan .reach')
    await look(page, 'form')
    await page.dblclick('.save button')
    await page.waitForSelector('.flash')
    expect(world.desk.broadcasts.size).toBe(1)
    expect(world.desk.broadcasts.get(1)).toMatchObject({
      ...{ media: { type: 'photo', name: 'kelas.png' }, buttons: [{ label: 'Daftar', words: 'daftar 12' }] },
      audience: { topics: ['training/menjahit'], places: ['53.71.01'] },
    })
    await page.click(`text="${texts.test.get}"`)
    await page.waitForSelector('#uji .claim-code')
    await lookAtNight(page, 'draft')
    await page.click(`button:text-is("${texts.moves.propose.button}")`)
    await page.waitForSelector(`.flash:text-is("${texts.done.propose}")`)
    expect(await page.textContent('main')).toContain(texts.press.wait)
  }, 120_000)

  it('show what is wrong, and keep it, without JavaScript too', async () => {
    const page = await open('/siaran/baru', { ...phone, javaScriptEnabled: false }, 'pelatihan')
    await page.fill('#text', 'Datang ke {{tempat}}')
    await page.click(`summary:has-text("${world.deps.texts.form.buttons_more}")`)
    await page.fill('[id="buttons.1.label"]', 'Ikut')
    await page.fill('[id="schedule.date"]', '2026-03-06')
    await page.setInputFiles('#media', { name: 'kelas.png', mimeType: 'image/png', buffer: picture })
    await page.click('.save button')
    const places = await page.$$eval('.summary a', (links) => links.map((link) => link.getAttribute('href')))
    expect(places).toEqual(['#title', '#text', '#buttons.1.words', '#topics', '#schedule.time'])
    expect(await page.inputValue('#text')).toBe('Datang ke {{tempat}}')
    expect(await page.textContent('.kept-file')).toContain('kelas.png')
    expect(await page.isVisible('.bubble-photo')).toBe(true)
    await page.fill('#title', 'Kabar')
    await page.fill('#text', 'Datanglah.')
    await page.fill('[id="buttons.1.words"]', 'menu')
    await page.fill('[id="schedule.time"]', '9')
    await page.check('[name="topics.training/las"]')
    await page.click('[value="count"]')
    expect(await page.textContent('#hitungan')).toContain('120')
    await page.click('.save button')
    expect(await page.textContent('.flash')).toContain('rancangan')
  }, 60_000)

  it('look sound where something is wrong', async () => {
    const page = await open('/siaran/baru', phone, 'pelatihan')
    await page.fill('#text', 'Datang ke {{tempat}}')
    await page.fill('[id="buttons.0.label"]', 'Ikut')
    await page.click('.save button')
    await page.waitForSelector('.summary')
    await lookAtNight(page, 'form-errors')
  }, 60_000)

  it('have a second person approve what was read', async () => {
    const { texts } = world.deps
    world.desk.reach = 8214
    world.desk.put({ state: 'proposed', proposedAt: broadcastNow, proposedBy: 'Yosef Contoh' })
    const page = await open('/siaran', phone, 'penyetuju')
    await look(page, 'list')
    await page.click('td a')
    await look(page, 'proposed')
    await page.click('#tindakan button')
    await page.waitForSelector('#dibaca-error')
    expect(await focused(page)).toBe('dibaca')
    await page.check('#dibaca')
    await page.click('#tindakan button')
    expect(await page.textContent('.flash')).toBe(texts.done.approve)
    expect(world.desk.broadcasts.get(1)?.state).toBe('approved')
  }, 60_000)

  it('renew themselves while a broadcast is sent, and ask no more once it is over', async () => {
    const { texts } = world.deps
    const { desk } = world
    const { number } = desk.put({
      ...{ state: 'sending', phase: 'canary', audienceSize: 8214, startedAt: broadcastNow },
      ...{ canaryUntil: new Date(broadcastNow.getTime() + 900_000), approvedAt: broadcastNow },
    })
    desk.figuresOf.set(number, figuresFor(8214, { sent: 10 }))
    const page = await open(`/siaran/${number}`, wide, 'pelatihan')
    await page.evaluate('window.isSamePage = true')
    desk.change(number, { phase: 'rest' })
    const figures = { sent: 6000, delivered: 900, read: 400, replied: 31, stopped: 4, failed: 120 }
    const reasons = { stopped: 100, refused: 20, stopped_by_person: 12, unsubscribed: 3 }
    desk.figuresOf.set(number, figuresFor(8214, { ...figures, suppressed: 15, unknown: 2, reasons }))
    desk.posts = [{ channel: 'telegram', state: 'sent', at: broadcastNow }]
    await page.waitForSelector('.number.sent b:text-is("6.000")')
    await expect.poll(() => page.isVisible(`text="${texts.moves.go_on.button}"`)).toBe(false)
    await look(page, 'sending')
    desk.change(number, { state: 'paused', pauseReason: 'stop_rate', pausedAt: broadcastNow })
    await page.waitForSelector('#keadaan .notice')
    await lookAtNight(page, 'paused')
    await page.click(`summary:has-text("${texts.moves.cancel.button}")`)
    await page.click('[action$="/batalkan"] button')
    await page.waitForSelector('.flash')
    expect(desk.broadcasts.get(number)?.state).toBe('cancelled')
    expect(await page.$('#ekor[hx-get]')).toBeNull()
  }, 60_000)

  it('stop asking when the last message went out, on the same page', async () => {
    const { desk } = world
    const { number } = desk.put({ state: 'sending', phase: 'rest', audienceSize: 3, startedAt: broadcastNow })
    desk.figuresOf.set(number, figuresFor(3, { sent: 1 }))
    const page = await open(`/siaran/${number}`, phone, 'pelatihan')
    await page.evaluate('window.isSamePage = true')
    desk.change(number, { state: 'finished', endedAt: broadcastNow })
    desk.figuresOf.set(number, figuresFor(3, { sent: 3 }))
    await expect.poll(() => page.$('#ekor[hx-get]')).toBeNull()
    expect(await page.textContent('#keadaan')).toContain(world.deps.texts.states.finished)
    expect(await page.textContent('.number.sent b')).toBe('3')
    expect(await page.$('[action$="/jeda"]')).toBeNull()
    expect(await page.evaluate('window.isSamePage')).toBe(true)
  }, 60_000)

  it('show recipients and what one of them was sent', async () => {
    const { desk } = world
    const { number } = desk.put({ state: 'finished', audienceSize: 60, endedAt: broadcastNow })
    const states = ['sent', 'delivered', 'read', 'failed', 'suppressed', 'unknown', 'waiting'] as const
    const people = Array.from({ length: 60 }, (_, at): FakeRecipient => {
      const state = states[at % states.length]!
      const who = { id: BigInt(at + 1), chat: `90000${String(at).padStart(5, '0')}`, phone: '', name: '' }
      return { ...who, channel: 'telegram', state, ...(state === 'failed' ? { reason: 'refused' } : {}) }
    })
    desk.people.set(number, people)
    const page = await open(`/siaran/${number}/penerima`, phone, 'pelatihan')
    await page.click(`.chip:text-is("${world.deps.texts.recipient_states.failed}")`)
    await look(page, 'recipients')
    await page.click(`.chip:text-is("${world.deps.texts.recipients.all}")`)
    await page.click('[rel="next"]')
    await page.waitForSelector(`td:has-text("059")`)
    await page.click('td a')
    await page.waitForSelector('h1:has-text("••••")')
    await lookAtNight(page, 'history')
  }, 60_000)
})
