import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ImportList } from '../../src/assistance/import-list.ts'
import type { WebServer } from '../../src/web/web-server.ts'
import { individuCsv, recipient, recorded } from '../support/assistance-world.ts'
import { launchBrowser, type WatchedBrowser } from '../support/browser.ts'
import { createListPages, type ListPagesWorld } from '../support/list-pages-world.ts'
import { createListWorld, type ListWorld } from '../support/list-world.ts'
import { lookAtPage, phone } from '../support/look-at-page.ts'

const file = (content: string, name = 'P3KE Januari.csv') => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(content),
})
const good = individuCsv([recipient, recorded, { ...recorded, nik: '12345' }])

let browser: WatchedBrowser
let lists: ListWorld
let pages: ListPagesWorld
let server: WebServer
let url: string

beforeAll(async () => {
  lists = await createListWorld()
  pages = createListPages(lists)
  server = pages.serve()
  url = await server.listen(0)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await server.close()
  await lists.close()
})
afterEach(async () => {
  await browser.closePages()
  expect(browser.takeComplaints()).toEqual([])
})

const open = (path: string, options: BrowserContextOptions) =>
  browser.open(`${url}/desk${path}`, options, pages.signedIn('bansos').cookie)
const look = (page: Page, name: string) => lookAtPage(page, `lists-${name}`, ['light'])

async function fillUpload(page: Page, content: string): Promise<void> {
  await page.setInputFiles('#file', file(content))
  await page.fill('#kind', 'p3ke')
  await page.fill('#title', 'P3KE Kota Kupang')
  await page.fill('#as_of', '2026-01-31')
  await page.click('main button[type="submit"]')
}

describe('the pages of lists in a browser', () => {
  it('lead from a file to the list in force, and renew themselves while a process works', async () => {
    const { words } = pages
    const page = await open('/daftar', phone)
    await page.click(`text=${words.lists.upload}`)
    await look(page, 'upload')
    await fillUpload(page, '%PDF-1.7')
    expect(await page.textContent('#file-error')).toBe(words.run.faults.pdf)
    await look(page, 'upload-refused')
    await fillUpload(page, good)
    await look(page, 'mapping')
    await page.selectOption('[id="kolom.name"]', '')
    await page.click(`text=${words.run.check}`)
    const path = new URL(page.url()).pathname
    const id = path.split('/').at(-1) ?? ''
    const slow = Promise.withResolvers<void>()
    const held: ImportList = async (request, onProgress) => {
      onProgress?.({ rows: 2, bytes: 100, size: 300 })
      await slow.promise
      return lists.importer()(request, onProgress)
    }
    const [sent] = lists.queue.splice(0)
    const working = lists.runImport(held)(sent ?? '', { isLast: true })
    await page.waitForSelector('text=2 baris dibaca')
    expect(await page.getAttribute('progress', 'value')).toBe('100')
    await look(page, 'progress')
    slow.resolve()
    await working
    await page.waitForSelector(`text=${words.run.load}`)
    expect(page.url()).toBe(`${url}${path}`)
    await look(page, 'checked')
    const download = page.waitForEvent('download')
    await page.click(`text=${words.run.download}`)
    expect((await download).suggestedFilename()).toBe('disisihkan-p3ke.csv')
    await page.click(`text="${words.run.load}"`)
    await page.waitForSelector('progress')
    await lists.work()
    await page.waitForSelector(`text=${words.run.loaded}`)
    await look(page, 'loaded')
    expect((await lists.state(id)).state).toBe('loaded')
    await lists.load([recipient], { title: 'P3KE Kota Kupang, Februari' })
    await page.goto(`${url}/desk/daftar`)
    await page.click(`summary:has-text("${words.lists.back_title}")`)
    await look(page, 'lists')
    await page.click(`text="${words.lists.back}"`)
    expect(await page.textContent('.flash')).toContain('P3KE Kota Kupang, data per 31 Januari 2026')
  }, 60_000)

  it('do the same without JavaScript', async () => {
    const { words } = pages
    const page = await open('/daftar/unggah', { ...phone, javaScriptEnabled: false })
    await fillUpload(page, 'Nomor;Rumah\n1;2\n')
    expect(await page.textContent('.error')).toContain(words.run.fields.nik)
    await page.click(`text=${words.run.check}`)
    await lists.work()
    await page.click(`text=${words.run.reload}`)
    expect(await page.textContent('[role="alert"]')).toBe(words.run.faults.unknown_layout)
    await page.click(`text=${words.run.cancel}`)
    expect(await page.textContent('.flash')).toBe(words.run.cancelled)
    expect(await lists.waiting()).toEqual([])
  }, 30_000)

  it('issue a code, give its letter, and revoke it', async () => {
    const { codes } = pages.words
    await lists.load([recipient], { kind: 'dtsen', title: 'DTSEN contoh' })
    const page = await open('/kode-warga', phone)
    await look(page, 'codes')
    await page.selectOption('#kind', 'dtsen')
    await page.fill('#nik', '5399010101900009')
    await page.click(`text="${codes.issue}"`)
    expect(await page.textContent('.error')).toBe(codes.problems.not_found)
    expect(await page.inputValue('#nik')).toBe('')
    await look(page, 'codes-not-found')
    await page.selectOption('#kind', 'dtsen')
    await page.fill('#nik', recipient.nik)
    await page.click(`text="${codes.issue}"`)
    const code = (await page.textContent('.secret')) ?? ''
    await look(page, 'code-issued')
    expect(page.url()).not.toContain(recipient.nik)
    const download = page.waitForEvent('download')
    await page.click(`text="${codes.letter}"`)
    expect((await download).suggestedFilename()).toBe('surat-kode.pdf')
    await page.click(`text="${codes.back}"`)
    await page.fill('#code', code)
    await page.click(`text="${codes.revoke}"`)
    expect(await page.textContent('.flash')).toBe(codes.revoked)
  }, 60_000)
})
