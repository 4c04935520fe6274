import { describe, expect, it } from 'vitest'
import { type Media, type OutgoingMessage, SendError } from '../../src/channels/channel.ts'
import type { Fault } from '../support/bot-api/faults.ts'
import { setUpTelegram, type TelegramSetup } from '../support/bot-api/telegram-setup.ts'

const to = { channel: 'telegram', account: '5399000001', id: '1' } as const
const unavailable: Fault = { type: 'error', code: 500, description: 'Internal Server Error' }

async function failureOf(telegram: TelegramSetup, message: OutgoingMessage): Promise<SendError> {
  const failure = await telegram.channel.send(to, message, '1').then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(failure instanceof SendError)) throw new Error(`not a SendError: ${failure}`)
  return failure
}

function keepFile(telegram: TelegramSetup, id: string, bytes: string, mime = 'image/jpeg'): Media {
  telegram.files.set(id, { mime, bytes: new Uint8Array(Buffer.from(bytes)) })
  return { id, type: mime.startsWith('image/') ? 'photo' : 'document', mime }
}

describe('createTelegramChannel, sending', () => {
  it('sends a text with buttons and answers its id', async () => {
    await using telegram = await setUpTelegram()
    const person = telegram.server.person(1)
    const message = { text: 'Pilih <b>', options: [{ label: 'Bansos', value: 'b' }] }
    const receipt = await telegram.channel.send(to, message, '1')
    expect(person.inbox).toMatchObject([{ text: 'Pilih <b>', keyboard: [[{ label: 'Bansos', data: 'b' }]] }])
    expect(receipt).toEqual({ externalId: `m${person.inbox[0]?.messageId}` })
  })

  it('asks for no preview, which would use up a link for one use', async () => {
    await using telegram = await setUpTelegram()
    telegram.server.person(1)
    await telegram.channel.send(to, { text: 'https://lopo.example/periksa/x' }, '1')
    expect(telegram.server.lastCall('sendMessage')).toMatchObject({
      link_preview_options: { is_disabled: true },
    })
  })

  it('sends a long text in order, the buttons last, and answers the last id', async () => {
    await using telegram = await setUpTelegram()
    const person = telegram.server.person(1)
    const text = Array.from({ length: 1_500 }, (_, index) => `baris${index}`).join('\n')
    const receipt = await telegram.channel.send(to, { text, options: [{ label: 'Ya', value: 'y' }] }, '1')
    expect(person.inbox.map((message) => message.text).join('\n')).toBe(text)
    expect(person.inbox.map(({ keyboard }) => keyboard.length)).toEqual([0, 0, 0, 1])
    expect(receipt.externalId).toBe(`m${person.inbox.at(-1)?.messageId}`)
  })

  it('sends a photo, a document and an album with their content', async () => {
    await using telegram = await setUpTelegram()
    const person = telegram.server.person(1)
    const photo = keepFile(telegram, 'a', 'photo a')
    const other = keepFile(telegram, 'b', 'photo b')
    const letter = { ...keepFile(telegram, 'c', '%PDF-', 'application/pdf'), name: 'surat "ku";\r\n.pdf' }
    await telegram.channel.send(
      to,
      { text: 'satu', media: [photo], options: [{ label: 'Ya', value: 'y' }] },
      '1',
    )
    await telegram.channel.send(to, { text: '', media: [letter] }, '2')
    const last = await telegram.channel.send(to, { text: 'album', media: [photo, other] }, '3')
    expect(person.inbox.map(({ kind, text, file }) => [kind, text, file?.bytes.toString()])).toEqual([
      ['photo', 'satu', 'photo a'],
      ['document', '', '%PDF-'],
      ['photo', 'album', 'photo a'],
      ['photo', '', 'photo b'],
    ])
    expect(person.inbox[0]?.keyboard).toEqual([[{ label: 'Ya', data: 'y' }]])
    expect(person.inbox[1]?.file?.name).toBe('surat _ku____.pdf')
    expect(person.inbox[3]?.mediaGroupId).toBe(person.inbox[2]?.mediaGroupId)
    expect(last.externalId).toBe(`m${person.inbox[3]?.messageId}`)
  })

  it.each<[string, Fault, string, number | undefined]>([
    [
      '403',
      { type: 'error', code: 403, description: 'Forbidden: bot was blocked by the user' },
      'stopped',
      undefined,
    ],
    [
      '400 deactivated',
      { type: 'error', code: 400, description: 'Bad Request: user is deactivated' },
      'stopped',
      undefined,
    ],
    [
      'another 400',
      { type: 'error', code: 400, description: 'Bad Request: message is too long' },
      'refused',
      undefined,
    ],
    ['429', { type: 'error', code: 429, description: 'Too Many Requests', retryAfter: 17 }, 'too_fast', 17],
    ['500', unavailable, 'unavailable', undefined],
    ['502', { type: 'error', code: 502, description: 'Bad Gateway' }, 'unavailable', undefined],
    ['a cut before it was done', { type: 'cut', when: 'before' }, 'unknown', undefined],
    ['a cut after it was done', { type: 'cut', when: 'after' }, 'unknown', undefined],
  ])('tells %s by its kind', async (_what, fault, kind, retryAfter) => {
    await using telegram = await setUpTelegram()
    telegram.server.person(1)
    telegram.server.fail({ method: 'sendMessage' }, fault)
    expect(await failureOf(telegram, { text: 'x' })).toMatchObject({ kind, retryAfter })
    expect(telegram.server.count('sendMessage')).toBe(1)
  })

  it('does not know of a broadcast or a post whether it went, where Telegram failed after it had the call', async () => {
    await using telegram = await setUpTelegram()
    telegram.server.person(1)
    telegram.server.fail({ method: 'sendMessage' }, unavailable)
    const [to, message] = [{ channel: 'telegram', account: 'main', id: '1' } as const, { text: 'x' }]
    const as = (purpose: 'notice' | 'broadcast') => ({ token: '0123456789abcdef', purpose })
    await expect(telegram.channel.send(to, message, '1', as('broadcast'))).rejects.toMatchObject({
      kind: 'unknown',
    })
    await expect(telegram.channel.post('1', message, as('broadcast'))).rejects.toMatchObject({
      kind: 'unknown',
    })
    await expect(telegram.channel.send(to, message, '1', as('notice'))).rejects.toMatchObject({
      kind: 'unavailable',
    })
  })

  it('does not know whether a message went that Telegram never answered', async () => {
    await using telegram = await setUpTelegram({ callTimeout: 0.05 })
    telegram.server.person(1)
    telegram.server.fail({ method: 'sendMessage' }, { type: 'hang', when: 'after' })
    expect(await failureOf(telegram, { text: 'x' })).toMatchObject({ kind: 'unknown' })
    expect(telegram.server.person(1).inbox).toHaveLength(1)
  })

  it('knows that nothing went when there is no connection', async () => {
    await using telegram = await setUpTelegram()
    await telegram.server.pause()
    expect(await failureOf(telegram, { text: 'x' })).toMatchObject({ kind: 'unavailable', retryable: true })
    await telegram.server.resume()
  })

  it('tells a chat that is not there or has blocked the bot as stopped', async () => {
    await using telegram = await setUpTelegram()
    expect(await failureOf(telegram, { text: 'x' })).toMatchObject({ kind: 'stopped', retryable: false })
    telegram.server.person(1).block()
    expect(await failureOf(telegram, { text: 'x' })).toMatchObject({ kind: 'stopped' })
  })

  it('slows down by what a strict server says', async () => {
    await using telegram = await setUpTelegram({
      server: { limits: { overall: 30, perChat: 1 }, now: () => 0 },
    })
    telegram.server.person(1)
    await telegram.channel.send(to, { text: 'satu' }, '1')
    expect(await failureOf(telegram, { text: 'dua' })).toMatchObject({ kind: 'too_fast', retryAfter: 1 })
  })

  it('refuses an empty message, a button that carries too much, and a file that is gone', async () => {
    await using telegram = await setUpTelegram()
    telegram.server.person(1)
    expect(await failureOf(telegram, { text: ' ' })).toMatchObject({ kind: 'refused' })
    const options = [{ label: 'x', value: 'x'.repeat(65) }]
    expect(await failureOf(telegram, { text: 'x', options })).toMatchObject({ kind: 'refused' })
    const media = [{ id: 'gone', type: 'photo', mime: 'image/jpeg' } as const]
    expect(await failureOf(telegram, { text: 'x', media })).toMatchObject({ kind: 'refused' })
  })

  it('calls a message half sent unknown, whatever stopped it', async () => {
    await using telegram = await setUpTelegram()
    const person = telegram.server.person(1)
    telegram.server.fail({ method: 'sendMessage', after: 1 }, unavailable)
    expect(await failureOf(telegram, { text: 'a'.repeat(5_000) })).toMatchObject({
      kind: 'unknown',
      retryable: false,
    })
    expect(person.inbox).toHaveLength(1)
  })

  it('keeps the message and the token out of its errors', async () => {
    await using telegram = await setUpTelegram()
    const faults: Fault[] = [unavailable, { type: 'cut', when: 'before' }]
    for (const fault of faults) {
      telegram.server.fail({ times: 1 }, fault)
      const failure = await failureOf(telegram, { text: 'rahasia kami' })
      const told = JSON.stringify(describeAll(failure))
      expect(told).not.toContain('rahasia kami')
      expect(told).not.toContain(telegram.server.token)
    }
  })

  it('shows that it is typing, and does not mind when it cannot', async () => {
    await using telegram = await setUpTelegram()
    const person = telegram.server.person(1)
    await telegram.channel.showTyping(to)
    expect(person.actions).toEqual(['typing'])
    await telegram.channel.showTyping({ ...to, id: '404' })
  })
})

const broadcast = { token: '0'.repeat(16), purpose: 'broadcast' } as const

describe('createTelegramChannel, sending to many', () => {
  it('uploads a file once for a hundred people, as a photo and as a document', async () => {
    await using telegram = await setUpTelegram({ perSecond: 5_000 })
    const { server, channel } = telegram
    const photo = keepFile(telegram, 'a', 'photo a')
    const letter = keepFile(telegram, 'b', '%PDF-', 'application/pdf')
    const people = Array.from({ length: 100 }, (_, index) => server.person(index + 1))
    for (const { id } of people) server.person(1_000 + id)
    const all = people.flatMap(({ id }) => [
      channel.send({ ...to, id: String(id) }, { text: 'x', media: [photo] }, '1', broadcast),
      channel.send({ ...to, id: String(1_000 + id) }, { text: 'x', media: [letter] }, '2', broadcast),
    ])
    await Promise.all(all)
    const filesOf = (from: number) =>
      people.map(({ id }) =>
        server
          .person(from + id)
          .inbox.map(({ file }) => file?.id)
          .join(),
      )
    expect(new Set(filesOf(0)).size).toBe(1)
    expect(new Set(filesOf(1_000)).size).toBe(1)
    expect(server.person(7).inbox[0]?.file?.bytes.toString()).toBe('photo a')
    expect(server.person(1_007).inbox[0]?.file?.bytes.toString()).toBe('%PDF-')
  })

  it('uploads it again when Telegram does not know it any more, and gives up what is refused for another reason', async () => {
    await using telegram = await setUpTelegram()
    const person = telegram.server.person(1)
    const message = { text: 'x', media: [keepFile(telegram, 'a', 'photo a')] }
    await telegram.channel.send(to, message, '1')
    await telegram.channel.send(to, message, '2')
    const gone = 'Bad Request: wrong file identifier/HTTP URL specified'
    telegram.server.fail({ method: 'sendPhoto', times: 1 }, { type: 'error', code: 400, description: gone })
    await telegram.channel.send(to, message, '3')
    await telegram.channel.send(to, message, '4')
    const [first, second, third, fourth] = person.inbox.map(({ file }) => file?.id)
    expect([second === first, third === first, fourth === third]).toEqual([true, false, true])
    expect(telegram.server.count('sendPhoto')).toBe(5)
    telegram.server.fail({ method: 'sendPhoto' }, { type: 'error', code: 400, description: gone })
    expect(await failureOf(telegram, message)).toMatchObject({ kind: 'refused' })
    expect(telegram.server.count('sendPhoto')).toBe(7)
  })

  it('uploads an album once as well', async () => {
    await using telegram = await setUpTelegram()
    const person = telegram.server.person(1)
    const media = [keepFile(telegram, 'a', 'photo a'), keepFile(telegram, 'b', 'photo b')]
    await telegram.channel.send(to, { text: 'album', media }, '1')
    await telegram.channel.send(to, { text: 'album', media }, '2')
    const [a, b, again, bAgain] = person.inbox.map(({ file }) => file?.id)
    expect([again, bAgain]).toEqual([a, b])
    expect(person.inbox[2]?.file?.bytes.toString()).toBe('photo a')
  })

  it('tries another upload when the first fails', async () => {
    await using telegram = await setUpTelegram()
    const { server, channel } = telegram
    const message = { text: 'x', media: [keepFile(telegram, 'a', 'photo a')] }
    for (const id of [1, 2, 3]) server.person(id)
    server.fail({ method: 'sendPhoto', times: 1 }, unavailable)
    const all = await Promise.allSettled(
      ['1', '2', '3'].map((id) => channel.send({ ...to, id }, message, id, broadcast)),
    )
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
    expect(server.person(2).inbox[0]?.file?.id).toBe(server.person(3).inbox[0]?.file?.id)
  })

  it('keeps the pace of a strict server by itself, whatever is sent', async () => {
    await using telegram = await setUpTelegram({
      server: { limits: { overall: 20, perChat: 1 } },
      perSecond: 20,
    })
    const { server, channel } = telegram
    const people = Array.from({ length: 30 }, (_, index) => server.person(index + 1))
    const text = 'kata '.repeat(1_000)
    await Promise.all(
      people
        .slice(0, 28)
        .map(({ id }) => channel.send({ ...to, id: String(id) }, { text: 'x' }, '1', broadcast)),
    )
    await channel.send({ ...to, id: '29' }, { text }, '2', broadcast)
    expect(server.person(29).inbox).toHaveLength(2)
    expect(server.count('sendMessage')).toBe(30)
  })

  it('sends nothing while Telegram asks to wait', async () => {
    await using telegram = await setUpTelegram()
    telegram.server.person(1)
    telegram.server.fail(
      { times: 1 },
      { type: 'error', code: 429, description: 'Too Many Requests', retryAfter: 30 },
    )
    expect(await failureOf(telegram, { text: 'x' })).toMatchObject({ kind: 'too_fast', retryAfter: 30 })
    expect(await failureOf(telegram, { text: 'x' })).toMatchObject({ kind: 'too_fast', retryAfter: 30 })
    await expect(telegram.channel.groups.post({ chatId: -100 }, 'x')).rejects.toMatchObject({
      kind: 'too_fast',
      retryAfter: 30,
    })
    expect(telegram.server.count('sendMessage')).toBe(1)
  })

  it('says how many broadcasts it takes at once, and how fast it is', async () => {
    await using telegram = await setUpTelegram({ perSecond: 400 })
    expect(telegram.channel.bulk).toEqual({ atOnce: 50 })
    expect(await telegram.channel.forecast()).toEqual({
      perSecond: 400,
      perDay: undefined,
      usedToday: 0,
    })
  })
})

describe('createTelegramChannel, posting', () => {
  const message = { text: 'Pelatihan baru: https://lopo.example', options: [{ label: 'Daftar', value: 'd' }] }

  it.each(['@lopo_kupang', '-1005399000077'])(
    'posts at %s, with a preview and without buttons',
    async (place) => {
      await using telegram = await setUpTelegram()
      const { inbox } = telegram.server.channel(-1_005_399_000_077, 'lopo_kupang')
      const receipt = await telegram.channel.post(place, message, broadcast)
      expect(inbox).toMatchObject([{ text: message.text, keyboard: [] }])
      expect(receipt.externalId).toBe(`m${inbox[0]?.messageId}`)
      expect(telegram.server.lastCall('sendMessage')).not.toHaveProperty('link_preview_options')
    },
  )

  it('posts a picture', async () => {
    await using telegram = await setUpTelegram()
    const { inbox } = telegram.server.channel(-1_005_399_000_077, 'lopo_kupang')
    const media = [keepFile(telegram, 'a', 'photo a')]
    await telegram.channel.post('@lopo_kupang', { text: 'x', media }, broadcast)
    expect(inbox).toMatchObject([{ kind: 'photo', text: 'x' }])
  })

  it('tells where it may not post, and that there is no such channel', async () => {
    await using telegram = await setUpTelegram()
    await expect(telegram.channel.post('@nowhere', message, broadcast)).rejects.toMatchObject({
      kind: 'stopped',
    })
    telegram.server.channel(-1_005_399_000_077, 'lopo_kupang').channel.isBotAdmin = false
    await expect(telegram.channel.post('@lopo_kupang', message, broadcast)).rejects.toMatchObject({
      kind: 'stopped',
      retryable: false,
    })
  })
})

describe('createTelegramChannel, deleting', () => {
  it('deletes what a person wrote', async () => {
    await using telegram = await setUpTelegram()
    const person = telegram.server.person(1)
    const messageId = person.say('rahasia')
    await telegram.channel.deleteIncoming(to, `m${messageId}`)
    expect(person.isDeleted(messageId)).toBe(true)
  })

  it('does not mind a message that is gone or a button press', async () => {
    await using telegram = await setUpTelegram()
    telegram.server.person(1)
    await telegram.channel.deleteIncoming(to, 'm999')
    await telegram.channel.deleteIncoming(to, 'c1')
    expect(telegram.server.count('deleteMessage')).toBe(1)
  })

  it('rejects when trying again may help', async () => {
    await using telegram = await setUpTelegram()
    telegram.server.fail({ method: 'deleteMessage' }, unavailable)
    await expect(telegram.channel.deleteIncoming(to, 'm1')).rejects.toMatchObject({ kind: 'unavailable' })
  })
})

/** Everything that a logger could write of an error and of what caused it. */
function describeAll(error: unknown): unknown[] {
  if (!(error instanceof Error)) return [error]
  return [{ ...error, message: error.message, stack: error.stack }, ...describeAll(error.cause)]
}
