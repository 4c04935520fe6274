import { serve } from '@hono/node-server'
import { Bot, GrammyError, HttpError, InputFile } from 'grammy'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type BotApiServer, startBotApiServer } from '../bot-api-server.ts'

let server: BotApiServer
let bot: Bot

beforeEach(async () => {
  server = await startBotApiServer()
  bot = new Bot(server.token, { client: { apiRoot: server.apiRoot } })
})
afterEach(() => server.close())

const answer = z.object({ ok: z.boolean(), description: z.string().optional() })
const posted = z.object({ message: z.object({ text: z.string() }) })

async function call(method: string, body: unknown, token = server.token) {
  const response = await fetch(`${server.apiRoot}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: answer.parse(await response.json()) }
}

describe('startBotApiServer', () => {
  it('knows its bot and refuses another token', async () => {
    expect(await bot.api.getMe()).toMatchObject({ id: 5399000001, is_bot: true })
    expect(await call('getMe', {}, '1:wrong')).toMatchObject({
      status: 401,
      body: { description: 'Unauthorized' },
    })
    expect(await call('getNothing', {})).toMatchObject({ status: 404, body: { ok: false } })
  })

  it('hands updates out until an offset confirms them', async () => {
    const budi = server.person(1)
    budi.say('satu')
    budi.say('dua')
    const [first, second] = await bot.api.getUpdates()
    expect([first?.message?.text, second?.message?.text]).toEqual(['satu', 'dua'])
    expect(await bot.api.getUpdates()).toHaveLength(2)
    expect(await bot.api.getUpdates({ offset: (first?.update_id ?? 0) + 1 })).toEqual([second])
    expect(await bot.api.getUpdates({ offset: (second?.update_id ?? 0) + 1 })).toEqual([])
  })

  it('answers a long poll as soon as somebody writes', async () => {
    const polled = bot.api.getUpdates({ timeout: 20 })
    await server.until(() => server.world.queue.isPolled(), 'a poll waits')
    server.person(1).say('halo')
    expect((await polled)[0]?.message?.text).toBe('halo')
  })

  it('ends the older of two polls with 409', async () => {
    const older = bot.api.getUpdates({ timeout: 20 })
    const ended = expect(older).rejects.toMatchObject({ error_code: 409 })
    await server.until(() => server.world.queue.isPolled(), 'a poll waits')
    const newer = bot.api.getUpdates({ timeout: 20 })
    await ended
    server.person(1).say('halo')
    expect(await newer).toHaveLength(1)
  })

  it('makes only the kinds of update that were allowed', async () => {
    await bot.api.getUpdates({ allowed_updates: ['callback_query'] })
    server.person(1).say('halo')
    expect(await bot.api.getUpdates()).toEqual([])
  })

  it('posts updates to a webhook with its secret, again until it answers 2xx', async () => {
    const seen: { secret: string | null; text: string }[] = []
    const receiver = serve({
      hostname: '127.0.0.1',
      port: 0,
      async fetch(request) {
        const update = posted.parse(await request.json())
        seen.push({
          secret: request.headers.get('x-telegram-bot-api-secret-token'),
          text: update.message.text,
        })
        return new Response(null, { status: seen.length === 1 ? 503 : 200 })
      },
    })
    await new Promise((resolve) => receiver.once('listening', resolve))
    const address = receiver.address()
    const port = typeof address === 'object' ? address?.port : 0
    await bot.api.setWebhook(`http://127.0.0.1:${port}/hook`, { secret_token: 'rahasia' })
    server.person(1).say('satu')
    server.person(1).say('dua')
    await server.until(() => server.world.queue.pending().length === 0, 'all is delivered')
    expect(seen.map(({ text }) => text)).toEqual(['satu', 'satu', 'dua'])
    expect(seen[0]?.secret).toBe('rahasia')
    await expect(bot.api.getUpdates()).rejects.toMatchObject({ error_code: 409 })
    await bot.api.deleteWebhook()
    expect((await bot.api.getWebhookInfo()).url).toBe('')
    receiver.close()
  })

  it('delivers text with buttons, and presses come back as callback queries', async () => {
    const budi = server.person(1)
    await bot.api.sendMessage(1, 'Pilih', {
      reply_markup: { inline_keyboard: [[{ text: 'Bansos', callback_data: 'b1' }]] },
    })
    expect(await budi.next()).toMatchObject({ text: 'Pilih', keyboard: [[{ label: 'Bansos', data: 'b1' }]] })
    const id = budi.press('Bansos')
    const [update] = await bot.api.getUpdates()
    expect(update?.callback_query).toMatchObject({ id, data: 'b1' })
    await bot.api.answerCallbackQuery(id, { text: 'ya' })
    expect(server.world.callbacks.get(id)).toBe('ya')
    await expect(bot.api.answerCallbackQuery('0')).rejects.toBeInstanceOf(GrammyError)
  })

  it('keeps uploads whole and sends them again by file id', async () => {
    const budi = server.person(1)
    const bytes = Buffer.from([0, 13, 10, 45, 45, 255, 13, 10])
    const sent = await bot.api.sendPhoto(1, new InputFile(bytes, 'a.jpg'), { caption: 'foto' })
    expect(budi.inbox[0]).toMatchObject({ kind: 'photo', text: 'foto' })
    expect(budi.inbox[0]?.file?.bytes.equals(bytes)).toBe(true)
    const fileId = sent.photo[0]?.file_id ?? ''
    await bot.api.sendDocument(1, fileId)
    await bot.api.sendMediaGroup(1, [
      { type: 'photo', media: fileId, caption: 'satu' },
      { type: 'photo', media: new InputFile(bytes, 'b.jpg') },
    ])
    expect(budi.inbox.map(({ kind, text }) => [kind, text])).toEqual([
      ['photo', 'foto'],
      ['document', ''],
      ['photo', 'satu'],
      ['photo', ''],
    ])
    expect(budi.inbox[3]?.file?.bytes.equals(bytes)).toBe(true)
  })

  it('serves what a person sent for download', async () => {
    const bytes = Buffer.alloc(2_000, 7)
    server.person(1).sendPhoto(bytes, 'kios')
    const [update] = await bot.api.getUpdates()
    const fileId = update?.message?.photo?.at(-1)?.file_id ?? ''
    const { file_path } = await bot.api.getFile(fileId)
    const response = await fetch(`${server.apiRoot}/file/bot${server.token}/${file_path}`)
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true)
    await expect(bot.api.getFile('none')).rejects.toMatchObject({ error_code: 400 })
  })

  it('edits and deletes', async () => {
    const budi = server.person(1)
    const { message_id } = await bot.api.sendMessage(1, 'lama')
    await bot.api.editMessageText(1, message_id, 'baru')
    await expect(bot.api.editMessageText(1, message_id, 'baru')).rejects.toMatchObject({ error_code: 400 })
    await bot.api.editMessageReplyMarkup(1, message_id, {
      reply_markup: { inline_keyboard: [[{ text: 'Ya', callback_data: 'y' }]] },
    })
    expect(budi.inbox[0]).toMatchObject({ text: 'baru', edits: 2, deleted: false })
    await bot.api.deleteMessage(1, message_id)
    expect(budi.inbox[0]?.deleted).toBe(true)
    const own = budi.say('rahasia')
    await bot.api.deleteMessage(1, own)
    expect(budi.isDeleted(own)).toBe(true)
    await expect(bot.api.deleteMessage(1, own)).rejects.toMatchObject({ error_code: 400 })
  })

  it('takes commands, chat actions and descriptions', async () => {
    await bot.api.setMyCommands([{ command: 'menu', description: 'Menu utama' }])
    expect(await bot.api.getMyCommands()).toEqual([{ command: 'menu', description: 'Menu utama' }])
    await bot.api.setMyDescription('Lopo')
    server.person(1)
    await bot.api.sendChatAction(1, 'typing')
    expect(server.person(1).actions).toEqual(['typing'])
  })

  it.each([
    ['text is empty', { text: '  ' }],
    ['too long', { text: 'a'.repeat(4_097) }],
    [
      'BUTTON_DATA_INVALID',
      { text: 'a', reply_markup: { inline_keyboard: [[{ text: 'a', callback_data: 'é'.repeat(33) }]] } },
    ],
  ])('refuses a message: %s', async (description, fields) => {
    server.person(1)
    const { status, body } = await call('sendMessage', { chat_id: 1, ...fields })
    expect([status, body.ok]).toEqual([400, false])
    expect(body.description).toContain(description)
  })

  it('takes 4,096 UTF-16 units and refuses a caption over 1,024', async () => {
    server.person(1)
    expect(await call('sendMessage', { chat_id: 1, text: '😀'.repeat(2_048) })).toMatchObject({ status: 200 })
    const photo = new InputFile(Buffer.from('x'), 'a.jpg')
    await expect(bot.api.sendPhoto(1, photo, { caption: 'a'.repeat(1_025) })).rejects.toMatchObject({
      error_code: 400,
    })
  })

  it('does not know chats of strangers, and tells who blocked the bot', async () => {
    await expect(bot.api.sendMessage(9, 'x')).rejects.toMatchObject({
      description: 'Bad Request: chat not found',
    })
    server.person(9).block()
    await expect(bot.api.sendMessage(9, 'x')).rejects.toMatchObject({ error_code: 403 })
    server.person(9).unblock()
    await bot.api.sendMessage(9, 'x')
    expect(server.count('sendMessage')).toBe(3)
  })

  it('fails on demand: an error, a cut before and a cut after', async () => {
    const budi = server.person(1)
    server.fail(
      { method: 'sendMessage', times: 1 },
      { type: 'error', code: 500, description: 'Internal Server Error' },
    )
    await expect(bot.api.sendMessage(1, 'a')).rejects.toMatchObject({ error_code: 500 })
    server.fail({ method: 'sendMessage', times: 1 }, { type: 'cut', when: 'before' })
    await expect(bot.api.sendMessage(1, 'b')).rejects.toBeInstanceOf(HttpError)
    server.fail({ method: 'sendMessage', times: 1 }, { type: 'cut', when: 'after' })
    await expect(bot.api.sendMessage(1, 'c')).rejects.toBeInstanceOf(HttpError)
    await bot.api.sendMessage(1, 'd')
    expect(budi.inbox.map(({ text }) => text)).toEqual(['c', 'd'])
  })

  it('never answers on demand', async () => {
    server.person(1)
    const lift = server.fail({ chatId: 1 }, { type: 'hang', when: 'after' })
    const impatient = new Bot(server.token, { client: { apiRoot: server.apiRoot, timeoutSeconds: 0.05 } })
    await expect(impatient.api.sendMessage(1, 'a')).rejects.toBeInstanceOf(HttpError)
    lift()
    await bot.api.sendMessage(1, 'b')
    expect(server.person(1).inbox).toHaveLength(2)
  })

  it('refuses connections while it is paused', async () => {
    await server.pause()
    await expect(bot.api.getMe()).rejects.toMatchObject({ error: { code: 'ECONNREFUSED' } })
    await server.resume()
    expect((await bot.api.getMe()).id).toBe(5399000001)
  })
})

describe('startBotApiServer with limits', () => {
  it('allows 30 messages a second, and one to a chat', async () => {
    let now = 1_000_000
    const limited = await startBotApiServer({ limits: { overall: 30, perChat: 1 }, now: () => now })
    const { api } = new Bot(limited.token, { client: { apiRoot: limited.apiRoot } })
    for (let id = 1; id <= 31; id += 1) limited.person(id)
    await api.sendMessage(1, 'a')
    await expect(api.sendMessage(1, 'b')).rejects.toMatchObject({
      error_code: 429,
      parameters: { retry_after: 1 },
    })
    for (let id = 2; id <= 30; id += 1) await api.sendMessage(id, 'a')
    await expect(api.sendMessage(31, 'a')).rejects.toMatchObject({ error_code: 429 })
    now += 1_000
    await api.sendMessage(31, 'a')
    await api.sendMessage(1, 'b')
    await limited.close()
  })
})
