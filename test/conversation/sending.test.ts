import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Channel } from '../../src/channels/channel.ts'
import { SendError } from '../../src/channels/channel.ts'
import { createConversation } from '../../src/conversation/conversation.ts'
import { createConversationStore } from '../../src/conversation/store.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { createFakeChannel, messageFrom } from './fake-channel.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

const start = Date.now()

/** A conversation of its own, with a clock that the test turns. */
function openConversation() {
  const clock = { now: new Date(start) }
  const conversation = createConversation({
    store: createConversationStore(app.storage.database),
    house: app.house,
    sealer: app.storage.keyring,
    log: app.log,
    now: () => clock.now,
    notify: async () => undefined,
  })
  const hear = async (channel: Channel, text: string) => {
    await conversation.receive(messageFrom(channel, text))
    await conversation.idle()
  }
  const sweepAfter = async (seconds: number) => {
    clock.now = new Date(clock.now.getTime() + seconds * 1_000)
    await conversation.sweep()
    await conversation.idle()
  }
  const chatOn = async ({ name, account }: Channel) =>
    (await conversation.chatAt({ channel: name, account, id: 'someone' }))!
  return { clock, conversation, hear, sweepAfter, chatOn }
}

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
    const { conversation, hear, sweepAfter } = openConversation()
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
    const { conversation } = openConversation()
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
    const { conversation, hear } = openConversation()
    conversation.attach(channel)
    await hear(channel, 'menu')
    const { token, text } = channel.sent[1]!
    expect((await conversation.outgoing(accountOf(channel), token!))?.text).toBe(text)
    expect(await conversation.outgoing({ ...accountOf(channel), account: 'other' }, token!)).toBeUndefined()
    expect(await conversation.outgoing(accountOf(channel), '0000000000000000')).toBeUndefined()
  })

  it('counts what went out unasked since a time', async () => {
    const channel = createFakeChannel()
    const { clock, conversation, hear, sweepAfter, chatOn } = openConversation()
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
})
