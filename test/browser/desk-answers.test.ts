import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, type WatchedBrowser } from '../support/browser.ts'
import { type DeskHouse, startDeskHouse } from '../support/desk-house.ts'
import { findFaults, phone, takeShot } from '../support/look-at-page.ts'
import { talkOnTelegram } from '../support/talkers.ts'
import { readTicketWords } from '../support/ticket-world.ts'

// The policy is passed by for axe alone, which is put into the page.
const phoneForAxe = { ...phone, bypassCSP: true }
const { texts: words } = readTicketWords()

const photo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let browser: WatchedBrowser
let house: DeskHouse
const officers = new Map<string, Awaited<ReturnType<Page['context']>>>()

beforeAll(async () => {
  browser = await launchBrowser()
  house = await startDeskHouse()
}, 120_000)

afterAll(async () => {
  await browser.close()
  await house.close()
})

afterEach(() => {
  expect(browser.takeComplaints()).toEqual([])
})

/** A page of an officer, who is added and enrolled the first time. */
async function openAs(
  name: string,
  path: string,
  options: BrowserContextOptions = {},
  role = 'penjawab',
): Promise<Page> {
  const known = officers.get(name)
  const context = known ?? (await browser.newContext(options))
  const page = await browser.newPage(context)
  if (known === undefined) {
    const login = name.toLowerCase().replaceAll(' ', '.')
    await house.enrol(page, login, await house.addOfficer(login, name, role))
    officers.set(name, context)
  }
  await page.goto(`${house.url}/desk${path}`)
  return page
}

/** What a person has heard on Telegram. */
const heard = (id: number) =>
  house.telegram
    .person(id)
    .inbox.map(({ text }) => text)
    .join('\n')

/** Has somebody ask for a person on Telegram; resolves with the ticket's number. */
async function ask(id: number, message: string): Promise<number> {
  const person = talkOnTelegram(house.telegram, id)
  await person.say('bingung e, ada manusia di situ ko?', 'tulis')
  const answer = await person.say(message, 'dengan nomor')
  return Number(/dengan nomor (\d+)/.exec(answer)?.[1])
}

describe('a ticket that came from Telegram', () => {
  it('is answered at the desk, and the resident reads it and goes on', { timeout: 90_000 }, async () => {
    const person = 5_399_101
    const number = await ask(person, 'Kapan kantor buka untuk urus surat? <b>segera</b>')
    const page = await openAs('Ana Contoh', '/tiket', phoneForAxe)
    await page.getByText('Kapan kantor buka').tap()
    await page
      .getByRole('heading', { name: words.ticket.title.replace('{{number}}', String(number)) })
      .waitFor()
    await page.getByText('<b>segera</b>').waitFor()
    await page.getByLabel(words.answer.text, { exact: true }).fill('Besok pukul 07.30 sudah buka.')
    await page.getByRole('button', { name: words.answer.send }).tap()
    await page.getByText(words.done.answer).waitFor()
    await house.telegram.until(
      () => heard(person).includes('Besok pukul 07.30 sudah buka.'),
      'the answer',
      20_000,
    )
    expect(heard(person)).toContain(`nomor ${number}`)

    await page.getByLabel(words.answer.text, { exact: true }).fill('Ada lagi yang')
    house.telegram.person(person).say('Siap, terima kasih banyak')
    await page.getByText('Siap, terima kasih banyak').waitFor()
    expect(await page.getByLabel(words.answer.text, { exact: true }).inputValue()).toBe('Ada lagi yang')
    await page.getByText(words.delivery.sent).first().waitFor()

    house.telegram.person(person).sendPhoto(photo)
    await page.locator('.thumb img').waitFor()
    const src = await page.locator('.thumb').getAttribute('href')
    const file = await page.request.get(house.url + src)
    expect([file.status(), file.headers()['content-type']]).toEqual([200, 'image/png'])
    expect(file.headers()['x-content-type-options']).toBe('nosniff')
    expect(await findFaults(page)).toEqual([])
    await takeShot(page, 'tickets-real-phone')

    await page.getByLabel(words.answer.text, { exact: true }).fill('')
    await page.getByRole('link', { name: words.ticket.transcript }).tap()
    await page.getByText('ada manusia di situ ko?').waitFor()
    await page.goBack()
    await page.getByRole('button', { name: words.actions.hand_back }).tap()
    await page.getByText(words.done.hand_back).waitFor()
    await talkOnTelegram(house.telegram, person).say('menu', '1.')
  })

  it('is claimed by one of two officers, and the other is told', async () => {
    const number = await ask(5_399_102, 'Beta mau tanya soal surat')
    const one = await openAs('Ana Contoh', `/tiket/${number}`)
    const other = await openAs('Beni Contoh', `/tiket/${number}`)
    const press = (page: Page) => page.getByRole('button', { name: words.actions.claim, exact: true }).click()
    await Promise.all([press(one), press(other)])
    const isTold = async (page: Page) => (await page.getByRole('alert').count()) > 0
    await expect
      .poll(async () => [await isTold(one), await isTold(other)].filter((told) => told).length)
      .toBe(1)
    const [winner, loser, name] = (await isTold(one))
      ? [other, one, 'Beni Contoh']
      : [one, other, 'Ana Contoh']
    await winner.getByText(words.done.claim).waitFor()
    await loser.getByText(`sudah dipegang ${name}`).waitFor()
    expect(await loser.getByRole('button', { name: words.answer.send }).count()).toBe(0)
  })

  it('is nothing to an officer of another office', async () => {
    const number = await ask(5_399_103, 'Beta mau tanya yang lain')
    const page = await openAs('Cici Contoh', `/tiket/${number}`, {}, 'umkm')
    await page.getByRole('heading', { name: words.refused.unknown.title }).waitFor()
    expect(await page.content()).not.toContain('yang lain')
  })
})
