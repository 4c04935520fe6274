import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type LopoProcess, startLopo } from './support/lopo-process.ts'
import { typeLopo } from './support/typed-lopo.ts'
import { openWhatsAppHouse, type WhatsAppHouse } from './support/whatsapp-house.ts'
import { talkOnWhatsApp } from './support/whatsapp-talker.ts'

let house: WhatsAppHouse

beforeEach(async () => {
  house = await openWhatsAppHouse()
})
afterEach(() => house.end())

const patience = 30_000

const run = (args: readonly string[], more: Record<string, string> = {}) =>
  typeLopo(args, { ...house.settings, ...more })

const statusLine = z.array(
  z.object({
    account: z.string(),
    state: z.string(),
    reason: z.string().nullable(),
    last_inbound_at: z.string().nullable(),
  }),
)

async function readStatus() {
  const { out } = await run(['whatsapp', 'status', '--json'])
  return statusLine.parse(JSON.parse(out))[0]!
}

/** The alarms that are open: they follow the state within a moment. */
async function readAlarms() {
  const { rows } = await house.database.pool.query('SELECT kind, details FROM alarm WHERE settled_at IS NULL')
  return rows
}

async function linkByCode(): Promise<{ status: number | null; output: string }> {
  const link: LopoProcess = startLopo(['whatsapp', 'link', '--code', '0815 3990 0001'], {
    ...house.settings,
    LOG_LEVEL: 'warn',
  })
  await link.until(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/m)
  const [code = ''] = /^[0-9A-Z]{4}-[0-9A-Z]{4}$/m.exec(link.output()) ?? []
  await house.account.enterCode(code.replace('-', ''))
  return { status: await link.ended(), output: link.output() }
}

describe('lopo whatsapp', () => {
  it('links by a code beside a running bot, which takes the account up; tells how it goes; and undoes it', async () => {
    expect(await readStatus()).toMatchObject({ state: 'unlinked', last_inbound_at: null })
    const bot = startLopo(['start'], house.settings)
    await bot.until(/no phone is linked yet.*whatsapp link/)
    const linked = await linkByCode()
    expect(linked.output).toContain('Linked.')
    expect(linked.status).toBe(0)
    const logins = house.account.logins()
    await house.server.until(() => house.account.logins() > logins, 'the bot takes it up', patience)
    await talkOnWhatsApp(house.person(1)).say('halo', 'Cek status bantuan sosial')
    await expect
      .poll(readStatus, { timeout: patience })
      .toMatchObject({ state: 'open', reason: null, last_inbound_at: expect.any(String) })

    const url = /Web chat: (http:\S+)\/chat/.exec(bot.output())?.[1] ?? ''
    const health = await (await fetch(`${url}/health`)).json()
    expect(health).toMatchObject({
      ok: true,
      whatsapp: { main: { state: 'open', lastInboundAt: expect.any(String) } },
    })

    const again = await run(['whatsapp', 'link'])
    expect(again).toMatchObject({ code: 1, all: expect.stringContaining('is linked already') })
    const undone = await run(['whatsapp', 'unlink'])
    expect(undone).toMatchObject({ code: 0, all: expect.stringContaining('Unlinked') })
    expect(house.account.isLinked()).toBe(false)
    expect(await readStatus()).toMatchObject({ state: 'unlinked' })
    expect(await bot.end('SIGTERM')).toBe(0)
  }, 120_000)

  it('draws the QR for the terminal, and says so when no phone scans it', async () => {
    const link = startLopo(['whatsapp', 'link'], house.settings)
    await link.until(/█/)
    expect(link.output()).toContain('Linked devices')
    expect(await link.end('SIGINT')).toBe(130)
  }, 60_000)

  it('tells staff when another session takes the account over, and goes on when it is told to', async () => {
    await house.link()
    const bot = await house.start()
    await house.server.until(() => house.account.isOnline(), 'it is online', patience)
    house.account.streamError(undefined, 'replaced')
    await expect
      .poll(readStatus, { timeout: patience })
      .toMatchObject({ state: 'stopped', reason: 'replaced' })
    await expect
      .poll(readAlarms, { timeout: patience })
      .toEqual([{ kind: 'whatsapp_stopped', details: { account: 'main', reason: 'replaced' } }])
    const told = await run(['whatsapp', 'status'])
    expect(told.all).toContain('another program uses this link')

    const logins = house.account.logins()
    expect(await run(['whatsapp', 'link'])).toMatchObject({
      code: 0,
      all: expect.stringContaining('still linked'),
    })
    await house.server.until(() => house.account.logins() > logins, 'it goes on', patience)
    await expect.poll(readAlarms, { timeout: patience }).toEqual([])
    await bot.end('SIGTERM')
  }, 120_000)

  it('says in one line what is wrong', async () => {
    const off = await run(['whatsapp', 'link'], { WHATSAPP_ENABLED: 'no' })
    expect(off).toMatchObject({ code: 1, all: expect.stringContaining('WHATSAPP_ENABLED=yes') })
    const unknown = await run(['whatsapp', 'link', '--account', 'lain'])
    expect(unknown.all).toContain('WHATSAPP_ACCOUNTS has no lain, only main')
    const typed = await run(['whatsapp', 'link', '--code', '12345'])
    expect(typed).toMatchObject({ code: 1, all: expect.stringContaining('no mobile number') })
    const bare = await run(['whatsapp', 'unlink'])
    expect(bare).toMatchObject({ code: 1, all: expect.stringContaining('main is not linked') })
    const open = await run(['start'], { WHATSAPP_SOCKET_URL: 'ws://example.org/ws' })
    expect(open).toMatchObject({
      code: 1,
      all: expect.stringContaining('may be ws:// only to 127.0.0.1'),
    })
    const careless = await run(['start'], { NODE_TLS_REJECT_UNAUTHORIZED: '0' })
    expect(careless).toMatchObject({
      code: 1,
      all: expect.stringContaining('NODE_TLS_REJECT_UNAUTHORIZED'),
    })
  }, 60_000)
})

describe('two processes with one account', () => {
  it('serve it one at a time, and the second takes over when the first is killed', async () => {
    await house.link()
    const first = await house.start()
    const second = startLopo(['start', '--role', 'channels'], house.settings)
    await second.until(/standing by/)
    expect(house.account.logins()).toBe(1)
    const talker = talkOnWhatsApp(house.person(1))
    await talker.say('halo', 'Cek status bantuan sosial')
    await first.end('SIGKILL')
    await house.server.until(() => house.account.logins() === 2, 'the second serves', patience)
    await talker.say('petugas', 'Silakan tulis pesan')
    expect(await second.end('SIGTERM')).toBe(0)
  }, 120_000)
})

describe('what a process prints', () => {
  it('holds no key of a session, no secret of the account and no number of a person, whatever happens to the sessions', async () => {
    await house.link()
    const bot = await house.start({ LOG_LEVEL: 'trace' })
    const person = house.person(7)
    const talker = talkOnWhatsApp(person)
    await talker.say('halo', 'Cek status bantuan sosial')
    // The phone loses its session and asks again: old sessions are closed, which libsignal prints with their keys.
    const { id } = person.inbox.at(-1)!
    person.askAgain(id)
    await house.server.until(() => person.copiesOf(id) === 2, 'it got it again', patience)
    await person.say('rusak', { garbled: 'resends' })
    await talker.say('menu', 'Cek status bantuan sosial')
    house.account.drop()
    await house.server.until(() => house.account.logins() === 2, 'it is back', patience)
    await talker.say('petugas', 'Silakan tulis pesan')
    expect(await bot.end('SIGTERM')).toBe(0)
    const printed = bot.output()
    expect(printed).toContain('a library printed something')
    expect(printed).not.toMatch(/privKey|SessionEntry|rootKey|<Buffer|chainKey|ephemeralKeyPair/)
    expect(printed).not.toContain('62815399')
    expect(printed).not.toContain(person.lid.replace('@lid', ''))
    // Keys are 32 bytes: neither as base64 nor as hexadecimal digits is there anything so long.
    expect(printed.replace(/"(stack|keys|head)":"[^"]*"/g, '')).not.toMatch(/[A-Za-z0-9+/]{43}=|[0-9a-f]{64}/)
  }, 120_000)
})

describe('a house without the package', () => {
  const without = fileURLToPath(new URL('./support/without-baileys.ts', import.meta.url))

  it('runs while WhatsApp is off, and says what is missing when it is on', async () => {
    const options = { NODE_OPTIONS: `--import ${without}` }
    const off = startLopo(['start'], { ...house.settings, ...options, WHATSAPP_ENABLED: 'no' })
    await off.until(/Web chat:/)
    expect(await off.end('SIGTERM')).toBe(0)
    const on = startLopo(['start'], { ...house.settings, ...options })
    expect(await on.ended()).toBe(1)
    expect(on.output()).toContain('@whiskeysockets/baileys is not installed')
  }, 60_000)
})
