import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Address, type Channel, type OutgoingMessage, SendError } from '../../src/channels/channel.ts'
import { createConversation } from '../../src/conversation/conversation.ts'
import { createConversationStore } from '../../src/conversation/store.ts'
import { emptySession } from '../../src/flow/session.ts'
import { openTestApp, seatResident, type TestApp } from '../support/test-app.ts'

let app: TestApp

beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

/** A channel whose sends the test decides on. */
function createFakeChannel(send: (to: Address, message: OutgoingMessage) => Promise<void>): Channel {
  return {
    name: 'whatsapp',
    account: randomUUID(),
    start: async () => undefined,
    async send(to, message, id) {
      await send(to, message)
      return { externalId: `x${id}` }
    },
    stop: async () => undefined,
  }
}

const textFrom = (channel: Channel, text: string, id = 'someone', externalId: string = randomUUID()) => ({
  from: { channel: channel.name, account: channel.account, id },
  externalId,
  sentAt: new Date(),
  content: { type: 'text' as const, text },
})

const rowsOf = async (sql: string, values: unknown[] = []) =>
  (await app.storage.database.pool.query(sql, values)).rows

/** Another process on the same database, with a clock of its own. */
const converseAt = (now: () => Date, house = app.house) =>
  createConversation({
    store: createConversationStore(app.storage.database),
    house,
    sealer: app.storage.keyring,
    log: app.log,
    now,
    notify: async () => undefined,
  })

describe('createConversation', () => {
  it('shows the notice once, provably, and then the menu', async () => {
    const resident = await seatResident(app)
    const first = await resident.say('halo')
    expect(first).toHaveLength(2)
    expect(first[0]).toContain('Ini bot')
    expect(first[1]).toContain('1. Cek status bantuan sosial')
    expect(await resident.say('menu')).toHaveLength(1)
    const [proof] = await rowsOf(
      'SELECT n.* FROM notice_shown n JOIN chat c ON c.id = n.chat_id WHERE c.external_id = $1',
      [resident.channel.address.id],
    )
    expect(proof).toMatchObject({ version: '2026-12-1', text_hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
  })

  it('answers a message once, however often the platform repeats it', async () => {
    const said: string[] = []
    const channel = createFakeChannel(async (_, { text }) => void said.push(text))
    app.conversation.attach(channel)
    const message = textFrom(channel, 'menu')
    await Promise.all([1, 2, 3].map(() => app.conversation.receive(message)))
    await app.conversation.receive(message)
    await app.conversation.idle()
    expect(said).toHaveLength(2)
  })

  it('answers a burst of one chat in the order it came', async () => {
    const said: string[] = []
    const channel = createFakeChannel(async (_, { text }) => void said.push(text))
    app.conversation.attach(channel)
    for (const text of ['menu', '2', '1', 'menu', 'cek bot'])
      await app.conversation.receive(textFrom(channel, text))
    await app.conversation.idle()
    const answers = said.slice(1).map((text) => text.split('\n')[0])
    expect(answers[0]).toContain('Ada yang bisa kami bantu')
    expect(answers[1]).toContain('Mau tahu tentang apa')
    expect(answers[2]).toContain('PKH')
    expect(answers.at(-1)).toContain('tidak pernah meminta')
  })

  it('keeps the order when a send fails for now, and sends on when the channel is back', async () => {
    const said: string[] = []
    let broken = true
    const channel = createFakeChannel(async (_, { text }) => {
      if (broken) throw new SendError('unavailable')
      said.push(text)
    })
    let now = new Date()
    const conversation = converseAt(() => now)
    conversation.attach(channel)
    await conversation.receive(textFrom(channel, 'menu'))
    await conversation.idle()
    await conversation.receive(textFrom(channel, '2'))
    await conversation.idle()
    expect(said).toEqual([])
    broken = false
    now = new Date(now.getTime() + 3_600_000)
    await conversation.sweep()
    await conversation.idle()
    expect(said.map((text) => text.split('\n')[0])).toEqual([
      expect.stringContaining('Selamat datang'),
      expect.stringContaining('Ada yang bisa'),
      expect.stringContaining('Mau tahu'),
    ])
  })

  it('stops writing to a person who blocked the bot, and starts again when they write', async () => {
    let blocked = true
    let sends = 0
    const channel = createFakeChannel(async () => {
      sends += 1
      if (blocked) throw new SendError('stopped')
    })
    app.conversation.attach(channel)
    await app.conversation.receive(textFrom(channel, 'menu'))
    await app.conversation.idle()
    expect(sends).toBe(1)
    const state = async () =>
      (await rowsOf('SELECT state FROM chat WHERE account = $1', [channel.account]))[0]?.state
    expect(await state()).toBe('stopped')
    blocked = false
    await app.conversation.receive(textFrom(channel, 'menu'))
    await app.conversation.idle()
    expect(await state()).toBe('active')
    expect(sends).toBe(2)
  })

  it('sends a reply again when nobody knows whether it arrived', async () => {
    let tries = 0
    const channel = createFakeChannel(async () => {
      tries += 1
      throw new SendError('unknown')
    })
    app.conversation.attach(channel)
    await app.conversation.receive(textFrom(channel, 'menu'))
    await app.conversation.idle()
    const unsettled = `SELECT o.status FROM outbox_message o JOIN chat c ON c.id = o.chat_id
      WHERE c.account = $1 AND o.settled_at IS NULL`
    expect(await rowsOf(unsettled, [channel.account])).toHaveLength(2)
    await app.storage.database.pool.query(
      `UPDATE outbox_message SET next_attempt_at = now() - interval '1 s'
       WHERE chat_id = (SELECT id FROM chat WHERE account = $1)`,
      [channel.account],
    )
    await app.conversation.sweep()
    await app.conversation.idle()
    expect(tries).toBe(2)
  })

  it('apologises and sets a message aside that fails again and again, so that the chat goes on', async () => {
    const said: string[] = []
    const channel = createFakeChannel(async (_, { text }) => void said.push(text))
    const failing = { ...app.house(), actions: {} }
    let now = new Date()
    const conversation = converseAt(
      () => now,
      () => failing,
    )
    conversation.attach(channel)
    for (const text of ['menu', 'cek bot', 'menu']) await conversation.receive(textFrom(channel, text))
    await conversation.idle()
    for (let sweep = 0; sweep < 4; sweep += 1) {
      now = new Date(now.getTime() + 5_000)
      await conversation.sweep()
      await conversation.idle()
    }
    expect(said.at(-2)).toContain('gangguan')
    expect(said.at(-1)).toContain('Ada yang bisa')
  })

  it('gives up a message that cannot be opened, and begins a session anew that cannot', async () => {
    const said: string[] = []
    const channel = createFakeChannel(async (_, { text }) => void said.push(text))
    app.conversation.attach(channel)
    await app.conversation.receive(textFrom(channel, 'menu'))
    await app.conversation.idle()
    const { pool } = app.storage.database
    const chat = "(SELECT id FROM chat WHERE account = $1 AND external_id = 'someone')"
    await pool.query("UPDATE chat SET session = 'rusak' WHERE account = $1", [channel.account])
    await pool.query(
      `INSERT INTO inbox_message (chat_id, external_id, sent_at, received_at, body)
       VALUES (${chat}, 'x', now(), now() - interval '1 minute', 'rusak')`,
      [channel.account],
    )
    await pool.query(`INSERT INTO outbox_message (chat_id, body) VALUES (${chat}, 'rusak')`, [
      channel.account,
    ])
    for (let sweep = 0; sweep < 4; sweep += 1) {
      await app.conversation.sweep()
      await app.conversation.idle()
    }
    expect(said.at(-1)).toContain('gangguan')
    await app.conversation.receive(textFrom(channel, '2'))
    await app.conversation.idle()
    expect(said.at(-1)).not.toContain('gangguan')
    const address = { channel: channel.name, account: channel.account, id: 'someone' }
    expect((await app.conversation.history(address)).length).toBeGreaterThan(3)
    const left = `SELECT status, failure FROM outbox_message WHERE chat_id = ${chat} AND status <> 'sent'`
    expect(await rowsOf(left, [channel.account])).toEqual([{ status: 'failed', failure: 'unreadable' }])
  })

  it('answers all that a crash left in a chat, in order, and what comes after it', async () => {
    const said: string[] = []
    const channel = createFakeChannel(async (_, { text }) => void said.push(text))
    const store = createConversationStore(app.storage.database)
    const left = (text: string) => {
      const { from, externalId, sentAt } = textFrom(channel, text)
      const body = app.storage.keyring.seal(JSON.stringify({ type: 'text', text }))
      return store.receive({ from, externalId, sentAt, receivedAt: new Date(), body })
    }
    for (const text of ['menu', '2', '1']) await left(text)
    app.conversation.attach(channel)
    await app.conversation.receive(textFrom(channel, 'cek bot'))
    await app.conversation.idle()
    expect(said.map((text) => text.split('\n')[0]?.slice(0, 12))).toEqual([
      'Selamat data',
      'Ada yang bis',
      'Mau tahu ten',
      'PKH (Program',
      'Ada lagi yan',
      'Alamat resmi',
      'Kami tidak p',
    ])
  })

  it('lets nothing overtake an answer that could not be sent', async () => {
    const said: string[] = []
    let failures = 1
    const channel = createFakeChannel(async (_, { text }) => {
      failures -= 1
      if (failures >= 0) throw new SendError('too_fast', { retryAfter: 60 })
      said.push(text)
    })
    let now = new Date()
    const conversation = converseAt(() => now)
    conversation.attach(channel)
    for (const text of ['menu', '2']) {
      await conversation.receive(textFrom(channel, text))
      await conversation.idle()
    }
    await conversation.sweep()
    await conversation.idle()
    expect(said).toEqual([])
    now = new Date(now.getTime() + 61_000)
    await conversation.sweep()
    await conversation.idle()
    expect(said.map((text) => text.slice(0, 8))).toEqual(['Selamat ', 'Ada yang', 'Mau tahu'])
  })

  it('gives a message up that could not be sent for a day', async () => {
    const channel = createFakeChannel(async () => {
      throw new SendError('unavailable')
    })
    let now = new Date()
    const conversation = converseAt(() => now)
    conversation.attach(channel)
    await conversation.receive(textFrom(channel, 'menu'))
    await conversation.idle()
    const failed = `SELECT o.failure FROM outbox_message o JOIN chat c ON c.id = o.chat_id
      WHERE c.account = $1 AND o.status = 'failed'`
    now = new Date(now.getTime() + 23 * 3_600_000)
    await conversation.sweep()
    await conversation.idle()
    expect(await rowsOf(failed, [channel.account])).toEqual([])
    now = new Date(now.getTime() + 2 * 3_600_000)
    await conversation.sweep()
    await conversation.idle()
    expect(await rowsOf(failed, [channel.account])).toEqual([
      { failure: 'unavailable' },
      { failure: 'unavailable' },
    ])
  })

  it('keeps the order of first messages that come all at once, and makes one contact', async () => {
    const channel = createFakeChannel(async () => undefined)
    app.conversation.attach(channel)
    const before = (await rowsOf('SELECT count(*)::int AS n FROM contact'))[0]?.n
    const ids = Array.from({ length: 10 }, (_, index) => `m${index}`)
    await Promise.all(ids.map((id) => app.conversation.receive(textFrom(channel, 'menu', 'baru', id))))
    await app.conversation.idle()
    const sql = `SELECT i.external_id FROM inbox_message i JOIN chat c ON c.id = i.chat_id
      WHERE c.account = $1 ORDER BY i.id`
    expect((await rowsOf(sql, [channel.account])).map((row) => row.external_id)).toEqual(ids)
    expect((await rowsOf('SELECT count(*)::int AS n FROM contact'))[0]?.n).toBe(before + 1)
  })

  it('has the platform forget an answer to a secret question, also a day later', async () => {
    const forgotten: string[] = []
    const channel = {
      ...createFakeChannel(async () => undefined),
      deleteIncoming: async (_: Address, externalId: string) => void forgotten.push(externalId),
    }
    let now = new Date()
    const conversation = converseAt(
      () => now,
      () => secretHouse,
    )
    const secretHouse = app.house()
    conversation.attach(channel)
    await conversation.receive(textFrom(channel, 'menu'))
    await conversation.idle()
    const at = { flow: 'bansos', step: 'nik_tail', hash: secretHouse.flows.flows.get('bansos')?.hash }
    const session = {
      ...emptySession(),
      ...at,
      values: { birth_date: '1980-08-17', kelurahan: '53.71.03.1011' },
    }
    await app.storage.database.pool.query('UPDATE chat SET session = $2 WHERE account = $1', [
      channel.account,
      app.storage.keyring.seal(JSON.stringify(session)),
    ])
    now = new Date(now.getTime() + 48 * 3_600_000)
    await conversation.receive(textFrom(channel, '0011', 'someone', 'rahasia'))
    await conversation.idle()
    expect(forgotten).toEqual(['rahasia'])
    const history = await conversation.history({
      channel: 'whatsapp',
      account: channel.account,
      id: 'someone',
    })
    expect(history.filter(({ from }) => from === 'person').at(-1)?.text).toBe('••••')
  })

  it('says so when a message was waiting while the bot was off', async () => {
    const said: string[] = []
    const channel = createFakeChannel(async (_, { text }) => void said.push(text))
    app.conversation.attach(channel)
    const sentAt = new Date(Date.now() - 3_600_000)
    await app.conversation.receive({ ...textFrom(channel, 'menu'), sentAt })
    await app.conversation.idle()
    expect(said).toContainEqual(expect.stringContaining('baru kami terima'))
  })

  it('keeps nothing of what was written in the clear', async () => {
    const resident = await seatResident(app)
    await resident.say('petugas')
    await resident.say('NIK saya 5399010101800001, tolong rahasia-sekali')
    const found = await rowsOf(`SELECT 1 FROM inbox_message WHERE
      position('rahasia-sekali'::bytea IN coalesce(body, ''::bytea)) > 0
      OR position('rahasia-sekali'::bytea IN coalesce(transcript, ''::bytea)) > 0`)
    expect(found).toEqual([])
    const history = await app.conversation.history(resident.channel.address)
    const written = history.filter(({ from }) => from === 'person').at(-1)
    expect(written?.text).toContain('rahasia-sekali')
    expect(written?.text).not.toMatch(/\d{6}/)
  })

  it('shows the history in order, and what the bot said since', async () => {
    const resident = await seatResident(app)
    await resident.say('menu')
    await resident.say('2')
    const history = await app.conversation.history(resident.channel.address)
    expect(history.map(({ from }) => from)).toEqual(['person', 'bot', 'bot', 'person', 'bot'])
    const since = await app.conversation.history(resident.channel.address, history[2]!.id)
    expect(since.map(({ id }) => id)).toEqual([history[4]!.id])
  })

  it('tells a chat of another process through a signal', async () => {
    const resident = await seatResident(app)
    await resident.say('menu')
    const chatId = await createConversationStore(app.storage.database).chatAt(resident.channel.address)
    const woken = Promise.withResolvers<string>()
    await app.signals.on('outbox', (payload) => woken.resolve(payload))
    await app.conversation.tell(chatId!, [{ text: 'Kabar dari petugas.' }])
    expect(await woken.promise).toBe(String(chatId))
    await app.conversation.wake(chatId!)
    expect((await app.conversation.history(resident.channel.address)).at(-1)?.text).toBe(
      'Kabar dari petugas.',
    )
  })
})
