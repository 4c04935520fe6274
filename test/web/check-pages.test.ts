import { readFileSync } from 'node:fs'
import type { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parseAssistanceTexts } from '../../src/assistance/texts.ts'
import { type CheckPagesDeps, createCheckPages } from '../../src/web/check/check-pages.ts'
import { createPages } from '../../src/web/pages.ts'
import {
  type AssistanceWorld,
  createAssistanceWorld,
  recipient,
  recorded,
} from '../support/assistance-world.ts'

let world: AssistanceWorld
let app: Hono
let token = ''
let told: string[] = []
let pauses: number[] = []
let chat = { contactId: '', chatId: '' }
const texts = parseAssistanceTexts(readFileSync('flows/content/cek.yaml', 'utf8')).page

function pages(options: Partial<CheckPagesDeps> = {}): Hono {
  const { layout } = createPages({ words: readFileSync('flows/content/laman.yaml', 'utf8'), demo: false })
  return createCheckPages({
    texts,
    layout,
    language: world.language,
    ...world.check(),
    notifyDone: async (_, chatId) => void told.push(chatId),
    inTransaction: (work) => world.run(work),
    now: () => world.now,
    pause: async (milliseconds) => void pauses.push(milliseconds),
    ...options,
  })
}

beforeAll(async () => {
  world = await createAssistanceWorld()
  await world.load([recipient, recorded])
})
afterAll(() => world.close())
beforeEach(async () => {
  world.now = new Date('2026-03-05T02:00:00Z')
  told = []
  pauses = []
  chat = await world.newChat()
  token = await newToken()
  app = pages()
})

async function newToken(): Promise<string> {
  const link = await world.run((transaction) =>
    world.check().links.create(transaction, { ...chat, now: world.now }),
  )
  if (link.outcome !== 'created') throw new Error(link.outcome)
  return link.token
}

const good = { nik: recipient.nik, birth_date: '17-08-1980' }
function post(fields: Readonly<Record<string, string>>, headers: Record<string, string> = {}, on = app) {
  return on.request(`http://lopo.example/${token}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { host: 'lopo.example', ...headers },
  })
}

function attempts() {
  return world.database.prisma.checkAttempt.findMany({ where: { chatId: BigInt(chat.chatId) } })
}

function cookieOf(response: Response): string {
  return response.headers.getSetCookie()[0]!.split(';')[0]!
}

describe('createCheckPages', () => {
  it('shows a small form that works without a script', async () => {
    const response = await app.request(`/${token}`)
    const body = await response.text()
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(body).toContain('inputmode="numeric"')
    expect(body).toContain('autocomplete="off"')
    expect(body).not.toContain('<script')
    expect(Buffer.byteLength(body)).toBeLessThan(15_000)
  })

  it('answers here, and tells the chat only that it was done', async () => {
    const response = await post(good)
    const body = await response.text()
    expect(response.status).toBe(200)
    expect(body).toContain(texts.answer.recipient)
    expect(body).toContain('W***A C****H S**U')
    expect(body).toContain('P3KE contoh')
    expect(body).toContain('1 Februari 2026')
    expect(body).toContain(texts.answer.not_a_decision)
    expect(body).not.toContain(recipient.nik)
    expect(Buffer.byteLength(body)).toBeLessThan(15_000)
    expect(told).toEqual([chat.chatId])
  })

  it('works once, also when the form is sent twice at once', async () => {
    const responses = await Promise.all([post(good), post(good), post(good)])
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 404, 404])
    const after = await (await app.request(`/${token}`)).text()
    expect(after).toContain(texts.gone.title)
    expect(told).toHaveLength(1)
  })

  it('is not used up by previews, by looking, or by forms that cannot be read', async () => {
    for (const method of ['GET', 'HEAD', 'GET']) await app.request(`/${token}`, { method })
    const wrong = await post({ nik: '53990117088', birth_date: 'kapan-kapan' })
    expect(wrong.status).toBe(422)
    const body = await wrong.text()
    expect(body).toContain(texts.problems['nik.length'].replace('{{digits}}', '11'))
    expect(body).toContain(texts.problems['birth_date.wrong'])
    expect(body).not.toContain('53990117088')
    expect((await post({})).status).toBe(422)
    expect((await post(good)).status).toBe(200)
  })

  it.each([
    [{ ...good, nik: '5399O117088OOOO1' }, 'nik.wrong'],
    [{ ...good, nik: '9999999999999999' }, 'nik.wrong'],
    [{ ...good, birth_date: '17-08-1880' }, 'birth_date.wrong'],
    [{ ...good, birth_date: '17-08-2030' }, 'birth_date.future'],
    [{ ...good, nik: '  ' }, 'nik.empty'],
  ] as const)('says what is wrong: %o', async (fields, problem) => {
    const response = await post(fields)
    expect(response.status).toBe(422)
    expect(await response.text()).toContain(texts.problems[problem])
  })

  it('ends after fifteen minutes', async () => {
    world.now = new Date(world.now.getTime() + 15 * 60_000)
    expect((await app.request(`/${token}`)).status).toBe(404)
    expect((await post(good)).status).toBe(404)
  })

  it('knows no other token', async () => {
    token = `${token.slice(1)}A`
    expect((await app.request(`/${token}`)).status).toBe(404)
    expect((await post(good)).status).toBe(404)
    expect((await app.request('/x')).status).toBe(404)
  })

  it('says the next steps when nobody is found, and counts the failure for the chat', async () => {
    const response = await post({ ...good, birth_date: '18-08-1980' })
    const body = await response.text()
    expect(body).toContain(texts.answer.not_found)
    expect(body).toContain(texts.answer.not_found_steps[0])
    expect(await attempts()).toMatchObject([{ way: 'form', failed: true }])
  })

  it('lets a mistake be put right: three look-ups a link, each of them counted', async () => {
    const wrong = { ...good, nik: recorded.nik }
    for (const left of [2, 1]) {
      const body = await (await post(wrong)).text()
      expect(body).toContain(texts.answer.not_found)
      expect(body).toContain(texts.left.replace('{{left}}', String(left)))
      expect(body).toContain('name="nik"')
      expect(await (await app.request(`/${token}`)).text()).toContain(
        texts.left.replace('{{left}}', String(left)),
      )
    }
    const last = await (await post(wrong)).text()
    expect(last).toContain(texts.answer.not_found)
    expect(last).not.toContain('name="nik"')
    expect((await post(good)).status).toBe(404)
    expect(await attempts()).toMatchObject(Array(3).fill({ way: 'form', failed: true }))
    expect(told).toEqual([chat.chatId])
  })

  it('finds somebody at the second look-up, and ends the link with that', async () => {
    await post({ ...good, birth_date: '18-08-1980' })
    expect(await (await post(good)).text()).toContain(texts.answer.recipient)
    expect((await post(good)).status).toBe(404)
    expect((await app.request(`/${token}`)).status).toBe(404)
  })

  it('shows the answer on a page that can be loaded again, to the browser that asked', async () => {
    const form = await app.request(`/${token}`)
    const asked = await post(good, { cookie: cookieOf(form) })
    expect([asked.status, asked.headers.get('location')]).toEqual([303, `/cek/${token}`])
    const [set] = asked.headers.getSetCookie()
    expect(set).toContain(`Max-Age=300; Path=/cek/${token}; HttpOnly; SameSite=Strict`)
    for (const text of [recipient.nik, 'W***A', 'recipient', token]) {
      expect(Buffer.from(cookieOf(asked).split('=')[1]!, 'base64url').toString('latin1')).not.toContain(text)
    }
    const shown = () => app.request(`/${token}`, { headers: { cookie: cookieOf(asked) } })
    for (let reload = 0; reload < 2; reload++) {
      expect(await (await shown()).text()).toContain('W***A C****H S**U')
    }
    expect((await app.request(`/${token}`)).status).toBe(404)
    world.now = new Date(world.now.getTime() + 5 * 60_000)
    expect((await shown()).status).toBe(404)
  })

  it('opens an answer for its own link only', async () => {
    const asked = await post(good, { cookie: cookieOf(await app.request(`/${token}`)) })
    token = await newToken()
    const other = await app.request(`/${token}`, { headers: { cookie: cookieOf(asked) } })
    expect(await other.text()).not.toContain('W***A')
    const forged = await app.request(`/${token}`, { headers: { cookie: 'lopo-cek=AAAA' } })
    expect(await forged.text()).toContain('name="nik"')
  })

  it('leads back to the web chat, and elsewhere says to close the page', async () => {
    expect(await (await post(good)).text()).toContain(`href="/chat">${texts.answer.to_chat}`)
    const id = BigInt(chat.chatId)
    await world.database.prisma.chat.update({ where: { id }, data: { channel: 'telegram' } })
    token = await newToken()
    const body = await (await post(good)).text()
    expect(body).toContain(texts.answer.back)
    expect(body).not.toContain('href="/chat"')
  })

  it('answers after the same time whatever was found', async () => {
    await post({ ...good, birth_date: '18-08-1980' })
    await post({ ...good, nik: '5399011708800009' })
    await post(good)
    expect(new Set(pauses).size).toBe(1)
    expect(pauses).toHaveLength(3)
  })

  it('refuses forms from other pages', async () => {
    expect((await post(good, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await post(good, { origin: 'null' })).status).toBe(403)
    expect((await post(good, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    const behindProxy = pages({ publicUrl: 'https://kota.example' })
    expect((await post(good, { origin: 'http://lopo.example' }, behindProxy)).status).toBe(403)
    expect((await post(good, { origin: 'https://kota.example' }, behindProxy)).status).toBe(200)
  })

  it('takes no more than twenty forms a link', async () => {
    for (let sent = 0; sent < 20; sent++) expect((await post({})).status).toBe(422)
    expect((await post(good)).status).toBe(429)
  })

  it('shows a locked chat when it may check again', async () => {
    const status = world.check()
    const details = { birthDate: '1999-09-09', kelurahan: '53.71.03.1014', nikTail: '9999' }
    for (let failure = 0; failure < 5; failure++) {
      await world.run((transaction) =>
        status.checkByDetails(transaction, { ...chat, now: world.now }, details),
      )
    }
    const body = await (await post(good)).text()
    expect(body).toContain(texts.answer.locked)
    expect(body).toContain('6 Maret 2026')
  })
})
