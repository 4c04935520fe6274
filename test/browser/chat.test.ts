import type { BrowserContextOptions, Locator, Page, Response } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, type WatchedBrowser } from '../support/browser.ts'
import { createFakeBot, type FakeBot } from '../support/fake-bot.ts'
import { findFaults, measureOverflow, phone } from '../support/look-at-page.ts'
import { startWebWorld, type WebWorld, type WebWorldOptions } from '../support/web-world.ts'

let browser: WatchedBrowser
let world: WebWorld
let bot: FakeBot

const open = (path: string, options: BrowserContextOptions = {}) => browser.open(world.url + path, options)

async function start(options: WebWorldOptions = {}): Promise<void> {
  bot = createFakeBot()
  world = await startWebWorld({ demo: true, receive: bot.receive, ...options })
}

const field = (page: Page) => page.getByLabel(world.texts.chat.input)
const bubble = (page: Page, text: string) => page.locator('.bubble', { hasText: text })
const heard = () =>
  world.received.map(({ content }) => {
    if (content.type === 'text') return content.text
    return content.type === 'choice' ? content.value : content.type
  })

async function talk(page: Page): Promise<void> {
  await field(page).fill('menu')
  await field(page).press('Enter')
  await page.getByRole('button', { name: 'Cek bantuan sosial' }).waitFor()
}

function hasFocus(locator: Locator): Promise<boolean> {
  return locator.evaluate((node) => node === node.ownerDocument.activeElement)
}

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser.close()
})

afterEach(async () => {
  await browser.closePages()
  await world.close()
  expect(browser.takeComplaints()).toEqual([])
})

describe('the chat page', () => {
  it('carries a whole dialogue by keyboard only', async () => {
    await start()
    const page = await open('/chat')
    await expect.poll(() => hasFocus(field(page))).toBe(true)
    await page.keyboard.type('menu')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Cek bantuan sosial' }).waitFor()
    await expect.poll(() => hasFocus(field(page))).toBe(true)
    await page.keyboard.press('Shift+Tab')
    for (let back = 0; back < 3; back += 1) await page.keyboard.press('Shift+Tab')
    expect(await hasFocus(page.getByRole('button', { name: 'Cek bantuan sosial' }))).toBe(true)
    await page.keyboard.press('Enter')
    await bubble(page, 'Tanggal lahir').waitFor()
    await field(page).focus()
    await page.keyboard.type('17-08-1980')
    await page.keyboard.press('Enter')
    await bubble(page, 'kelurahan apa').waitFor()
    await page.keyboard.type('Oesapa')
    await page.keyboard.press('Enter')
    await bubble(page, 'Ini bukan keputusan').waitFor()
    expect(heard()).toEqual(['menu', '1:1', '17-08-1980', 'Oesapa'])
    expect(await field(page).inputValue()).toBe('')
  })

  it('begins with the buttons of the greeting', async () => {
    await start()
    const page = await open('/chat', phone)
    await page.getByRole('button', { name: world.texts.chat.starters[0]!.label }).tap()
    await bubble(page, 'Selamat datang di Lopo').waitFor()
    expect(await page.locator('.greeting').count()).toBe(0)
    expect(heard()).toEqual(['menu'])
  })

  it('writes a new line with Shift and Enter', async () => {
    await start()
    const page = await open('/chat')
    await field(page).focus()
    await page.keyboard.type('satu')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('dua')
    await page.keyboard.press('Enter')
    await expect.poll(heard).toEqual(['satu\ndua'])
  })

  it('says that the line is lost, gets what was said meanwhile, and sends what was written once', async () => {
    await start()
    const page = await open('/chat')
    await talk(page)
    const address = world.received[0]!.from
    await world.channel.stop()
    await page.getByText(world.texts.chat.states.lost).waitFor()
    await bot.say(world, address, { text: 'Kabar saat terputus' })
    await field(page).fill('ditulis saat terputus')
    await field(page).press('Enter')
    await bubble(page, world.texts.chat.states.waiting).waitFor()
    await world.channel.start(async (message) => {
      world.received.push(message)
      await bot.receive(message, world)
    })
    await bubble(page, 'Kabar saat terputus').waitFor()
    await expect.poll(heard).toEqual(['menu', 'ditulis saat terputus'])
    await expect.poll(() => page.locator('.fate').count()).toBe(0)
    await expect.poll(() => page.locator('#state').isHidden()).toBe(true)
    expect(await bubble(page, 'ditulis saat terputus').count()).toBe(1)
    expect(await bubble(page, 'Kabar saat terputus').count()).toBe(1)
  })

  it('sends a message whose answer was lost again with the same id, and shows it once', async () => {
    await start()
    const page = await open('/chat')
    let lost = false
    await page.route('**/chat/messages', async (route) => {
      if (lost) return route.continue()
      lost = true
      await route.fetch()
      await route.abort()
    })
    await field(page).fill('menu')
    await field(page).press('Enter')
    await expect.poll(() => world.received.length).toBe(2)
    expect(new Set(world.received.map(({ externalId }) => externalId)).size).toBe(1)
    await expect.poll(() => page.locator('.fate').count()).toBe(0)
    expect(await page.locator('.entry.person').count()).toBe(1)
  })

  it('tells why a message was not taken', async () => {
    await start()
    const page = await open('/chat')
    await field(page).fill('x'.repeat(70_000))
    await field(page).press('Enter')
    await bubble(page, world.texts.chat.refused.too_large).waitFor()
    expect(heard()).toEqual([])
  })

  it('shows one chat in all tabs of a visitor, and after a reload', async () => {
    await start()
    const page = await open('/chat')
    const other = await browser.newPage(page.context())
    await other.goto(`${world.url}/chat`)
    await talk(page)
    await other.getByRole('button', { name: 'Tanya soal bantuan' }).waitFor()
    expect(await other.locator('.entry.person').count()).toBe(1)
    await other.reload()
    expect(await other.locator('.entry').count()).toBe(await page.locator('.entry').count())
  })

  it('shows what the bot and the person write as text, with links that can be followed', async () => {
    await start()
    const page = await open('/chat')
    await talk(page)
    const text = '<img src=x onerror=alert(1)> lihat https://lopo.example/a, ya'
    await bot.say(world, world.received[0]!.from, { text })
    await bubble(page, '<img src=x onerror=alert(1)>').waitFor()
    expect(await page.locator('.log a').last().getAttribute('href')).toBe('https://lopo.example/a')
    await page.reload()
    await bubble(page, '<img src=x onerror=alert(1)>').waitFor()
    expect(await page.locator('.log img').count()).toBe(0)
  })

  it('sends a photo', async () => {
    await start()
    const page = await open('/chat')
    const pixel =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
    await page.getByText(world.texts.chat.photo).click()
    const file = { name: 'foto.png', mimeType: 'image/png', buffer: Buffer.from(pixel, 'base64') }
    await page.getByLabel(world.texts.chat.photo_pick).setInputFiles(file)
    await page.locator('#photo-form').getByRole('button', { name: world.texts.chat.send }).click()
    await bubble(page, world.texts.chat.photo_sent).waitFor()
    await expect.poll(heard).toEqual(['media'])
    expect([...world.media.values()].map(({ mime }) => mime)).toEqual(['image/jpeg'])
  })

  it('forgets the chat on this device when the person asks', async () => {
    await start()
    const page = await open('/chat')
    await talk(page)
    page.on('dialog', (dialog) => void dialog.accept())
    await page.getByRole('button', { name: world.texts.chat.leave }).click()
    await page.locator('.greeting').waitFor()
    expect(await page.locator('.entry').count()).toBe(0)
  })

  it('works without script', async () => {
    await start()
    const page = await open('/chat', { ...phone, javaScriptEnabled: false })
    await field(page).fill('menu')
    await page.locator('.send').click()
    await page.getByRole('button', { name: 'Cek bantuan sosial' }).click()
    await bubble(page, 'Tanggal lahir').waitFor()
    await page.getByRole('link', { name: world.texts.chat.refresh }).click()
    await bubble(page, 'Tanggal lahir').waitFor()
    expect(heard()).toEqual(['menu', '1:1'])
  })

  it('fits 360 pixels, even with long words', async () => {
    await start()
    const page = await open('/chat', phone)
    expect(await measureOverflow(page)).toBe(0)
    await talk(page)
    const long = 'https://lopo.example/'.padEnd(200, 'panjang')
    const options = [{ label: 'Satu pilihan yang labelnya panjang sekali sampai dua baris', value: 'x' }]
    await bot.say(world, world.received[0]!.from, { text: long, options })
    await bubble(page, long).waitFor()
    expect(await measureOverflow(page)).toBe(0)
    expect(await page.locator('#log').evaluate((log) => log.scrollWidth - log.clientWidth)).toBe(0)
    await page.goto(world.url)
    expect(await measureOverflow(page)).toBe(0)
  })

  it.each(['light', 'dark'] as const)('has no fault that axe finds, in %s colours', async (colorScheme) => {
    await start({ telegramUrl: () => 'https://t.me/lopo_contoh_bot' })
    const page = await open('/chat', { ...phone, colorScheme, reducedMotion: 'reduce', bypassCSP: true })
    expect(await findFaults(page)).toEqual([])
    await talk(page)
    await page.getByText(world.texts.chat.photo).click()
    await world.channel.stop()
    await page.getByText(world.texts.chat.states.lost).waitFor()
    expect(await findFaults(page)).toEqual([])
    for (const path of ['/', '/nowhere']) {
      await page.goto(world.url + path)
      expect(await findFaults(page)).toEqual([])
    }
  })

  it('tells a screen reader what is new, and zooms no phone', async () => {
    await start()
    const page = await open('/chat', phone)
    const log = page.getByRole('log', { name: world.texts.chat.log })
    expect(await log.getAttribute('aria-live')).toBe('polite')
    expect(await field(page).getAttribute('autocomplete')).toBe('off')
    expect(await page.evaluate(`getComputedStyle(document.getElementById('text')).fontSize`)).toBe('16px')
    await talk(page)
    expect(await log.getByText(world.texts.chat.bot_says).count()).toBeGreaterThan(0)
  })

  it('weighs under 40 KB with all that it loads', async () => {
    await start()
    const loaded: Response[] = []
    const page = await browser.newContext().then((context) => context.newPage())
    page.on('response', (response) => {
      if (!response.url().includes('/events')) loaded.push(response)
    })
    await page.goto(`${world.url}/chat`, { waitUntil: 'load' })
    const bodies = await Promise.all([...loaded].map((response) => response.body()))
    const total = bodies.reduce((sum, { byteLength }) => sum + byteLength, 0)
    expect(bodies.length).toBeGreaterThan(2)
    expect(total).toBeLessThan(40_000)
  })
})
