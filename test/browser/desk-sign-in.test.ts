import { randomInt } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { html } from 'hono/html'
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { StaffRole } from '../../src/staff/officer.ts'
import { createAuditTrail } from '../../src/staff/store.ts'
import { readTrail } from '../../src/staff/trail/read-trail.ts'
import { readTrailCsv } from '../../src/staff/trail/read-trail-csv.ts'
import { verifyTrail } from '../../src/staff/trail/verify-trail.ts'
import { deskForm } from '../../src/web/desk/desk-form.ts'
import { livePart } from '../../src/web/desk/desk-part.ts'
import type { DeskRoute } from '../../src/web/desk/desk-route.ts'
import type { WebServer } from '../../src/web/web-server.ts'
import { advance, Browser as Client, openStaffWorld, type StaffWorld, totp } from '../staff/staff-world.ts'
import { launchBrowser, type WatchedBrowser } from '../support/browser.ts'
import { createDeskWorld, type DeskWorld } from '../support/desk-world.ts'
import { expectSound, phone } from '../support/look-at-page.ts'

const wide = { viewport: { width: 1280, height: 800 } } as const

let browser: WatchedBrowser
let staff: StaffWorld
let desk: DeskWorld
let server: WebServer
let url = ''

beforeAll(async () => {
  browser = await launchBrowser()
  staff = await openStaffWorld()
  const { prisma, pool } = staff.database
  const audit = createAuditTrail()
  desk = createDeskWorld({
    ...{ signIn: staff.signIn, accounts: staff.accounts, secrets: staff.keyring, publicUrl: undefined },
    trail: {
      read: (filter, page) => readTrail(prisma, filter, page),
      csv: (filter, headings) => readTrailCsv(prisma, filter, headings),
      verify: (expected) => verifyTrail({ pool, keyring: staff.keyring }, expected),
    },
    note: (entry) => prisma.$transaction((transaction) => audit.record(transaction, entry)),
    tiles: async () => [
      { label: 'Tiket menunggu', count: 12, path: '/tiket', hint: '3 lewat janji', urgent: true },
      { label: 'Daftar bantuan', path: '/daftar' },
    ],
    routes: liveRoutes(),
    sections: [{ name: 'tickets', label: 'Tiket', path: '/tiket', permission: 'tickets' }],
    now: () => new Date(),
  })
  server = desk.serve()
  url = (await server.listen(0)).replace('localhost', '127.0.0.1')
})

afterAll(async () => {
  await browser.close()
  await server.close()
  await staff.close()
})

afterEach(async () => {
  await browser.closePages()
  expect(browser.takeComplaints()).toEqual([])
})

/** A page with a part that renews itself, and a form whose answer takes the place of another part. */
function liveRoutes(): readonly DeskRoute[] {
  let count = 0
  const permission = 'signed_in'
  const part = () => html`<p>Hitungan ${++count}</p>`
  const show: DeskRoute['handle'] = async (visit) => {
    const live = livePart({ id: 'hidup', path: '/hidup/bagian', seconds: 1, body: part() })
    const form = deskForm(visit, '/hidup', html`<button type="submit">Tanya</button>`, { target: '#jawaban' })
    const body = html`<h1>Hidup</h1>${live}${form}<div id="jawaban"></div>`
    return visit.page({ title: 'Hidup', body })
  }
  return [
    { method: 'get', path: '/hidup', permission, handle: show },
    {
      ...{ method: 'get', path: '/hidup/bagian', permission },
      handle: async (visit) => visit.page({ title: 'Bagian', body: part() }),
    },
    {
      ...{ method: 'post', path: '/hidup', permission },
      handle: async (visit) => visit.page({ title: 'Jawab', body: html`<p>Ditolak, ya.</p>` }, 422),
    },
  ]
}

const open = (path: string, options: BrowserContextOptions = {}) => browser.open(url + path, options)

/** Puts a session of a new officer into a browser. */
async function enter(context: BrowserContext, login: string, ...roles: readonly StaffRole[]): Promise<void> {
  const officer = await staff.enrol(login, roles)
  const client = new Client(staff.signIn)
  await client.enter(officer)
  await context.addCookies([...client.jar].map(([name, value]) => ({ name, value, url })))
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function fillPasswords(page: Page, old: string, fresh: string): Promise<void> {
  const { enrol } = desk.texts
  await page.getByLabel(enrol.old_password).fill(old)
  await page.getByLabel(enrol.new_password, { exact: true }).fill(fresh)
  await page.getByLabel(enrol.repeat).fill(fresh)
  await button(page, enrol.next).click()
}

async function addAccount(login: string): Promise<string> {
  const added = await staff.accounts.add({ login, name: 'Maria Bria', roles: ['admin'] }, 'cli')
  if (added.type !== 'added') throw new Error(added.why)
  return added.firstPassword
}

/** The secret as the page shows it, in groups. */
async function shownSecret(page: Page): Promise<string> {
  return ((await page.locator('.secret').textContent()) ?? '').replaceAll(' ', '')
}

describe('signing in at the desk', () => {
  it.each([
    ['with script', phone],
    ['without script', { ...phone, javaScriptEnabled: false }],
  ])('leads from the first password to the desk, and back in with a code, %s', async (how, options) => {
    const { texts } = desk
    const login = `${how.replace(' ', '.')}.${randomInt(1e6)}`
    const firstPassword = await addAccount(login)
    const password = 'kolam ikan di oebobo'
    const page = await open('/desk/staf', options)
    await page.getByLabel(texts.sign_in.login).fill(login)
    await page.getByLabel(texts.sign_in.password).fill(firstPassword)
    await button(page, texts.sign_in.submit).click()
    await fillPasswords(page, firstPassword, password)
    await page.getByRole('img', { name: texts.enrol.qr }).waitFor()
    const secret = await shownSecret(page)
    await page.getByLabel(texts.enrol.confirm).fill('000000')
    await button(page, texts.enrol.finish).click()
    await page.getByText(texts.enrol.wrong_code).waitFor()
    await page.getByLabel(texts.enrol.confirm).fill(totp(secret))
    await button(page, texts.enrol.finish).click()
    await page.getByText(texts.enrol.done).waitFor()

    await page.locator('summary', { hasText: texts.frame.menu }).click()
    await button(page, texts.frame.leave).locator('visible=true').click()
    advance({ seconds: 30 })
    await page.goto(`${url}/desk/akun`)
    await page.getByLabel(texts.sign_in.login).fill(login)
    await page.getByLabel(texts.sign_in.password).fill(`${password}!`)
    await button(page, texts.sign_in.submit).click()
    await page.getByRole('alert').getByText(texts.sign_in.refused).waitFor()
    await page.getByLabel(texts.sign_in.password).fill(password)
    await button(page, texts.sign_in.submit).click()
    await page.getByLabel(texts.code.code).fill(totp(secret))
    await button(page, texts.code.submit).click()
    await page.getByRole('heading', { name: texts.account.title, level: 1 }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/desk/akun')
    await page.getByText('percobaan yang gagal').waitFor()
  })

  it('refuses a page that the role does not allow, and writes it down', async () => {
    const context = await browser.newContext(phone)
    await enter(context, 'penjawab.satu', 'penjawab')
    const page = await context.newPage()
    const response = await page.goto(`${url}/desk/staf`)
    expect(response?.status()).toBe(403)
    await page.getByText(desk.texts.errors.forbidden.text).waitFor()
    expect(await staff.trail()).toContain('desk.refused forbidden')
  })

  it('lets an admin add an officer, who then sees the desk of the role', async () => {
    const { texts } = desk
    const context = await browser.newContext(wide)
    await enter(context, 'admin.satu', 'admin')
    const page = await context.newPage()
    await page.goto(`${url}/desk/staf`)
    await page.getByRole('link', { name: texts.staff.add }).click()
    await page.getByLabel(texts.staff.name, { exact: true }).fill('Yohanes <b>Ndun</b>')
    await page.getByLabel(texts.staff.login).fill('yohanes.ndun')
    await page.getByLabel(texts.roles.umkm.label).check()
    await button(page, texts.staff.submit_add).click()
    const shown = await page.locator('.secret').allTextContents()
    expect(shown[0]).toBe('yohanes.ndun')
    expect(await new Client(staff.signIn).password('yohanes.ndun', shown[1] ?? '')).toMatchObject({
      type: 'enrol',
    })
    await page.goto(`${url}/desk/staf`)
    await page.getByRole('cell', { name: 'Yohanes <b>Ndun</b>', exact: true }).waitFor()
  })

  it('signs another device out', async () => {
    const { texts } = desk
    const officer = await staff.enrol('dua.perangkat', ['bansos'])
    const [here, there] = [await browser.newContext(wide), await browser.newContext(phone)]
    for (const context of [there, here]) {
      const client = new Client(staff.signIn)
      await client.enter(officer)
      await context.addCookies([...client.jar].map(([name, value]) => ({ name, value, url })))
    }
    const page = await here.newPage()
    await page.goto(`${url}/desk/akun`)
    await button(page, texts.account.revoke).click()
    await page.getByText(texts.account.revoked).waitFor()
    const other = await there.newPage()
    await other.goto(`${url}/desk/akun`)
    expect(new URL(other.url()).pathname).toBe('/desk/masuk')
  })

  it.each([
    ['on a phone', phone],
    ['on a phone in the dark', { ...phone, colorScheme: 'dark' }],
    ['on a wide screen', wide],
    ['on a wide screen in the dark', { ...wide, colorScheme: 'dark' }],
  ] as const)('has no fault that axe finds and fits the screen, %s', async (_, options) => {
    const look = { ...options, reducedMotion: 'reduce', bypassCSP: true } as const
    const door = await open('/desk/masuk', look)
    const check = (page: Page) => expectSound(page, page.url())
    await check(door)
    await door.goto(`${url}/desk/kode`)
    await check(door)
    await button(door, desk.texts.code.submit).click()
    await door.getByRole('alert').waitFor()
    await check(door)

    const login = `axe.${randomInt(1e9)}`
    const firstPassword = await addAccount(login)
    await door.goto(`${url}/desk/masuk`)
    await door.getByLabel(desk.texts.sign_in.login).fill(login)
    await door.getByLabel(desk.texts.sign_in.password).fill(firstPassword)
    await button(door, desk.texts.sign_in.submit).click()
    await button(door, desk.texts.enrol.next).click()
    await check(door)
    await fillPasswords(door, firstPassword, 'kolam ikan di oebobo')
    await door.getByRole('img', { name: desk.texts.enrol.qr }).waitFor()
    await check(door)
    await door.getByLabel(desk.texts.enrol.confirm).fill(totp(await shownSecret(door)))
    await button(door, desk.texts.enrol.finish).click()
    await door.getByText(desk.texts.enrol.done).waitFor()
    await check(door)
    for (const path of [
      'akun',
      'staf',
      'staf/baru',
      `staf/akun/${login}`,
      'jejak',
      'jejak/verifikasi',
      'x',
    ]) {
      await door.goto(`${url}/desk/${path}`)
      await check(door)
    }
    const menu = door.locator('summary', { hasText: desk.texts.frame.menu })
    if (await menu.isVisible()) {
      await menu.click()
      await check(door)
    }
  })

  it('lets an auditor find who signed in, keep it as a file, and see that the trail is whole', async () => {
    const { texts } = desk
    const context = await browser.newContext(wide)
    await enter(context, 'pemeriksa', 'auditor')
    const page = await context.newPage()
    await page.goto(`${url}/desk/jejak`)
    await page.locator('summary', { hasText: texts.trail.filters }).click()
    await page.getByLabel(texts.trail.actor, { exact: true }).fill('pemeriksa')
    await page.getByLabel(texts.trail.action, { exact: true }).fill('staff.')
    await button(page, texts.trail.filter).click()
    await page.getByRole('cell', { name: 'Pegawai pemeriksa' }).first().waitFor()
    const actions = await page.locator('td code').allTextContents()
    expect(new Set(actions)).toContain('staff.sign_in')
    expect(actions.every((action) => action.startsWith('staff.'))).toBe(true)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: texts.trail.download }).click(),
    ])
    expect(download.suggestedFilename()).toBe('jejak.csv')
    const file = await readFile(await download.path(), 'utf8')
    expect(file.split('\r\n')[1]).toContain('staff.')
    await page.getByRole('link', { name: texts.trail.verify }).click()
    await page.getByText('Jejak utuh').waitFor()
    expect(await staff.trail()).toEqual(
      expect.arrayContaining(['trail.read', 'trail.download', 'trail.verify']),
    )
  })

  it('renews a part of a page under the strict policy, and goes to the door when the session ends', async () => {
    const context = await browser.newContext(wide)
    await enter(context, 'hidup', 'umkm')
    const page = await browser.newPage(context)
    await page.goto(`${url}/desk/hidup`)
    await page.getByText('Hitungan 3').waitFor()
    expect(await page.locator('#hidup nav, #hidup header').count()).toBe(0)
    await button(page, 'Tanya').click()
    await page.locator('#jawaban').getByText('Ditolak, ya.').waitFor()
    expect(new URL(page.url()).pathname).toBe('/desk/hidup')
    await staff.accounts.disable('hidup', 'cli')
    await page.getByRole('heading', { name: desk.texts.sign_in.title }).waitFor()
    expect(page.url()).toBe(`${url}/desk/masuk?ke=%2Fdesk%2Fhidup`)
  })

  it('has targets that a thumb can hit', async () => {
    const context = await browser.newContext(phone)
    await enter(context, 'jempol', 'admin')
    const page = await context.newPage()
    for (const path of ['', '/akun', '/staf', '/staf/baru', '/jejak']) {
      await page.goto(`${url}/desk${path}`)
      const menu = page.locator('summary', { hasText: desk.texts.frame.menu })
      await menu.click()
      const low = await page.evaluate<readonly string[]>(`[...document.querySelectorAll(
        'button, .button, summary, nav a, input:not([type=hidden]):not([type=checkbox]), select, label.check')]
        .filter((node) => node.checkVisibility() && node.getBoundingClientRect().height < 43.5)
        .map((node) => node.outerHTML.slice(0, 80))`)
      expect(low, path).toEqual([])
    }
  })
})
