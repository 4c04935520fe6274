import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { WebServer } from '../../src/web/web-server.ts'
import { launchBrowser, type WatchedBrowser } from '../support/browser.ts'
import { expectSound, phone, sights, takeShot, wide } from '../support/look-at-page.ts'
import { deskNow } from '../support/memory-ticket-desk.ts'
import { createTicketWorld, type TicketWorld } from '../support/ticket-world.ts'

const hour = 3_600_000
const inHours = (hours: number) => new Date(deskNow.getTime() + hours * hour)

let browser: WatchedBrowser
let world: TicketWorld
let server: WebServer
let url: string

const open = (path: string, options: BrowserContextOptions = {}, cookie = world.signedIn('admin').cookie) =>
  browser.open(`${url}/desk${path}`, options, cookie)

/** A page whose clock goes on only when it is told to. */
async function openStill(path: string, options: BrowserContextOptions): Promise<Page> {
  const page = await open('/akun', options)
  await page.clock.install()
  await page.goto(`${url}/desk${path}`)
  return page
}

/** What is typed, where, and whether it has the focus. */
function place(page: Page): Promise<unknown> {
  return page
    .locator('#text')
    .evaluate((node) => [
      node === node.ownerDocument.activeElement,
      'value' in node ? node.value : '',
      'selectionStart' in node ? node.selectionStart : '',
    ])
}

function furnish(): void {
  const { desk } = world
  const yosef = { id: 'yosef', name: 'Yosef Contoh', since: deskNow }
  world.colleague({ id: 'yosef', name: 'Yosef Contoh' })
  desk.add({ number: 1207, urgent: true, kind: 'fraud', office: 'dinsos', promisedAt: inHours(0.6) }, [
    { text: 'Ada orang minta uang 200 ribu supaya nama saya masuk daftar. Dia bilang dari dinas.' },
  ])
  desk.add({ number: 1198, promisedAt: inHours(-26), kelurahan: '53.71.01.1001', kind: 'complaint' }, [
    { text: 'Sudah tiga kali ke kantor lurah tapi tidak ada yang layani e, bagaimana ini. '.repeat(3) },
  ])
  desk.add({ number: 1210, promisedAt: inHours(5), holder: yosef }, [
    { text: 'bingung e, ada manusia di situ ko?' },
  ])
  desk.add({ number: 1211, promisedAt: inHours(7), kind: 'objection_other', office: 'dinsos' }, [
    { text: 'x'.repeat(118) },
  ])
  desk.add({ number: 1190, state: 'answered' })
  desk.add(
    {
      number: 1204,
      kind: 'question',
      kelurahan: '53.71.01.1001',
      promisedAt: inHours(2),
      liveUntil: inHours(0.5),
    },
    [
      ...Array.from({ length: 3 }, (_, index) => ({ text: `pesan lama ${index}`, at: inHours(-30) })),
      { type: 'event', text: 'opened', at: inHours(-3) },
      {
        text: 'Selamat pagi. Beta mau tanya, maitua ada hamil 5 bulan, itu masuk hitungan PKH ko?',
        at: inHours(-3),
      },
      { type: 'event', text: 'claimed', by: 'Yosef Contoh', at: inHours(-2.5) },
      {
        type: 'note',
        text: 'Sudah saya tanya ke bidang, tunggu jawaban siang ini.',
        by: 'Yosef Contoh',
        at: inHours(-2.4),
      },
      {
        type: 'officer',
        text: 'Selamat pagi, Bapak/Ibu. Pesan sudah saya baca, saya periksa dulu.',
        by: 'Yosef Contoh',
        delivery: 'read',
        at: inHours(-2.3),
      },
      { type: 'event', text: 'released', by: 'Yosef Contoh', at: inHours(-2) },
      { text: '', media: ['foto-1', 'berkas-1'], at: inHours(-1.5) },
      { text: `Ini fotonya. ${'panjangsekali'.repeat(12)}`, at: inHours(-1.4) },
      { type: 'officer', text: 'Terima kasih.', by: 'Yosef Contoh', delivery: 'failed', at: inHours(-1) },
    ],
  )
  desk.set(
    1204,
    {},
    {
      details: { name: 'Mama Ina', for_whom: 'family', place: '53.71.01.1001', callback: 'true' },
      history: [desk.views.get(1190)!.ticket],
    },
  )
  const pixel = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  desk.files.set('foto-1', { mime: 'image/png', bytes: new Uint8Array(pixel), name: undefined })
  desk.files.set('berkas-1', { mime: 'application/pdf', bytes: new Uint8Array([37]), name: 'surat.pdf' })
}

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser.close()
})

beforeEach(async () => {
  world = createTicketWorld({ publicUrl: undefined })
  server = world.serve()
  url = (await server.listen(0)).replace('localhost', '127.0.0.1')
  furnish()
})

afterEach(async () => {
  await browser.closePages()
  await server.close()
  expect(browser.takeComplaints()).toEqual([])
})

describe('the ticket pages', () => {
  const pages = {
    list: '/tiket',
    filter: '/tiket?antrean=jawab&kantor=dinsos',
    ticket: '/tiket/1204',
    none: '/tiket/4',
  }

  it.each(sights)(
    'have no fault that axe finds and fit the screen: %s, %s',
    async (size, colorScheme, options) => {
      for (const [name, path] of Object.entries(pages)) {
        const page = await open(path, options)
        await expectSound(page, name)
        await takeShot(page, `tickets-${name}-${size}-${colorScheme}`)
      }
    },
  )
})

describe('an open ticket', () => {
  it('shows what the resident writes now, and leaves the answer being typed alone', async () => {
    const page = await openStill('/tiket/1204', phone)
    await page.getByLabel(world.words.answer.text, { exact: true }).fill('Selamat pagi, Mama')
    const caret = await place(page)
    world.desk.write(1204, { text: 'Sudah, tidak jadi <b>e</b>' })
    await page.clock.runFor(8_500)
    await page.getByText('Sudah, tidak jadi <b>e</b>').waitFor()
    await page.getByText(world.words.talk.news).waitFor()
    expect(await place(page)).toEqual(caret)
    const seen = page.locator('input[name="seen"]')
    const before = await seen.inputValue()
    await page.clock.runFor(8_500)
    await expect.poll(() => seen.inputValue()).not.toBe(before)
    await page.getByRole('button', { name: world.words.answer.send }).tap()
    await page.getByText(world.words.done.answer).waitFor()
    expect(world.desk.calls.at(-1)).toMatchObject({ act: 'answer', with: { text: 'Selamat pagi, Mama' } })
  })

  it('fills a canned answer in below what was typed, and counts', async () => {
    const page = await open('/tiket/1204')
    const text = page.getByLabel(world.words.answer.text, { exact: true })
    await text.fill('Halo Mama.')
    await page.getByLabel(world.words.answer.canned).selectOption('terima')
    await page.getByRole('button', { name: world.words.answer.use }).click()
    await expect
      .poll(() => text.inputValue())
      .toMatch(/^Halo Mama\.\n\nSelamat pagi, Bapak\/Ibu\. Pesan dengan nomor 1204/)
    await text.pressSequentially('!')
    await expect
      .poll(async () => Number(await page.locator('[data-count]').textContent()))
      .toBe((await text.inputValue()).length)
    expect(world.desk.calls).toEqual([])
  })

  it('asks before an answer that was not sent is left', async () => {
    const page = await open('/tiket/1204')
    const asked: string[] = []
    page.on('dialog', (dialog) => {
      asked.push(dialog.type())
      void dialog.dismiss()
    })
    await page.getByLabel(world.words.answer.text, { exact: true }).pressSequentially('belum selesai')
    await page.getByRole('link', { name: world.words.ticket.back }).click()
    await expect.poll(() => asked).toEqual(['beforeunload'])
    expect(page.url()).toContain('/tiket/1204')
  })

  it('keeps an answer that was begun while a note is saved, and only then', async () => {
    const page = await open('/tiket/1204')
    const { answer, actions, done } = world.words
    await page.getByLabel(answer.text, { exact: true }).pressSequentially('belum selesai')
    await page.getByText(actions.note, { exact: true }).click()
    await page.getByLabel(actions.note_text).fill('saya tanya dulu')
    await page.getByRole('button', { name: actions.note_do }).click()
    await page.getByText(done.note).waitFor()
    expect(await page.getByLabel(answer.text, { exact: true }).inputValue()).toBe('belum selesai')
    await page.getByLabel(answer.text, { exact: true }).fill('')
    await page.reload()
    expect(await page.getByLabel(answer.text, { exact: true }).inputValue()).toBe('')
  })

  it('is answered by keyboard only', async () => {
    const page = await open(
      '/tiket/1210',
      {},
      world.signIn.enter({ id: 'yosef', name: 'Yosef Contoh', roles: ['penjawab'] }),
    )
    await page.getByRole('link', { name: world.words.ticket.to_answer }).press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Ada, saya di sini.')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText(world.words.done.answer).waitFor()
    await page.getByText('Ada, saya di sini.').waitFor()
  })

  it('works without script', async () => {
    const page = await open('/tiket/1204', { ...phone, javaScriptEnabled: false })
    await page.getByLabel(world.words.answer.text, { exact: true }).fill('Halo.')
    await page.getByLabel(world.words.answer.canned).selectOption('terima')
    await page.getByRole('button', { name: world.words.answer.use }).tap()
    await expect
      .poll(() => page.getByLabel(world.words.answer.text, { exact: true }).inputValue())
      .toMatch(/^Halo\.\n\nSelamat pagi/)
    world.desk.write(1204, { text: 'tambahan dari warga' })
    await page.getByRole('button', { name: world.words.answer.send }).tap()
    await page.getByText(world.words.refused.moved).waitFor()
    await takeShot(page, 'tickets-moved-phone')
    await page.getByRole('button', { name: world.words.answer.send }).tap()
    await page.getByText(world.words.done.answer).waitFor()
  })

  it('is taken by one of two officers, and the other is told', async () => {
    const page = await open(
      '/tiket/1204',
      wide,
      world.signIn.enter({ id: 'a', name: 'Ana Contoh', roles: ['penjawab'] }),
    )
    const other = await open(
      '/tiket/1204',
      phone,
      world.signIn.enter({ id: 'b', name: 'Beni Contoh', roles: ['penjawab'] }),
    )
    await page.getByRole('button', { name: world.words.actions.claim, exact: true }).click()
    await page.getByText(world.words.done.claim).waitFor()
    await other.getByRole('button', { name: world.words.actions.claim, exact: true }).tap()
    await other.getByText('Tiket ini sudah dipegang Ana Contoh').waitFor()
    await takeShot(other, 'tickets-held-phone')
  })

  it('opens a photo large in a tab of its own', async () => {
    const page = await open('/tiket/1204')
    const [tab] = await Promise.all([
      page.context().waitForEvent('page'),
      page.locator('.thumb').first().click(),
    ])
    await tab.waitForLoadState()
    expect(tab.url()).toMatch(/media\/foto-1$/)
    expect(await tab.locator('img').count()).toBe(1)
  })
})

describe('the open list', () => {
  it('tells of new tickets by a press, and moves nothing until then', async () => {
    const page = await openStill('/tiket', phone)
    const rows = page.locator('.ticket-row')
    const where = () => rows.evaluateAll((all) => all.map((row) => row.getBoundingClientRect().top))
    const before = await where()
    world.desk.add({ number: 1300, promisedAt: inHours(-50) }, [{ text: 'lama sekali menunggu' }])
    world.desk.set(1211, {
      holder: { id: 'x', name: 'Seorang dengan nama yang panjang sekali', since: deskNow },
    })
    await page.clock.runFor(10_500)
    await page.getByRole('link', { name: '1 tiket baru' }).waitFor()
    expect(await where()).toEqual(before)
    expect(await rows.last().textContent()).toContain('dipegang Seorang')
    await takeShot(page, 'tickets-news-phone')
    await page.getByRole('link', { name: '1 tiket baru' }).tap()
    await page.getByText('lama sekali menunggu').waitFor()
  })
})
