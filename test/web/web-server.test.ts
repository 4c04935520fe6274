import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import net from 'node:net'
import { Hono } from 'hono'
import { afterEach, describe, expect, it } from 'vitest'
import { createWebServer } from '../../src/web/web-server.ts'
import { openEvents } from '../support/event-client.ts'
import { startWebWorld, type WebWorld, type WebWorldOptions } from '../support/web-world.ts'

const worlds: WebWorld[] = []

async function start(options: WebWorldOptions = {}): Promise<WebWorld> {
  const world = await startWebWorld(options)
  worlds.push(world)
  return world
}

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})

describe(createWebServer.name, () => {
  it('says on the landing page what this is, where to chat and how to know the real bot', async () => {
    const world = await start({
      publicUrl: 'https://lopo.example',
      telegramUrl: () => 'https://t.me/lopo_contoh_bot',
    })
    const page = await (await fetch(world.url)).text()
    expect(page).toContain('href="/chat"')
    expect(page).toContain('lopo.example')
    expect(page.match(/https:\/\/t\.me\/lopo_contoh_bot/g)).toHaveLength(2)
  })

  it('names no Telegram bot when there is none', async () => {
    const { url, texts } = await start()
    expect(await (await fetch(url)).text()).not.toContain(texts.landing.telegram)
  })

  it('shows the demo banner on every page of a demo only', async () => {
    const [demo, real] = [await start({ demo: true }), await start()]
    for (const path of ['/', '/chat', '/nowhere']) {
      expect(await (await fetch(demo.url + path)).text()).toContain(demo.texts.site.demo)
      expect(await (await fetch(real.url + path)).text()).not.toContain(real.texts.site.demo)
    }
  })

  it.each(['/', '/chat', '/health', '/nowhere', '/chat/events'])(
    'sets the security headers on %s',
    async (path) => {
      const { url } = await start()
      const { headers } = await fetch(url + path)
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      )
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('same-origin')
      expect(headers.get('strict-transport-security')).toBeNull()
    },
  )

  it('insists on https when people reach it by https', async () => {
    const { url } = await start({ publicUrl: 'https://lopo.example' })
    expect((await fetch(url)).headers.get('strict-transport-security')).toBe('max-age=31536000')
  })

  it('serves the files of a page under addresses that may be kept for ever', async () => {
    const { url } = await start()
    const page = await (await fetch(`${url}/chat`)).text()
    const hrefs = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((match) => match[1])
    expect(hrefs).toHaveLength(3)
    for (const href of hrefs) {
      const response = await fetch(url + href)
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    }
    expect((await fetch(`${url}/assets/style.css`)).status).toBe(404)
  })

  it('needs no style or script within a page, which the content policy forbids', async () => {
    const { url } = await start({ demo: true })
    for (const path of ['/', '/chat', '/nowhere']) {
      const page = await (await fetch(url + path)).text()
      expect(page).not.toMatch(/<style|style="|<script(?! src=)|\son\w+="/)
    }
  })

  it('answers health with the state of the database', async () => {
    const well = await fetch(`${(await start()).url}/health`)
    expect([well.status, await well.json()]).toEqual([200, { ok: true, database: true }])
    const ill = await fetch(
      `${(await start({ health: () => Promise.reject(new Error('down')) })).url}/health`,
    )
    expect([ill.status, await ill.json()]).toEqual([503, { ok: false, database: false }])
  })

  it('hands Telegram its webhook, and has none otherwise', async () => {
    const world = await start({
      telegramWebhook: async (request) =>
        new Response(`${request.headers.get('x-secret')}:${await request.text()}`),
    })
    const init = { method: 'POST', body: '{"update_id":1}', headers: { 'x-secret': 's' } }
    expect(await (await fetch(`${world.url}/telegram/webhook`, init)).text()).toBe('s:{"update_id":1}')
    expect((await fetch(`${world.url}/telegram/webhook`)).status).toBe(404)
    expect((await fetch(`${(await start()).url}/telegram/webhook`, init)).status).toBe(404)
  })

  it('mounts the private form and refuses large posts to it', async () => {
    const checkPages = new Hono()
      .get('/:token', (context) => context.text('form'))
      .post('/:token', async (context) => context.text(await context.req.text()))
    const { url, texts } = await start({ checkPages })
    expect(await (await fetch(`${url}/cek/abc`)).text()).toBe('form')
    const large = await fetch(`${url}/cek/abc`, { method: 'POST', body: 'x'.repeat(20_000) })
    expect(large.status).toBe(413)
    expect(await large.text()).toContain(texts.errors.too_large.title)
  })

  it('says in plain words that a page is not there or that something failed, and shows no stack', async () => {
    const checkPages = new Hono().get('/:token', () => {
      throw new Error('inner detail')
    })
    const { url, texts, log } = await start({ checkPages })
    const missing = await fetch(`${url}/nowhere`)
    expect([missing.status, await missing.text()]).toEqual([
      404,
      expect.stringContaining(texts.errors.not_found.text),
    ])
    const failed = await fetch(`${url}/cek/abc`)
    const page = await failed.text()
    expect([failed.status, page]).toEqual([500, expect.stringContaining(texts.errors.failed.text)])
    expect(page).not.toContain('inner detail')
    expect(log.join('')).toContain('inner detail')
  })

  it('logs requests by their route, without tokens or what people put into addresses', async () => {
    const checkPages = new Hono().get('/:token', (context) => context.text('form'))
    const { url, log } = await start({ checkPages })
    await fetch(`${url}/cek/SecretToken?nik=5399010101010001`)
    await fetch(`${url}/5399010101010002`)
    await fetch(`${url}/chat?wait=5399010101010003`)
    const lines = log.map((line) => JSON.parse(line))
    expect(lines.map(({ method, route, status }) => [method, route, status])).toEqual([
      ['GET', '/cek/:token', 200],
      ['GET', '/*', 404],
      ['GET', '/chat', 200],
    ])
    expect(log.join('')).not.toMatch(/SecretToken|5399/)
  })

  it('rejects with one clear sentence when the port is taken', async () => {
    const [one, other] = [await start(), await start()]
    await other.server.close()
    const port = Number(new URL(one.url).port)
    await expect(other.server.listen(port)).rejects.toThrow(
      `Port ${port} is taken by another program: stop that program, or set PORT to another number.`,
    )
  })

  it('closes at once although event streams are open', async () => {
    const world = await start()
    const client = await openEvents(`${world.url}/chat/events`, { Cookie: await world.visit() })
    expect(client.status).toBe(200)
    await Promise.all([world.server.close(), client.ended])
    await expect(fetch(world.url)).rejects.toThrow()
  })

  it('closes although a client never finishes its request', async () => {
    const world = await start()
    const slow = net.connect(Number(new URL(world.url).port), '127.0.0.1')
    slow.on('error', () => undefined)
    slow.write('POST /chat/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{')
    await new Promise((resolve) => slow.once('connect', resolve))
    await world.server.close()
    slow.destroy()
  })

  it('goes on serving after a client broke off in the middle of a message', async () => {
    const world = await start()
    const cookie = await world.visit()
    const broken = net.connect(Number(new URL(world.url).port), '127.0.0.1')
    const gone = new Promise((resolve) => broken.once('close', resolve))
    broken.write(
      `POST /chat/messages HTTP/1.1\r\nHost: ${new URL(world.url).host}\r\nOrigin: ${world.url}\r\nCookie: ${cookie}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"id"`,
      () => broken.destroy(),
    )
    await gone
    const next = await world.post('/chat/messages', cookie, { id: randomUUID(), text: 'halo' })
    expect(next.status).toBe(202)
    expect(world.received).toHaveLength(1)
  })
})

describe('the weight of the chat page', () => {
  it('is under 40 KB with all its files, before compression', async () => {
    const { url } = await start({ demo: true })
    const page = await (await fetch(`${url}/chat`)).text()
    const files = ['style.css', 'chat/chat.js', 'assets/mark.svg']
    const sizes = files.map((file) => readFileSync(`src/web/${file}`).byteLength)
    expect(sizes[1]).toBeLessThan(10_000)
    expect(page.length + sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(40_000)
  })
})
