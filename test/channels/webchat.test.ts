import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { hasPresence } from '../../src/channels/channel.ts'
import { createWebChatChannel } from '../../src/channels/webchat.ts'
import { createPassingSecrets } from '../../src/channels/webchat-visitor.ts'
import { type EventClient, openEvents } from '../support/event-client.ts'
import { addressOf, startWebWorld, type WebWorld, type WebWorldOptions } from '../support/web-world.ts'

const worlds: WebWorld[] = []
const clients: EventClient[] = []

async function start(options: WebWorldOptions = {}): Promise<WebWorld> {
  const world = await startWebWorld(options)
  worlds.push(world)
  return world
}

async function listen(world: WebWorld, cookie: string, headers: Record<string, string> = {}, query = '') {
  const client = await openEvents(`${world.url}/chat/events${query}`, { Cookie: cookie, ...headers })
  clients.push(client)
  return client
}

async function greeted(world: WebWorld) {
  const cookie = await world.visit()
  await world.post('/chat/messages', cookie, { id: randomUUID(), text: 'halo' })
  return { cookie, address: addressOf(world) }
}

afterEach(async () => {
  for (const client of clients.splice(0)) client.abort()
  for (const world of worlds.splice(0)) await world.close()
})

describe(createWebChatChannel.name, () => {
  it('is a channel that tells who is there', async () => {
    const { channel } = await start()
    expect(hasPresence(channel)).toBe(true)
    expect(channel).toMatchObject({ name: 'webchat', account: 'main' })
  })

  it('hands over a text with the id that the page gave it', async () => {
    const world = await start({ now: () => 1_700_000_000_000 })
    const cookie = await world.visit()
    const id = randomUUID()
    const response = await world.post('/chat/messages', cookie, { id, text: 'cek bansos' })
    expect(response.status).toBe(202)
    expect(world.received).toEqual([
      {
        from: { channel: 'webchat', account: 'main', id: expect.stringMatching(/^[\w-]{43}$/) },
        externalId: id,
        sentAt: new Date(1_700_000_000_000),
        content: { type: 'text', text: 'cek bansos' },
      },
    ])
  })

  it('hands over a choice by its value', async () => {
    const world = await start()
    const cookie = await world.visit()
    await world.post('/chat/messages', cookie, { id: randomUUID(), choice: '3:1', label: 'Cek bantuan' })
    expect(world.received[0]!.content).toEqual({ type: 'choice', value: '3:1' })
  })

  it('hands over the same message with the same id when the page sends it again', async () => {
    const world = await start()
    const cookie = await world.visit()
    const message = { id: randomUUID(), text: 'halo' }
    await world.post('/chat/messages', cookie, message)
    await world.post('/chat/messages', cookie, message)
    expect(world.received.map(({ externalId, from }) => [externalId, from.id])).toEqual(
      Array(2).fill([message.id, world.received[0]!.from.id]),
    )
  })

  it('answers 202 only after the message is durable', async () => {
    const order: string[] = []
    const world = await start({
      async receive() {
        await new Promise(setImmediate)
        order.push('durable')
      },
    })
    await world.post('/chat/messages', await world.visit(), { id: randomUUID(), text: 'halo' })
    order.push('answered')
    expect(order).toEqual(['durable', 'answered'])
  })

  it('asks the page to try again when a message cannot be kept', async () => {
    const world = await start({ receive: () => Promise.reject(new Error('no database')) })
    const response = await world.post('/chat/messages', await world.visit(), {
      id: randomUUID(),
      text: 'halo',
    })
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('5')
    expect(await response.json()).toEqual({
      refused: 'not_ready',
      message: world.texts.chat.refused.not_ready,
    })
  })

  it('passes a text of 10,000 letters on and refuses a body over 64 KB', async () => {
    const world = await start()
    const cookie = await world.visit()
    const long = await world.post('/chat/messages', cookie, { id: randomUUID(), text: 'ä'.repeat(10_000) })
    expect(long.status).toBe(202)
    const tooLong = await world.post('/chat/messages', cookie, { id: randomUUID(), text: 'a'.repeat(65_536) })
    expect(tooLong.status).toBe(413)
    expect(world.received).toHaveLength(1)
  })

  it.each([
    ['no id', { text: 'halo' }],
    ['an id that is no UUID', { id: 'x', text: 'halo' }],
    ['blank text', { id: randomUUID(), text: ' \n' }],
    ['nothing', null],
  ])('refuses a message with %s', async (_, body) => {
    const world = await start()
    const response = await world.post('/chat/messages', await world.visit(), body)
    expect(response.status).toBe(400)
    expect(world.received).toEqual([])
  })

  it('refuses who writes too fast, by visitor, until the bucket fills again', async () => {
    let now = 0
    const limits = { messagesOfVisitor: { burst: 2, perSecond: 0.5 } }
    const world = await start({ limits, now: () => 0, elapsed: () => now })
    const [one, other] = [await world.visit(), await world.visit()]
    const say = (cookie: string) => world.post('/chat/messages', cookie, { id: randomUUID(), text: 'halo' })
    expect([(await say(one)).status, (await say(one)).status]).toEqual([202, 202])
    const refused = await say(one)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('2')
    expect(await refused.json()).toMatchObject({ message: world.texts.chat.refused.too_fast })
    expect((await say(other)).status).toBe(202)
    now = 2000
    expect((await say(one)).status).toBe(202)
  })

  it('refuses too many messages from one address, whoever sends them', async () => {
    const world = await start({ limits: { messagesOfIp: { burst: 1, perSecond: 0.1 } } })
    const say = async () =>
      world.post('/chat/messages', await world.visit(), { id: randomUUID(), text: 'halo' })
    expect([(await say()).status, (await say()).status]).toEqual([202, 429])
  })

  it('lets few new visitors of one network write, and those who wrote before at any time', async () => {
    let now = 0
    const world = await start({
      limits: { newVisitorsOfIp: { burst: 2, perSecond: 1 / 60 } },
      elapsed: () => now,
    })
    const say = (cookie: string, from: string) =>
      world.post('/chat/messages', cookie, { id: randomUUID(), text: 'halo' }, { 'X-Forwarded-For': from })
    const statusOfNew = async (from: string) => (await say(await world.visit(), from)).status
    const [one, other] = [await world.visit(), await world.visit()]
    expect((await say(one, '2001:db8:1:2::1')).status).toBe(202)
    expect((await say(other, '2001:db8:1:2:ffff::9')).status).toBe(202)
    const refused = await say(await world.visit(), '2001:db8:1:2::3')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
    expect(await refused.json()).toMatchObject({ message: world.texts.chat.refused.too_fast })
    expect((await say(one, '2001:db8:1:2::1')).status).toBe(202)
    expect(await statusOfNew('2001:db8:1:3::1')).toBe(202)
    const fourth = await world.visit()
    expect((await say(fourth, '2001:0db8:0001:0002::4')).status).toBe(429)
    now = 60_000
    expect((await say(fourth, '2001:db8:1:2::4')).status).toBe(202)
    expect(await statusOfNew('2001:db8:1:2::5')).toBe(429)
  })

  it('knows who wrote before a restart by the history', async () => {
    const secrets = createPassingSecrets()
    const limits = { newVisitorsOfIp: { burst: 1, perSecond: 0.001 } }
    const before = await start({ secrets, limits })
    const { cookie, address } = await greeted(before)
    const after = await start({ secrets, limits })
    after.history.set(address.id, [{ id: '1', from: 'bot', text: 'Halo', at: new Date() }])
    await greeted(after)
    const again = await after.post('/chat/messages', cookie, { id: randomUUID(), text: 'halo' })
    expect(again.status).toBe(202)
  })

  it.each([
    ['another site by Sec-Fetch-Site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['another site by Origin', { Origin: 'https://evil.example' }],
    ['an opaque origin', { Origin: 'null' }],
  ])('refuses a message from %s', async (_, headers) => {
    const world = await start()
    const body = { id: randomUUID(), text: 'halo' }
    const response = await world.post('/chat/messages', await world.visit(), body, headers)
    expect(response.status).toBe(403)
    expect(world.received).toEqual([])
  })

  it('refuses a message from no one knows where', async () => {
    const world = await start()
    const cookie = await world.visit()
    const response = await fetch(`${world.url}/chat/messages`, {
      method: 'POST',
      headers: { Cookie: cookie },
      body: new URLSearchParams({ id: randomUUID(), text: 'halo' }),
    })
    expect(response.status).toBe(403)
  })

  it('takes the public address for its own behind a proxy', async () => {
    const world = await start({ publicUrl: 'https://lopo.example' })
    const cookie = await world.visit()
    const headers = { Origin: 'https://lopo.example' }
    const response = await world.post('/chat/messages', cookie, { id: randomUUID(), text: 'halo' }, headers)
    expect(response.status).toBe(202)
  })

  it('refuses a visitor without a cookie', async () => {
    const world = await start()
    const response = await world.post('/chat/messages', '', { id: randomUUID(), text: 'halo' })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ refused: 'no_cookie' })
    expect((await listen(world, '')).status).toBe(403)
  })

  it('sends to every open page of the visitor and to no other', async () => {
    const world = await start()
    const { cookie, address } = await greeted(world)
    const [one, two] = [await listen(world, cookie), await listen(world, cookie)]
    const stranger = await listen(world, await world.visit())
    const receipt = await world.channel.send(address, { text: 'Selamat pagi' }, '41')
    expect(receipt).toEqual({ externalId: '41' })
    for (const client of [one, two]) {
      const event = await client.next()
      expect(event.id).toBe('41')
      expect(JSON.parse(event.data)).toMatchObject({
        id: '41',
        from: 'bot',
        text: 'Selamat pagi',
        options: [],
      })
    }
    expect(stranger.events).toEqual([])
  })

  it('sends options as buttons and leaves their lines out of the text', async () => {
    const world = await start()
    const { cookie, address } = await greeted(world)
    const client = await listen(world, cookie)
    const options = [
      { label: 'Cek bantuan', value: '1:1' },
      { label: 'Petugas', value: '1:0' },
    ]
    await world.channel.send(address, { text: 'Pilih:\n1. Cek bantuan\n0. Petugas', options }, '1')
    expect(JSON.parse((await client.next()).data)).toMatchObject({
      text: 'Pilih:',
      options: [
        { number: '1', label: 'Cek bantuan', value: '1:1' },
        { number: '0', label: 'Petugas', value: '1:0' },
      ],
    })
  })

  it('shows what one tab says in the other tabs', async () => {
    const world = await start()
    const cookie = await world.visit()
    const client = await listen(world, cookie)
    const id = randomUUID()
    await world.post('/chat/messages', cookie, { id, choice: '1:2', label: 'Cek bantuan' })
    const event = await client.next()
    expect(event.id).toBeUndefined()
    expect(JSON.parse(event.data)).toMatchObject({ id, from: 'person', text: 'Cek bantuan' })
  })

  it('rejects a send as unavailable when no page is open', async () => {
    const world = await start()
    const { address } = await greeted(world)
    await expect(world.channel.send(address, { text: 'halo' }, '1')).rejects.toMatchObject({
      kind: 'unavailable',
      retryable: true,
    })
  })

  it('knows a visitor as present from the first open page to the last closed one', async () => {
    const world = await start()
    const { cookie, address } = await greeted(world)
    const came: string[] = []
    world.channel.onPresent(({ id }) => came.push(id))
    expect(world.channel.isPresent(address)).toBe(false)
    const [one, two] = [await listen(world, cookie), await listen(world, cookie)]
    expect(world.channel.isPresent(address)).toBe(true)
    one.abort()
    two.abort()
    await vi.waitFor(() => expect(world.channel.isPresent(address)).toBe(false))
    await listen(world, cookie)
    expect(came).toEqual([address.id, address.id])
  })

  it('replays what came after the last event that the browser saw', async () => {
    const world = await start()
    const { cookie, address } = await greeted(world)
    const at = new Date()
    world.history.set(address.id, [
      { id: '7', from: 'bot', text: 'satu', at },
      { id: randomUUID(), from: 'person', text: 'dua', at },
      { id: '9', from: 'bot', text: 'tiga', at },
    ])
    const client = await listen(world, cookie, { 'Last-Event-ID': '7' })
    expect(JSON.parse((await client.next()).data).text).toBe('dua')
    expect(await client.next()).toMatchObject({ id: '9' })
    const fresh = await listen(world, cookie, {}, '?after=9')
    await world.channel.send(address, { text: 'empat' }, '10')
    expect(await fresh.next()).toMatchObject({ id: '10' })
    expect(await client.next()).toMatchObject({ id: '10' })
  })

  it('sends what is said during a replay after it, and nothing twice', async () => {
    const world = await start()
    const { cookie, address } = await greeted(world)
    world.history.set(address.id, [{ id: '7', from: 'bot', text: 'tujuh', at: new Date() }])
    const sent: Promise<unknown>[] = []
    world.channel.onPresent((to) => {
      for (const id of ['7', '8']) sent.push(world.channel.send(to, { text: id }, id))
    })
    const client = await listen(world, cookie)
    await client.next()
    await client.next()
    await Promise.all(sent)
    expect(client.events.map(({ id }) => id)).toEqual(['7', '8'])
  })

  it('keeps quiet streams alive with heartbeats', async () => {
    const world = await start({ limits: { heartbeat: 10 } })
    const client = await listen(world, await world.visit())
    await vi.waitFor(() => expect(client.comments.length).toBeGreaterThan(1))
  })

  it('cuts off a browser that takes nothing, and calls it unavailable', async () => {
    const world = await start({ limits: { streamPatience: 100 } })
    const { cookie, address } = await greeted(world)
    // Opened without reading the body, so that the buffers between fill up.
    const stalled = await fetch(`${world.url}/chat/events`, { headers: { Cookie: cookie } })
    const text = 'x'.repeat(4_000_000)
    const flood = async () => {
      for (let id = 1; id < 30; id += 1) await world.channel.send(address, { text }, String(id))
    }
    await expect(flood()).rejects.toMatchObject({ kind: 'unavailable' })
    await vi.waitFor(() => expect(world.channel.isPresent(address)).toBe(false))
    await stalled.body?.cancel().catch(() => undefined)
  })

  it('refuses more open pages than a person has', async () => {
    const world = await start({ limits: { tabsOfVisitor: 1 } })
    const cookie = await world.visit()
    await listen(world, cookie)
    expect((await listen(world, cookie)).status).toBe(429)
  })

  it('ends its streams on stop and takes nothing more', async () => {
    const world = await start()
    const cookie = await world.visit()
    const client = await listen(world, cookie)
    await world.channel.stop()
    await client.ended
    const response = await world.post('/chat/messages', cookie, { id: randomUUID(), text: 'halo' })
    expect(response.status).toBe(503)
  })

  it('ends a stream whose history cannot be read, so that the browser tries again', async () => {
    const world = await start()
    const cookie = await world.visit()
    world.history.get = () => {
      throw new Error('no database')
    }
    const client = await listen(world, cookie)
    await client.ended
    expect(world.log.join('')).toContain('no database')
  })
})
