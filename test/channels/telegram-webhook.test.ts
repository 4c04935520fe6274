import { type ServerType, serve } from '@hono/node-server'
import { describe, expect, it } from 'vitest'
import { setUpTelegram, type TelegramSetup } from '../support/bot-api/telegram-setup.ts'

const secret = 'rahasia-webhook'

/** A channel behind a real HTTP server that Telegram posts to. */
async function setUpWebhook(): Promise<TelegramSetup> {
  const holder: { telegram?: TelegramSetup } = {}
  const statuses: number[] = []
  const receiver: ServerType = serve({
    hostname: '127.0.0.1',
    port: 0,
    async fetch(request) {
      const response = await holder.telegram?.channel.handleWebhook(request)
      statuses.push(response?.status ?? 0)
      return response ?? new Response(null, { status: 503 })
    },
  })
  await new Promise((resolve) => receiver.once('listening', resolve))
  const address = receiver.address()
  const port = typeof address === 'object' ? address?.port : 0
  const telegram = await setUpTelegram({ webhook: { url: `http://127.0.0.1:${port}/telegram`, secret } })
  const dispose = telegram[Symbol.asyncDispose].bind(telegram)
  holder.telegram = telegram
  return Object.assign(telegram, {
    async [Symbol.asyncDispose]() {
      await dispose()
      receiver.close()
    },
  })
}

function post(body: unknown, given: string | undefined = secret): Request {
  return new Request('http://127.0.0.1/telegram', {
    method: 'POST',
    headers: given === '' ? {} : { 'x-telegram-bot-api-secret-token': given },
    body: JSON.stringify(body),
  })
}

const update = {
  update_id: 1,
  message: { message_id: 5, date: 1, chat: { id: 1, type: 'private' }, text: 'halo' },
}

describe('createTelegramChannel, webhook', () => {
  it('receives what Telegram posts, in order, photos too', async () => {
    await using telegram = await setUpWebhook()
    const { server } = telegram
    server.person(1).say('sebelum')
    await telegram.start()
    server.person(1).sendPhoto(Buffer.from([0xff, 0xd8, 0xff, 1]), 'kios')
    server.person(1).say('sesudah')
    const received = await telegram.receivedCount(3)
    expect(received.map(({ content }) => content.type)).toEqual(['text', 'media', 'text'])
    await server.until(() => server.world.queue.pending().length === 0, 'all is confirmed')
    expect(server.count('getUpdates')).toBe(0)
    expect(server.lastCall('setWebhook')).toMatchObject({
      secret_token: secret,
      allowed_updates: ['message', 'edited_message', 'callback_query'],
    })
  })

  it('gets a message again that could not be kept', async () => {
    await using telegram = await setUpWebhook()
    let failures = 2
    telegram.beforeReceive = async () => {
      failures -= 1
      if (failures >= 0) throw new Error('the database is away')
    }
    await telegram.start()
    telegram.server.person(1).say('halo')
    await telegram.receivedCount(1)
    await telegram.server.until(() => telegram.server.world.queue.pending().length === 0, 'it is confirmed')
    expect([telegram.received.length, telegram.server.world.webhook.posts()]).toEqual([1, 3])
  })

  it('answers 200 only after the message is durable', async () => {
    await using telegram = await setUpWebhook()
    await telegram.start()
    const order: string[] = []
    telegram.beforeReceive = async () => {
      await new Promise((resolve) => setImmediate(resolve))
      order.push('durable')
    }
    expect((await telegram.channel.handleWebhook(post(update))).status).toBe(200)
    order.push('answered')
    expect(order).toEqual(['durable', 'answered'])
  })

  it.each([
    ['no secret', post(update, ''), 401],
    ['a wrong secret', post(update, 'rahasia-webhooK'), 401],
    ['a longer secret', post(update, `${secret}x`), 401],
    ['a GET', new Request('http://127.0.0.1/telegram'), 405],
    ['what cannot be read, which would not get better', post({ update_id: 'x' }), 200],
    [
      'what is not JSON',
      new Request('http://127.0.0.1/', {
        method: 'POST',
        body: '{',
        headers: { 'x-telegram-bot-api-secret-token': secret },
      }),
      200,
    ],
  ])('answers %s without receiving anything', async (_what, request, status) => {
    await using telegram = await setUpWebhook()
    await telegram.start()
    expect((await telegram.channel.handleWebhook(request)).status).toBe(status)
    expect(telegram.received).toEqual([])
  })

  it('answers 503 before it is started and after it is stopped, so that Telegram keeps the message', async () => {
    await using telegram = await setUpWebhook()
    expect((await telegram.channel.handleWebhook(post(update))).status).toBe(503)
    await telegram.start()
    await telegram.channel.stop()
    expect((await telegram.channel.handleWebhook(post(update))).status).toBe(503)
    telegram.server.person(1).say('halo')
    await telegram.start()
    expect(await telegram.receivedCount(1)).toMatchObject([{ content: { text: 'halo' } }])
  })

  it('finishes a post that is under way when it is stopped', async () => {
    await using telegram = await setUpWebhook()
    await telegram.start()
    const gate = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    telegram.beforeReceive = async () => {
      begun.resolve()
      await gate.promise
    }
    const answered = telegram.channel.handleWebhook(post(update))
    await begun.promise
    const stopped = telegram.channel.stop()
    gate.resolve()
    await stopped
    expect(telegram.received).toHaveLength(1)
    expect((await answered).status).toBe(200)
  })

  it('answers 404 when it polls', async () => {
    await using telegram = await setUpTelegram()
    expect((await telegram.channel.handleWebhook(post(update))).status).toBe(404)
  })
})
