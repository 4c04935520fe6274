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
    [{ ...good, birth_date: '17-08-80' }, 'birth_date.wrong'],
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
    const attempts = await world.database.prisma.checkAttempt.findMany({
      where: { chatId: BigInt(chat.chatId) },
    })
    expect(attempts).toMatchObject([{ way: 'form', failed: true }])
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
