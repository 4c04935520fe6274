import pino from 'pino'
import { describe, expect, it } from 'vitest'
import type { Address } from '../../src/channels/channel.ts'
import { createTelegramChannel } from '../../src/channels/telegram.ts'
import { setUpTelegram } from '../support/bot-api/telegram-setup.ts'

const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(500, 1)])

describe('createTelegramChannel, polling', () => {
  it('goes by the id in front of its token and refuses a malformed one', async () => {
    await using telegram = await setUpTelegram()
    expect(telegram.channel.account).toBe('5399000001')
    const deps = { media: { save: neverCalled, read: neverCalled }, commands: [], log: silent }
    expect(() => createTelegramChannel({ ...deps, token: 'rahasia' })).toThrow('TELEGRAM_TOKEN')
  })

  it('receives what people wrote before and after it started, and confirms it', async () => {
    await using telegram = await setUpTelegram()
    const { server } = telegram
    server.person(1).say('halo')
    await telegram.start()
    await telegram.receivedCount(1)
    server.person(2).say('/menu')
    const received = await telegram.receivedCount(2)
    expect(received.map(({ from, content }) => [from.id, content])).toEqual([
      ['1', { type: 'text', text: 'halo' }],
      ['2', { type: 'text', text: 'menu' }],
    ])
    await server.until(() => server.world.queue.pending().length === 0, 'all is confirmed')
  })

  it('tells Telegram its commands and takes a webhook of before away', async () => {
    await using telegram = await setUpTelegram()
    telegram.server.world.webhook.set({ url: 'http://127.0.0.1:9/', secret: 'x' })
    await telegram.start()
    expect(telegram.server.world.commands).toEqual([{ command: 'menu', description: 'Menu utama' }])
    expect(telegram.server.world.webhook.current()).toBeUndefined()
    telegram.server.person(1).say('halo')
    await telegram.receivedCount(1)
  })

  it('starts even when Telegram does not take the commands', async () => {
    await using telegram = await setUpTelegram()
    telegram.server.fail(
      { method: 'setMyCommands' },
      { type: 'error', code: 429, description: 'x', retryAfter: 9 },
    )
    await telegram.start()
    telegram.server.person(1).say('halo')
    await telegram.receivedCount(1)
  })

  it('stays silent about groups', async () => {
    await using telegram = await setUpTelegram()
    await telegram.start()
    telegram.server.person(1).sayInGroup(-100, 'halo semua')
    telegram.server.person(1).say('halo bot')
    expect(await telegram.receivedCount(1)).toMatchObject([{ content: { text: 'halo bot' } }])
  })

  it('keeps a photo and hands it over with its caption', async () => {
    await using telegram = await setUpTelegram()
    await telegram.start()
    telegram.server.person(1).sendPhoto(jpeg, 'kios saya')
    const [message] = await telegram.receivedCount(1)
    expect(message?.content).toEqual({
      type: 'media',
      media: { id: 'file1', type: 'photo', mime: 'image/jpeg' },
      caption: 'kios saya',
    })
    expect(Buffer.from(telegram.files.get('file1')!.bytes).equals(jpeg)).toBe(true)
  })

  it('keeps a file as part of the chat, and none when the chat has sent too many', async () => {
    const owners: Address[] = []
    const save = async (_: unknown, owner: Address) => {
      owners.push(owner)
      return 'too_much' as const
    }
    await using telegram = await setUpTelegram({ media: { save, read: async () => undefined } })
    await telegram.start()
    telegram.server.person(1).sendPhoto(jpeg)
    const [message] = await telegram.receivedCount(1)
    expect(message?.content).toEqual({ type: 'unreadable', what: 'too_large' })
    expect(owners).toEqual([message?.from])
  })

  it('keeps a document as what it is, not as what it is called', async () => {
    await using telegram = await setUpTelegram()
    await telegram.start()
    telegram.server.person(1).sendDocument(Buffer.from('%PDF-1.7 x'), 'foto.jpg')
    await telegram.receivedCount(1)
    expect(telegram.files.get('file1')).toMatchObject({ mime: 'application/pdf', name: 'foto.jpg' })
  })

  it('does not fetch what is too large, whatever Telegram says of its size', async () => {
    await using telegram = await setUpTelegram()
    await telegram.start()
    const person = telegram.server.person(1)
    person.sendPhoto(jpeg, '', { claimedSize: 10_485_761 })
    person.sendDocument(Buffer.alloc(10_485_761), 'a.bin', { claimedSize: 5 })
    const received = await telegram.receivedCount(2)
    for (const { content } of received) expect(content).toEqual({ type: 'unreadable', what: 'too_large' })
    expect([telegram.files.size, telegram.server.count('download')]).toEqual([0, 1])
  })

  it('says other of a file that Telegram does not give, and tries again when the way there failed', async () => {
    await using telegram = await setUpTelegram()
    const { server } = telegram
    await telegram.start()
    server.fail(
      { method: 'getFile', times: 1 },
      { type: 'error', code: 400, description: 'Bad Request: invalid file_id' },
    )
    server.person(1).sendPhoto(jpeg)
    expect(await telegram.receivedCount(1)).toMatchObject([{ content: { what: 'other' } }])
    server.fail({ method: 'download', times: 1 }, { type: 'cut', when: 'before' })
    server.person(1).sendPhoto(jpeg)
    expect((await telegram.receivedCount(2))[1]?.content.type).toBe('media')
    expect(server.count('download')).toBe(2)
  })

  it('gives a file up that fails again and again, so that the person gets an answer', async () => {
    await using telegram = await setUpTelegram()
    const { server } = telegram
    server.fail({ method: 'download' }, { type: 'error', code: 500, description: 'Internal Server Error' })
    server.person(1).sendPhoto(jpeg)
    await telegram.start()
    expect(await telegram.receivedCount(1)).toMatchObject([{ content: { what: 'other' } }])
    expect([server.count('download'), telegram.received.length]).toEqual([3, 1])
  })

  it('tells the other kinds apart', async () => {
    await using telegram = await setUpTelegram()
    await telegram.start()
    const person = telegram.server.person(1)
    const id = person.say('lama')
    person.sticker()
    person.voice()
    person.video()
    person.contact('080000000000')
    person.location(-10.17, 123.6)
    person.edit(id, 'baru')
    person.forward('terusan')
    const received = await telegram.receivedCount(8)
    expect(
      received.map(({ content }) => (content.type === 'unreadable' ? content.what : content.type)),
    ).toEqual(['text', 'sticker', 'voice', 'video', 'contact', 'location', 'edited', 'text'])
    expect(new Set(received.map(({ externalId }) => externalId)).size).toBe(8)
  })

  it('answers a pressed button at once, even one that Telegram has forgotten', async () => {
    await using telegram = await setUpTelegram()
    const { server, channel } = telegram
    await telegram.start()
    const person = server.person(1)
    await channel.send(addressOf(1), { text: 'Pilih', options: [{ label: 'Bansos', value: 'b:1' }] }, '1')
    const pressed = person.press('Bansos')
    expect(await telegram.receivedCount(1)).toMatchObject([
      { externalId: `c${pressed}`, content: { value: 'b:1' } },
    ])
    await server.until(() => server.world.callbacks.get(pressed) !== undefined, 'the press is answered')
    server.world.callbacks.delete(person.press('Bansos'))
    await telegram.receivedCount(2)
    await server.until(() => server.count('answerCallbackQuery') === 2, 'it was tried')
  })

  it('keeps the order within a chat while other chats go on', async () => {
    await using telegram = await setUpTelegram()
    const gate = Promise.withResolvers<void>()
    telegram.beforeReceive = async ({ from, content }) => {
      if (from.id === '1' && content.type === 'text' && content.text === 'a') await gate.promise
    }
    const { server } = telegram
    server.person(1).say('a')
    server.person(2).say('x')
    server.person(1).say('b')
    server.person(2).say('y')
    await telegram.start()
    const others = await telegram.receivedCount(2)
    expect(others.map(({ from }) => from.id)).toEqual(['2', '2'])
    expect(server.world.queue.pending()).toHaveLength(4)
    gate.resolve()
    const received = await telegram.receivedCount(4)
    const texts = (id: string) =>
      received.filter(({ from }) => from.id === id).map(({ content }) => textOf(content))
    expect([texts('1'), texts('2')]).toEqual([
      ['a', 'b'],
      ['x', 'y'],
    ])
  })

  it('loses nothing and hands nothing over twice when a message could not be kept', async () => {
    await using telegram = await setUpTelegram()
    let failures = 3
    telegram.beforeReceive = async ({ content }) => {
      if (textOf(content) !== 'a') return
      failures -= 1
      if (failures >= 0) throw new Error('the database is away')
    }
    const { server } = telegram
    server.person(1).say('a')
    server.person(2).say('x')
    server.person(1).say('b')
    await telegram.start()
    const received = await telegram.receivedCount(3)
    expect(received.map(({ content }) => textOf(content))).toEqual(['x', 'a', 'b'])
    await server.until(() => server.world.queue.pending().length === 0, 'all is confirmed')
    expect(telegram.pauses).toEqual([500, 1_000, 2_000])
    expect(telegram.received).toHaveLength(3)
  })

  it('lets one chat that fails for long hold up the others for five seconds at most', async () => {
    await using telegram = await setUpTelegram()
    const { server } = telegram
    let isBroken = true
    telegram.beforeReceive = async ({ from }) => {
      if (isBroken && from.id === '1') throw new Error('cannot be kept')
    }
    server.person(1).say('a')
    await telegram.start()
    await server.until(() => telegram.pauses.length >= 8, 'it failed eight times')
    server.person(2).say('x')
    await telegram.receivedCount(1)
    isBroken = false
    const received = await telegram.receivedCount(2)
    expect(received.map(({ content }) => textOf(content))).toEqual(['x', 'a'])
    expect(Math.max(...telegram.pauses)).toBe(5_000)
  })

  it('passes over an update that cannot be read', async () => {
    await using telegram = await setUpTelegram()
    telegram.server.world.queue.push('message', 1, { message_id: 'x' })
    telegram.server.person(1).say('halo')
    await telegram.start()
    expect(await telegram.receivedCount(1)).toMatchObject([{ content: { text: 'halo' } }])
  })

  it('goes on after the network came back, with longer and longer pauses', async () => {
    await using telegram = await setUpTelegram()
    const { server } = telegram
    await telegram.start()
    await server.until(() => server.world.queue.isPolled(), 'it polls')
    await server.pause()
    await server.until(() => telegram.pauses.length >= 8, 'it tried eight times')
    server.person(1).say('halo')
    await server.resume()
    await telegram.receivedCount(1)
    expect(telegram.pauses.slice(0, 8)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
  })

  it('waits as long as Telegram asks', async () => {
    await using telegram = await setUpTelegram()
    const { server } = telegram
    server.fail(
      { method: 'getUpdates', times: 1 },
      { type: 'error', code: 429, description: 'x', retryAfter: 7 },
    )
    await telegram.start()
    server.person(1).say('halo')
    await telegram.receivedCount(1)
    expect(telegram.pauses).toEqual([7_000])
  })

  it('starts while Telegram is away, and connects when it is back', async () => {
    await using telegram = await setUpTelegram()
    const { server } = telegram
    await server.pause()
    await telegram.start()
    await server.until(() => telegram.pauses.length >= 2, 'it tried twice')
    server.person(1).say('halo')
    await server.resume()
    await telegram.receivedCount(1)
    expect(server.world.commands).toHaveLength(1)
  })

  it('gives up when Telegram is back but refuses the token', async () => {
    await using telegram = await setUpTelegram()
    const { server } = telegram
    server.fail({ method: 'getMe', times: 1 }, { type: 'cut', when: 'before' })
    server.fail({ method: 'getMe' }, { type: 'error', code: 401, description: 'Unauthorized' })
    await telegram.start()
    await server.until(() => telegram.fatal.length > 0, 'it gave up')
    expect(telegram.fatal[0]?.message).toContain('check TELEGRAM_TOKEN')
    expect(server.count('getUpdates')).toBe(0)
  })

  it('stops with a clear reason when another process polls in its place', async () => {
    await using telegram = await setUpTelegram()
    const { server } = telegram
    await telegram.start()
    await server.until(() => server.world.queue.isPolled(), 'it polls')
    await fetch(`${server.apiRoot}/bot${server.token}/getUpdates`)
    await server.until(() => telegram.fatal.length > 0, 'it gave up')
    expect(telegram.fatal.map(({ message }) => message)).toEqual([expect.stringContaining('another process')])
    expect(telegram.logLines.some((line) => line.includes('another process'))).toBe(true)
    expect(server.world.queue.isPolled()).toBe(false)
  })

  it('does not start with a token that Telegram refuses, and never tells the token', async () => {
    const token = '5399000002:AAwrong-secret'
    await using telegram = await setUpTelegram({ token })
    const failure = await telegram.start().then(() => undefined, String)
    expect(failure).toContain('check TELEGRAM_TOKEN')
    await telegram.server.pause()
    await telegram.channel.send(addressOf(1), { text: 'x' }, '1').catch(() => undefined)
    expect(`${failure}${telegram.logLines.join('')}`).not.toContain('AAwrong')
  })

  it('writes neither the token nor a message into the log when things fail', async () => {
    await using telegram = await setUpTelegram()
    const { server } = telegram
    server.fail({ method: 'download', times: 1 }, { type: 'cut', when: 'before' })
    server.fail({ method: 'getUpdates', times: 2 }, { type: 'cut', when: 'before' })
    server.person(1).sendPhoto(jpeg, 'rahasia kami')
    await telegram.start()
    await telegram.receivedCount(1)
    const log = telegram.logLines.join('')
    expect(log).toContain('telegram failed while receiving')
    expect(log).toContain('telegram failed while polling')
    expect(log).not.toContain(server.token)
    expect(log).not.toContain('rahasia kami')
  })

  it('finishes what it is receiving when it is stopped, and confirms it', async () => {
    await using telegram = await setUpTelegram()
    const gate = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    telegram.beforeReceive = async () => {
      begun.resolve()
      await gate.promise
    }
    const { server } = telegram
    server.person(1).say('halo')
    await telegram.start()
    await begun.promise
    const stopped = telegram.channel.stop()
    gate.resolve()
    await stopped
    expect([telegram.received.length, server.world.queue.pending().length]).toEqual([1, 0])
    server.person(1).say('nanti')
    await telegram.start()
    expect(await telegram.receivedCount(2)).toMatchObject([{}, { content: { text: 'nanti' } }])
  })

  it('stops at once while it waits for messages', async () => {
    await using telegram = await setUpTelegram()
    await telegram.start()
    await telegram.server.until(() => telegram.server.world.queue.isPolled(), 'it polls')
    await telegram.channel.stop()
    await telegram.server.until(() => !telegram.server.world.queue.isPolled(), 'it polls no more')
    expect(telegram.logLines.join('')).not.toContain('"level":50')
  })
})

function addressOf(id: number) {
  return { channel: 'telegram', account: '5399000001', id: String(id) } as const
}

function textOf(content: { readonly type: string; readonly text?: string }): string | undefined {
  return content.text
}

const silent = pino({ level: 'silent' })

async function neverCalled(): Promise<never> {
  throw new Error('not called')
}
