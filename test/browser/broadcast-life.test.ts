import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contentOf } from '../../src/app-words.ts'
import { parseBroadcastTexts } from '../../src/web/desk/broadcasts/broadcast-texts.ts'
import { launchBrowser, type WatchedBrowser } from '../support/browser.ts'
import { phone, takeShot, wide } from '../support/look-at-page.ts'
import { startTrainingHouse, type TelegramResident, type TrainingHouse } from '../support/training-house.ts'

const [first, others, canary] = [5_399_300, 40, 5]
const words = 'Jadwal bantuan bulan ini'

let browser: WatchedBrowser
let house: TrainingHouse
let texts: ReturnType<typeof parseBroadcastTexts>

beforeEach(async () => {
  browser = await launchBrowser()
  // Slowly, so that there is time to press something.
  house = await startTrainingHouse('2026-03-02T09:00+08:00', {
    TELEGRAM_PER_SECOND: '6',
    BROADCAST_APPROVAL_ABOVE: '10',
    BROADCAST_CANARY: String(canary),
    BROADCAST_CANARY_MINUTES: '10',
  })
  texts = parseBroadcastTexts(contentOf(house.app.texts, 'meja-siaran'))
}, 120_000)
afterEach(async () => {
  await browser.close()
  await house.close()
})

const ids = Array.from({ length: others }, (_, at) => first + at)
/** How often the server took the broadcast, for whom. */
const told = (id: number) => house.telegram.person(id).inbox.filter(({ text }) => text.includes(words)).length
const toldInAll = (): number => [...ids, first - 1].reduce((sum, id) => sum + told(id), 0)

/** Waits until every message that was taken up has come to its end. */
async function nothingUnderWay(): Promise<void> {
  const { prisma } = house.app.storage.database
  const underWay = { kind: 'broadcast', settledAt: null, claimedAt: { not: null } }
  await expect.poll(() => prisma.outboxMessage.count({ where: underWay }), { timeout: 20_000 }).toBe(0)
}

/** People who wrote once and subscribed to news of assistance. */
async function seatOthers(): Promise<void> {
  for (const id of ids) house.telegram.person(id)
  const { pool } = house.app.storage.database
  await pool.query(
    `WITH person AS (
       INSERT INTO contact (id) SELECT gen_random_uuid() FROM unnest($1::text[]) RETURNING id
     ), numbered AS (SELECT id, row_number() OVER () AS n FROM person
     ), written AS (
       INSERT INTO chat (contact_id, channel, account, external_id, last_message_at)
       SELECT id, 'telegram', $2, ($1::text[])[n], $3 FROM numbered RETURNING id, contact_id
     )
     INSERT INTO subscription (contact_id, topic, text_version, chat_id, started_at)
     SELECT contact_id, 'assistance', 'test', id, $3 FROM written`,
    [ids.map(String), house.telegram.token.split(':')[0], house.app.now()],
  )
}

/** Somebody who says in the chat that they want it. */
async function subscribe(): Promise<TelegramResident> {
  const resident = house.resident(first - 1)
  await resident.say('kabar', 'Jadwal bantuan sosial')
  await resident.say('jadwal bantuan', 'Berhenti kapan saja')
  await resident.say('ya', 'Baik')
  return resident
}

async function openDesk(login: string, name: string, role: 'bansos' | 'penyetuju'): Promise<Page> {
  const page = await browser.newPage(await browser.newContext(wide))
  await house.enrol(page, login, name, role)
  return page
}

async function compose(page: Page): Promise<void> {
  await page.goto(`${house.url}/desk/siaran/baru`)
  await page.fill('#title', 'Jadwal Maret')
  await page.fill('#text', `${words} sudah ada untuk warga {{kelurahan}}.`)
  await page.fill('[id="buttons.0.label"]', 'Cek bansos')
  await page.fill('[id="buttons.0.words"]', 'cek bansos')
  await page.check('[name="topics.assistance"]')
  await page.click('.save button')
  await page.waitForSelector('.flash')
  await page.click(`button:text-is("${texts.moves.propose.button}")`)
  await page.waitForSelector(`.flash:text-is("${texts.done.propose}")`)
}

/** Nobody approves their own. */
async function approve(author: Page, approver: Page): Promise<void> {
  expect(await author.locator('#dibaca').count()).toBe(0)
  await approver.goto(`${house.url}/desk/siaran/1`)
  await takeShot(approver, 'life-proposed')
  await approver.check('#dibaca')
  await approver.click('#tindakan button')
  await approver.waitForSelector(`.flash:text-is("${texts.done.approve}")`)
}

const figure = async (page: Page, kind: string): Promise<number> =>
  Number((await page.textContent(`.number.${kind} dd b`))?.replaceAll('.', ''))

/** Stops at once; what goes on asks twice. */
async function press(page: Page, move: 'pause' | 'resume'): Promise<void> {
  if (move === 'pause') await page.click(`#tindakan button:text-is("${texts.moves.pause.button}")`)
  else {
    await page.click(`#tindakan summary:text-is("${texts.moves.resume.button}")`)
    await page.click('#tindakan details[open] button')
  }
  await page.waitForSelector(`.flash:text-is("${texts.done[move]}")`)
}

describe('a broadcast', () => {
  it('is written by one officer and approved by another, goes to few and then to all, pauses, goes on, and leaves out who stops', {
    timeout: 120_000,
  }, async () => {
    await seatOthers()
    const resident = await subscribe()
    const author = await openDesk('ani', 'Ani Contoh', 'bansos')
    const approver = await openDesk('petrus', 'Petrus Contoh', 'penyetuju')
    await compose(author)
    await approve(author, approver)

    await house.moveTo('2026-03-02T09:01+08:00')
    await expect.poll(toldInAll, { timeout: 20_000 }).toBe(canary)
    await author.goto(`${house.url}/desk/siaran/1`)
    await expect.poll(() => figure(author, 'sent'), { timeout: 20_000 }).toBe(canary)
    expect(await author.textContent('#keadaan')).toContain(texts.canary_state)
    await takeShot(author, 'life-canary')

    await house.moveTo('2026-03-02T09:12+08:00')
    await expect.poll(toldInAll, { timeout: 20_000 }).toBeGreaterThan(canary + 3)
    await approver.goto(`${house.url}/desk/siaran/1`)
    await press(approver, 'pause')
    await nothingUnderWay()
    // An answer goes out while the broadcast waits.
    await resident.say('menu', 'Ada yang bisa kami bantu')
    const atPause = toldInAll()
    expect(atPause).toBeLessThan(others)
    const untold = [...ids, first - 1].find((id) => told(id) === 0) ?? 0
    const stopping = untold === first - 1 ? resident : house.resident(untold)
    await stopping.say('STOP', 'Kami tidak akan mengirim kabar lagi')
    expect(toldInAll()).toBe(atPause)
    await expect.poll(() => figure(author, 'sent'), { timeout: 20_000 }).toBe(atPause)
    expect(await author.textContent('#keadaan')).toContain('Petrus Contoh')
    await takeShot(author, 'life-paused')

    await approver.reload()
    await press(approver, 'resume')
    await expect.poll(toldInAll, { timeout: 30_000 }).toBe(others)
    await house.moveTo('2026-03-02T09:20+08:00')
    await author.waitForSelector(`#keadaan :text("${texts.states.finished}")`, { timeout: 20_000 })
    const reached = [...ids, first - 1].filter((id) => id !== untold)
    expect(reached.map(told)).toEqual(reached.map(() => 1))
    expect(told(untold)).toBe(0)
    const kinds = ['sent', 'suppressed', 'failed', 'unknown', 'waiting'] as const
    expect(await Promise.all(kinds.map((kind) => figure(author, kind)))).toEqual([toldInAll(), 1, 0, 0, 0])
    expect(await author.textContent('.number.suppressed')).toContain(
      texts.suppressions.stopped_by_person ?? 'missing',
    )
    // The page that stayed open tells who did what.
    const history = await author.textContent('#riwayat')
    for (const what of ['propose', 'approve', 'pause', 'resume', 'finish'] as const)
      expect(history).toContain(texts.changes[what]?.split('{{')[0]?.trim() ?? 'missing')
    await author.setViewportSize(phone.viewport)
    await takeShot(author, 'life-finished')
    expect(browser.takeComplaints()).toEqual([])
  })
})
