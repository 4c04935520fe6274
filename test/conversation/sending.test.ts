import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Channel, Progress, ReceiptChannel } from '../../src/channels/channel.ts'
import { SendError } from '../../src/channels/channel.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { createFakeChannel, messageFrom } from './fake-channel.ts'
import { openConversation } from './open-conversation.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

const rowsOn = async ({ account }: Channel, columns: string) => {
  const sql = `SELECT ${columns} FROM outbox_message o JOIN chat c ON c.id = o.chat_id
    WHERE c.account = $1 ORDER BY o.id`
  return (await app.storage.database.pool.query(sql, [account])).rows
}

const accountOf = ({ name, account }: Channel) => ({ channel: name, account })

describe('createConversation', () => {
  it('names every message by a token of its own, which a repeat keeps', async () => {
    let failures = 1
    const channel = createFakeChannel(async () => {
      failures -= 1
      if (failures >= 0) throw new SendError('unknown')
    })
    const { conversation, hear, sweepAfter } = openConversation(app)
    conversation.attach(channel)
    await hear(channel, 'menu')
    const tokens = (await rowsOn(channel, 'token')).map(({ token }) => token)
    expect(new Set(tokens).size).toBe(2)
    for (const token of tokens) expect(token).toMatch(/^[0-9a-f]{16}$/)
    expect(channel.sent).toEqual([])
    await sweepAfter(10)
    expect(channel.sent.map(({ token }) => token)).toEqual(tokens)
    await hear(channel, '2')
    expect(channel.sent[2]?.token).toBe((await rowsOn(channel, 'token'))[2]?.token)
    expect(channel.sent.map(({ purpose }) => purpose)).toEqual(['reply', 'reply', 'reply'])
  })

  it('tells whether a message was received, by who sent it and on which account', async () => {
    const channel = createFakeChannel()
    const { conversation } = openConversation(app)
    conversation.attach(channel)
    const message = messageFrom(channel, 'menu')
    expect(await conversation.has(message.from, message.externalId)).toBe(false)
    await conversation.receive(message)
    expect(await conversation.has(message.from, message.externalId)).toBe(true)
    await conversation.idle()
    expect(await conversation.has(message.from, message.externalId)).toBe(true)
    expect(await conversation.has({ ...message.from, account: 'other' }, message.externalId)).toBe(false)
    expect(await conversation.has({ ...message.from, id: 'other' }, message.externalId)).toBe(false)
  })

  it('finds what was said under a token, on its own account only', async () => {
    const channel = createFakeChannel()
    const { conversation, hear } = openConversation(app)
    conversation.attach(channel)
    await hear(channel, 'menu')
    const { token, text } = channel.sent[1]!
    expect((await conversation.outgoing(accountOf(channel), token!))?.text).toBe(text)
    expect(await conversation.outgoing({ ...accountOf(channel), account: 'other' }, token!)).toBeUndefined()
    expect(await conversation.outgoing(accountOf(channel), '0000000000000000')).toBeUndefined()
  })

  it('counts what went out unasked since a time', async () => {
    const channel = createFakeChannel()
    const { clock, conversation, hear, sweepAfter, chatOn } = openConversation(app)
    conversation.attach(channel)
    await hear(channel, 'menu')
    await conversation.tell(await chatOn(channel), [{ text: 'satu' }, { text: 'dua' }])
    await sweepAfter(0)
    const sentAt = clock.now
    await conversation.tell(await chatOn(channel), [{ text: 'tiga' }])
    await sweepAfter(60)
    const count = (since: Date) => conversation.countUnasked(accountOf(channel), since)
    expect(await count(sentAt)).toBe(3)
    expect(await count(new Date(sentAt.getTime() + 1))).toBe(1)
    expect(channel.sent.at(-1)?.purpose).toBe('notice')
  })

  it('notes that messages arrived and were read, and why the platform refused one after all', async () => {
    let tell: ((news: readonly Progress[]) => Promise<void>) | undefined
    const onProgress: ReceiptChannel['onProgress'] = (listener) => {
      tell = listener
    }
    const channel = { ...createFakeChannel(), onProgress }
    const { clock, conversation, hear } = openConversation(app)
    conversation.attach(channel)
    await hear(channel, 'menu')
    await hear(channel, '2')
    const [first, second, third] = channel.sent.map(({ token }) => token ?? '')
    const at = clock.now
    await tell?.([
      { token: first!, state: 'delivered', at },
      { token: second!, state: 'read', at },
      { token: third!, state: 'failed', at, failure: 'restricted' },
      { token: 'unknown', state: 'delivered', at },
    ])
    expect(await rowsOn(channel, 'status, failure, delivered_at, read_at')).toEqual([
      { status: 'sent', failure: null, delivered_at: at, read_at: null },
      { status: 'sent', failure: null, delivered_at: at, read_at: at },
      { status: 'failed', failure: 'restricted', delivered_at: null, read_at: null },
    ])
  })

  it('sends nothing on a channel that is cut off, and all that waited once it is reachable', async () => {
    let isReachable = false
    const listeners: (() => void)[] = []
    const channel = {
      ...createFakeChannel(),
      isReachable: () => isReachable,
      onReachable: (listener: () => void) => void listeners.push(listener),
    }
    const { conversation, hear, sweepAfter } = openConversation(app)
    conversation.attach(channel)
    await hear(channel, 'menu')
    await hear(channel, '2')
    await sweepAfter(600)
    expect(channel.sent).toEqual([])
    expect((await rowsOn(channel, 'attempts')).map(({ attempts }) => attempts)).toEqual([0, 0, 0])
    isReachable = true
    for (const listener of listeners) listener()
    await vi.waitFor(() => expect(channel.sent).toHaveLength(3))
    await conversation.idle()
    expect(channel.sent.map(({ text }) => text.slice(0, 8))).toEqual(['Selamat ', 'Ada yang', 'Mau tahu'])
  })

  it('has no wait after a send that failed because the channel was cut off in it', async () => {
    let isReachable = true
    const listeners: (() => void)[] = []
    let tries = 0
    const breakOff = async () => {
      tries += 1
      if (tries !== 2) return
      isReachable = false
      throw new SendError('unavailable')
    }
    const channel = {
      ...createFakeChannel(breakOff),
      isReachable: () => isReachable,
      onReachable: (listener: () => void) => void listeners.push(listener),
    }
    const { conversation, hear } = openConversation(app)
    conversation.attach(channel)
    await hear(channel, 'menu')
    expect(channel.sent).toHaveLength(1)
    isReachable = true
    for (const listener of listeners) listener()
    await vi.waitFor(() => expect(channel.sent).toHaveLength(2))
    expect(tries).toBe(3)
  })

  it('says of a message in doubt that nobody knows, until it is settled', async () => {
    let broken = true
    const channel = createFakeChannel(async () => {
      if (broken) throw new SendError('unknown')
    })
    const { conversation, hear, sweepAfter } = openConversation(app)
    conversation.attach(channel)
    await hear(channel, 'menu')
    const states = () => rowsOn(channel, 'status, settled_at IS NULL AS open')
    expect(await states()).toEqual([
      { status: 'unknown', open: true },
      { status: 'queued', open: true },
    ])
    broken = false
    await sweepAfter(10)
    expect(await states()).toEqual([
      { status: 'sent', open: false },
      { status: 'sent', open: false },
    ])
  })

  it('gives up in doubt what is still in doubt after five tries', async () => {
    let tries = 0
    const channel = createFakeChannel(async () => {
      tries += 1
      throw new SendError('unknown')
    })
    const { conversation, hear, sweepAfter, chatOn } = openConversation(app)
    conversation.attach(channel)
    await hear(channel, 'menu')
    await app.storage.database.pool.query(
      'DELETE FROM outbox_message WHERE chat_id = $1 AND id > (SELECT min(id) FROM outbox_message WHERE chat_id = $1)',
      [await chatOn(channel)],
    )
    for (let sweep = 0; sweep < 8; sweep += 1) await sweepAfter(600)
    expect(tries).toBe(5)
    expect(await rowsOn(channel, 'status, settled_at IS NULL AS open')).toEqual([
      { status: 'unknown', open: false },
    ])
  })

  it('gives up all that waits for a person the platform forbids to write to, until they write again', async () => {
    let tries = 0
    const channel = createFakeChannel(async () => {
      tries += 1
      if (tries === 2) throw new SendError('restricted')
    })
    const { conversation, hear, sweepAfter, chatOn } = openConversation(app)
    await hear(channel, 'menu')
    await conversation.tell(await chatOn(channel), [{ text: 'kabar' }])
    conversation.attach(channel)
    await sweepAfter(3_600)
    await sweepAfter(3_600)
    expect(tries).toBe(2)
    const sent = { status: 'sent', failure: null, state: 'active' }
    const forbidden = { status: 'failed', failure: 'restricted', state: 'active' }
    const states = () => rowsOn(channel, 'o.status, failure, c.state')
    expect(await states()).toEqual([sent, forbidden, forbidden])
    await hear(channel, '2')
    expect((await states()).at(-1)).toEqual(sent)
  })

  it('tries no further answer of a turn whose first the platform forbids', async () => {
    let tries = 0
    const channel = createFakeChannel(async () => {
      tries += 1
      throw new SendError('restricted')
    })
    const { conversation, hear, sweepAfter } = openConversation(app)
    conversation.attach(channel)
    await hear(channel, 'menu')
    await sweepAfter(3_600)
    expect(tries).toBe(1)
    expect(await rowsOn(channel, 'failure')).toEqual([{ failure: 'restricted' }, { failure: 'restricted' }])
  })

  it('tries again after a failure that nobody foresaw, and gives up after a day', async () => {
    let tries = 0
    const channel = createFakeChannel(async () => {
      tries += 1
      if (tries !== 2) throw new TypeError('x is not a function')
    })
    const { conversation, hear, sweepAfter } = openConversation(app)
    conversation.attach(channel)
    await hear(channel, 'menu')
    await sweepAfter(10)
    expect(channel.sent).toHaveLength(1)
    for (let sweep = 0; sweep < 3; sweep += 1) await sweepAfter(12 * 3_600)
    expect(await rowsOn(channel, 'status, failure, settled_at IS NULL AS open')).toEqual([
      { status: 'sent', failure: null, open: false },
      { status: 'failed', failure: 'unavailable', open: false },
    ])
    expect(tries).toBe(5)
  })

  it.each(['too_fast', 'unavailable'] as const)(
    'has what was %s before and between leave as many tries to what ends in doubt',
    async (kind) => {
      const ends = [...Array(6).fill(kind), 'unknown', 'unknown', kind, kind, 'unknown', 'unknown', 'unknown']
      let tries = 0
      const channel = createFakeChannel(async ({ purpose }) => {
        if (purpose !== 'notice') return
        tries += 1
        throw new SendError(ends[tries - 1] ?? 'refused')
      })
      const { conversation, hear, sweepAfter, chatOn } = openConversation(app)
      conversation.attach(channel)
      await hear(channel, 'menu')
      await conversation.tell(await chatOn(channel), [{ text: 'kabar' }])
      for (let sweep = 0; sweep < 16; sweep += 1) await sweepAfter(600)
      expect(tries).toBe(ends.length)
      expect((await rowsOn(channel, 'status')).at(-1)).toEqual({ status: 'unknown' })
    },
  )

  it.each(['too_fast', 'unavailable', 'unknown'] as const)(
    'lets what was told unasked and is %s hold up no answer, and sends it later in its order',
    async (kind) => {
      let held = true
      const channel = createFakeChannel(async ({ purpose }) => {
        if (held && purpose === 'notice') throw new SendError(kind, { retryAfter: 60 })
      })
      const { conversation, hear, sweepAfter, chatOn } = openConversation(app)
      conversation.attach(channel)
      await hear(channel, 'menu')
      const chatId = await chatOn(channel)
      await conversation.tell(chatId, [{ text: 'kabar satu' }, { text: 'kabar dua' }])
      await hear(channel, '2')
      await hear(channel, 'menu')
      await sweepAfter(30)
      const said = () => channel.sent.slice(2).map(({ text }) => text.slice(0, 10))
      expect(said()).toEqual(['Mau tahu t', 'Ada yang b'])
      held = false
      await sweepAfter(31)
      expect(said().slice(2)).toEqual(['kabar satu', 'kabar dua'])
    },
  )

  it('lets a heap of what cannot be told now hide no answer', async () => {
    const channel = createFakeChannel(async ({ purpose }) => {
      if (purpose === 'notice') throw new SendError('too_fast', { retryAfter: 3_600 })
    })
    const { conversation, hear, chatOn } = openConversation(app)
    conversation.attach(channel)
    await hear(channel, 'menu')
    await conversation.tell(
      await chatOn(channel),
      Array.from({ length: 150 }, () => ({ text: 'kabar' })),
    )
    await hear(channel, '2')
    expect(channel.sent.at(-1)?.text).toContain('Mau tahu')
  })

  it('has what was told unasked wait for days, as long as it takes for its turn', async () => {
    let held = true
    const channel = createFakeChannel(async ({ purpose }) => {
      if (held && purpose === 'notice') throw new SendError('too_fast', { retryAfter: 16 * 3_600 })
    })
    const { conversation, hear, sweepAfter, chatOn } = openConversation(app)
    conversation.attach(channel)
    await hear(channel, 'menu')
    await conversation.tell(await chatOn(channel), [{ text: 'kabar' }])
    for (let sweep = 0; sweep < 4; sweep += 1) await sweepAfter(16 * 3_600 + 1)
    held = false
    await sweepAfter(16 * 3_600 + 1)
    expect(channel.sent.at(-1)?.text).toBe('kabar')
  })

  it('holds back all that is behind an answer that cannot be sent now', async () => {
    let held = true
    const channel = createFakeChannel(async () => {
      if (held) throw new SendError('too_fast', { retryAfter: 60 })
    })
    const { conversation, hear, sweepAfter, chatOn } = openConversation(app)
    conversation.attach(channel)
    await hear(channel, 'menu')
    await conversation.tell(await chatOn(channel), [{ text: 'kabar' }])
    held = false
    await sweepAfter(30)
    expect(channel.sent).toEqual([])
    await sweepAfter(31)
    expect(channel.sent.map(({ purpose }) => purpose)).toEqual(['reply', 'reply', 'notice'])
  })
})
