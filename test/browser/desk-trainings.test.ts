import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Officer } from '../../src/staff/officer.ts'
import { createAuditTrail } from '../../src/staff/store.ts'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { createCourseDesk } from '../../src/training/desk/create-course-desk.ts'
import { createCourseStore } from '../../src/training/desk/store-courses.ts'
import { createNoticeStore } from '../../src/training/notices/store-notice.ts'
import { createTrainingStore } from '../../src/training/store.ts'
import type { CourseDesk } from '../../src/training/training-desk.ts'
import type { WebServer } from '../../src/web/web-server.ts'
import { launchBrowser, type WatchedBrowser } from '../support/browser.ts'
import { lookAtPage, phone } from '../support/look-at-page.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'
import { richPlan } from '../web/desk/trainings/plans.ts'
import {
  createTrainingPages,
  readTrainingGround,
  type TrainingPagesWorld,
} from '../web/desk/trainings/training-pages-world.ts'

const now = new Date('2026-03-05T01:30:00Z')
const officer: Officer = { id: 'u-other', name: 'Yosef Contoh', roles: ['pelatihan'] }

let browser: WatchedBrowser
let database: TestDatabase
let desk: CourseDesk
let pages: TrainingPagesWorld
let server: WebServer
let url: string

beforeAll(async () => {
  database = await createTestDatabase()
  const ground = await readTrainingGround()
  desk = createCourseDesk({
    store: createTrainingStore({ prisma: database.prisma, keyring: createKeyring([newKeyEntry()]) }),
    notices: createNoticeStore(),
    courses: createCourseStore(),
    audit: createAuditTrail(),
    words: () => ground.words,
    offices: () => ground.offices,
    language: ground.language,
    now: () => now,
  })
  pages = createTrainingPages(ground, desk, () => now)
  server = pages.serve()
  url = await server.listen(0)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await server.close()
  await database.close()
})
afterEach(async () => {
  await browser.closePages()
  expect(browser.takeComplaints()).toEqual([])
})

const open = (path: string, options: BrowserContextOptions) =>
  browser.open(`${url}/desk${path}`, options, pages.signedIn('pelatihan').cookie)
const look = (page: Page, name: string) => lookAtPage(page, `trainings-${name}`, ['light', 'dark'])

/** Fills a form that is as it should be but for its seats and sessions. */
async function fillCourse(page: Page): Promise<void> {
  await page.fill('#title', 'Menjahit dasar')
  await page.selectOption('#subject', 'menjahit')
  await page.selectOption('#office', 'nakertrans')
  await page.fill('#contact', 'Bidang Pelatihan, 0380-000000')
  await page.fill('#place', 'Balai Latihan Contoh, Jalan Contoh 1')
  await page.fill('[id="opensAt.date"]', '2026-03-06')
  await page.fill('[id="closesAt.date"]', '2026-03-20')
}

async function fillSession(page: Page, row: number, date: string, from: string, to: string): Promise<void> {
  await page.fill(`[id="sessions.${row}.date"]`, date)
  await page.fill(`[id="sessions.${row}.from"]`, from)
  await page.fill(`[id="sessions.${row}.to"]`, to)
}

const focused = (page: Page) =>
  page.evaluate<string>('document.activeElement.id || document.activeElement.className')
const errors = (page: Page) =>
  page.$$eval('.summary a', (links) => links.map((link) => link.getAttribute('href')))

async function makeCourse(): Promise<number> {
  const made = await desk.create(officer, richPlan)
  if (made.type !== 'done') throw new Error(`not made: ${JSON.stringify(made)}`)
  return made.number
}

const asksBeforeLeaving = (page: Page) =>
  page.evaluate<boolean>(`(() => {
    const leaving = new Event('beforeunload', { cancelable: true })
    window.dispatchEvent(leaving)
    return leaving.defaultPrevented
  })()`)

describe('the pages of courses in a browser', () => {
  it('take a course from an empty form to its announcement', async () => {
    const { texts } = pages.deps
    const { form } = texts
    const page = await open('/pelatihan', phone)
    await look(page, 'list-empty')
    await page.click(`text="${texts.list.new}"`)
    await look(page, 'form-new')
    await page.press('#title', 'Enter')
    await page.waitForSelector('.summary')
    expect(await focused(page)).toContain('summary')
    expect(await errors(page)).toEqual(
      [
        'title',
        'subject',
        'office',
        'contact',
        'place',
        'sessions',
        'seats',
        'opensAt.date',
        'closesAt.date',
      ].map((at) => `#${at}`),
    )
    await page.click('.summary a[href="#office"]')
    expect(await focused(page)).toBe('office')
    await fillCourse(page)
    await fillSession(page, 0, '2026-03-23', '8', '12:00')
    await page.click(`text="${form.add_session}"`)
    await page.waitForSelector('[id="sessions.1"]:focus')
    expect(await page.inputValue('[id="sessions.0.date"]')).toBe('2026-03-23')
    await fillSession(page, 1, '2026-03-23', '11', '15')
    await page.fill('#seats', '10')
    await page.selectOption('#newQuota', 'gender')
    await page.click(`text="${form.add_quota}"`)
    await page.check('[name="quotas.0.values.female"]')
    await page.fill('[id="quotas.0.seats"]', '12')
    await page.click('.save button')
    await page.waitForSelector('.summary')
    expect(await errors(page)).toEqual(['#sessions.1.from', '#quotas.0.seats'])
    expect(await page.isChecked('[name="quotas.0.values.female"]')).toBe(true)
    await look(page, 'form-errors')
    await page.fill('[id="sessions.1.date"]', '2026-03-24')
    await page.fill('[id="quotas.0.seats"]', '6')
    // Twice, as people do: it makes one course.
    await page.dblclick('.save button')
    await page.waitForSelector('.flash')
    await look(page, 'course-draft')
    await page.dblclick(`text="${texts.moves.announced.button}"`)
    await page.waitForSelector(`.flash:text-is("${texts.done.moves.announced}")`)
    await page.click(`text="${texts.course.copy}"`)
    await page.waitForSelector(`text="${texts.course.copied}"`)
    await look(page, 'course-announced')
    const lines = await desk.list(officer)
    expect(lines).toHaveLength(1)
    const [line] = lines
    const number = line?.course.number ?? 0
    expect(await page.inputValue('#pengumuman')).toContain(`DAFTAR ${number} `)
    const { course } = (await desk.read(officer, number))!
    expect([course.state, course.sessions.length, course.quotas]).toEqual([
      'announced',
      2,
      [{ by: 'gender', values: ['female'], seats: 6 }],
    ])
    await page.goto(`${url}/desk/pelatihan`)
    await look(page, 'list')
  }, 240_000)

  it('fill in a schedule that comes again, and take rows away, in place', async () => {
    const { form } = pages.deps.texts
    const page = await open('/pelatihan/baru', phone)
    expect(await asksBeforeLeaving(page)).toBe(false)
    await page.fill('#title', 'Las dasar')
    expect(await asksBeforeLeaving(page)).toBe(true)
    await page.click(`summary:has-text("${form.repeat}")`)
    await page.click(`text="${form.repeat_do}"`)
    await page.waitForSelector('[id="repeat.date-error"]')
    await page.fill('[id="repeat.date"]', '2026-03-30')
    await page.check('[name="repeat.weekday.1"]')
    await page.check('[name="repeat.weekday.3"]')
    await page.fill('[id="repeat.from"]', '13')
    await page.fill('[id="repeat.to"]', '16')
    await page.fill('[id="repeat.count"]', '4')
    await page.click(`text="${form.repeat_do}"`)
    await page.waitForSelector('#sessions:focus .flash')
    const dates = () =>
      page.evaluate(
        `[...document.querySelectorAll('#sessions .row input[type="date"]')].map(({ value }) => value)`,
      )
    expect(await dates()).toEqual(['2026-03-30', '2026-04-01', '2026-04-06', '2026-04-08'])
    await page.click('[value="remove.sessions.1"]')
    await expect.poll(dates).toEqual(['2026-03-30', '2026-04-06', '2026-04-08'])
    expect(await page.inputValue('#title')).toBe('Las dasar')
    expect(new URL(page.url()).pathname).toBe('/desk/pelatihan/baru')
    await page.click(`summary:has-text("${form.repeat}")`)
    await page.click(`text="${form.add_question}"`)
    await page.selectOption('[id="questions.0.kind"]', 'choice')
    await look(page, 'form-rows')
  }, 120_000)

  it('do the same without JavaScript', async () => {
    const { form } = pages.deps.texts
    const page = await open('/pelatihan/baru', { ...phone, javaScriptEnabled: false })
    await fillCourse(page)
    await page.fill('#seats', '16')
    await fillSession(page, 0, '2026-03-23', '8', '12')
    await page.click(`text="${form.add_session}"`)
    expect(new URL(page.url()).hash).toBe('#sessions.1')
    await fillSession(page, 1, '2026-03-24', '8', '12')
    await page.click(`text="${form.add_question}"`)
    await page.fill('[id="questions.0.text"]', 'Punya mesin jahit?')
    await page.selectOption('[id="questions.0.kind"]', 'yes_no')
    await page.click(`summary:has-text("Oebobo")`)
    await page.check('[name="domicile.53.71.04"]')
    await page.click('.save button')
    expect(await page.textContent('.flash')).toContain('rancangan')
    const page2 = await page.textContent('main')
    expect(page2).toContain('Warga Kecamatan Oebobo')
    expect(page2).toContain('Punya mesin jahit?')
  }, 120_000)

  it('keep what is typed when a colleague saves first', async () => {
    const { texts } = pages.deps
    const number = await makeCourse()
    const page = await open(`/pelatihan/${number}/ubah`, phone)
    await page.fill('#title', 'Menjahit lanjutan')
    const { course } = (await desk.read(officer, number))!
    await desk.edit(officer, number, { ...course, place: 'Aula Contoh' }, course.version)
    await page.click('.save button')
    await page.waitForSelector('.notice')
    expect(await page.inputValue('#title')).toBe('Menjahit lanjutan')
    expect(await page.textContent('.notice')).toContain('Aula Contoh')
    await look(page, 'form-moved')
    await page.click('.save button')
    expect(await page.textContent('.flash')).toBe(texts.done.edit)
    await page.click(`summary:has-text("${texts.remove.button}")`)
    await look(page, 'course-remove')
    await page.click(`button:has-text("${texts.remove.button}")`)
    expect(await page.textContent('.flash')).toContain(String(number))
    expect(await desk.read(officer, number)).toBeUndefined()
  }, 120_000)

  it('ask for a reason before a course is cancelled', async () => {
    const { texts } = pages.deps
    const number = await makeCourse()
    await desk.move(officer, number, 'announced')
    const page = await open(`/pelatihan/${number}`, phone)
    await page.click(`summary:has-text("${texts.moves.cancelled.button}")`)
    await page.click('button.danger')
    await page.waitForSelector('#reason-error')
    expect(await focused(page)).toBe('reason')
    await look(page, 'course-cancel')
    await page.fill('#reason', 'Pengajar berhalangan.')
    await page.click('button.danger')
    expect(await page.textContent('.flash')).toBe(texts.done.moves.cancelled)
    expect(await page.textContent('main')).toContain('Pengajar berhalangan.')
  }, 120_000)
})
