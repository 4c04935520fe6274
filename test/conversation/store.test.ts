import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Pending, SavedTurn } from '../../src/conversation/inbox-rows.ts'
import { type ConversationStore, createConversationStore } from '../../src/conversation/store.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

let database: TestDatabase
let store: ConversationStore

beforeAll(async () => {
  database = await createTestDatabase()
  store = createConversationStore(database)
})
afterAll(() => database.close())

const bytes = (text: string) => new Uint8Array(Buffer.from(text))
const messageOf = (id: string, externalId: string = randomUUID()) => ({
  from: { channel: 'webchat' as const, account: 'main', id },
  externalId,
  sentAt: new Date(),
  receivedAt: new Date(),
  body: bytes(externalId),
})
const turnOf = (pending: Pending, replies: readonly string[]): SavedTurn => ({
  pending,
  session: bytes('session'),
  flow: 'menu',
  step: 'start',
  transcript: bytes('said'),
  replies: replies.map(bytes),
  notice: undefined,
  failure: undefined,
  now: new Date(),
})
const receivePending = async (id: string): Promise<Pending> => (await store.receive(messageOf(id)))!.pending!
const textOf = (body: Uint8Array) => Buffer.from(body).toString()

describe('createConversationStore', () => {
  it('keeps every one of the first messages of a chat that come at once', async () => {
    const id = randomUUID()
    const received = await Promise.all([1, 2, 3].map(() => store.receive(messageOf(id))))
    expect(new Set(received.map((message) => message?.chatId)).size).toBe(1)
    const { rows } = await database.pool.query('SELECT 1 FROM inbox_message WHERE chat_id = $1', [
      received[0]?.chatId,
    ])
    expect(rows).toHaveLength(3)
  })

  it('puts a message that comes twice in one burst into the inbox once', async () => {
    const id = randomUUID()
    await receivePending(id)
    const again = messageOf(id)
    const received = await Promise.all([again, messageOf(id), again].map((message) => store.receive(message)))
    expect(received.filter((message) => message === undefined)).toHaveLength(1)
  })

  it('tells of the messages of one burst in one chat that the first is the oldest', async () => {
    const id = randomUUID()
    await store.saveTurn(turnOf(await receivePending(id), []))
    const [first, second] = [messageOf(id), messageOf(id)]
    const received = await Promise.all([first, second].map((message) => store.receive(message)))
    expect(received.map((message) => message?.pending?.externalId)).toEqual([first.externalId, undefined])
    expect(received[0]!.pending!.inboxId).toBe((await store.next(received[0]!.chatId))?.inboxId)
  })

  it('refuses a message that the database cannot hold, and keeps those that came with it', async () => {
    const ids = [randomUUID(), randomUUID(), randomUUID()]
    await Promise.all(ids.map(receivePending))
    const settled = await Promise.allSettled(
      ids.map((id, at) => store.receive(messageOf(id, at === 1 ? 'nul\u0000' : randomUUID()))),
    )
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  it('saves the turns of many chats at once, each with its own replies in order', async () => {
    const all = await Promise.all(Array.from({ length: 30 }, () => receivePending(randomUUID())))
    const repliesOf = ({ externalId }: Pending) => [`${externalId} one`, `${externalId} two`]
    const saved = await Promise.all(all.map((pending) => store.saveTurn(turnOf(pending, repliesOf(pending)))))
    for (const [at, pending] of all.entries()) {
      const unsent = await store.unsent(pending.chatId)
      expect(unsent.map(({ body }) => textOf(body))).toEqual(repliesOf(pending))
      expect(saved[at]).toEqual({
        outboxIds: unsent.map(({ id }) => id),
        tokens: unsent.map(({ token }) => token),
        othersWait: false,
      })
      expect(await store.next(pending.chatId)).toBeUndefined()
    }
  })

  it('saves only the turns of chats that stand where the turns began', async () => {
    const [fresh, stale] = [await receivePending(randomUUID()), await receivePending(randomUUID())]
    await store.saveTurn(turnOf(stale, ['before']))
    const [saved, refused] = await Promise.all(
      [fresh, stale].map((pending) => store.saveTurn(turnOf(pending, ['now']))),
    )
    expect(saved?.outboxIds).toHaveLength(1)
    expect(refused).toBeUndefined()
    expect((await store.unsent(stale.chatId)).map(({ body }) => textOf(body))).toEqual(['before'])
  })

  it('takes messages and saves other chats while an action holds one chat, and saves that one after', async () => {
    const [free, held] = [await receivePending(randomUUID()), await receivePending(randomUUID())]
    const holds = Promise.withResolvers<void>()
    const gate = Promise.withResolvers<void>()
    const action = store.withChatLocked(held, async () => {
      holds.resolve()
      await gate.promise
    })
    await holds.promise
    const late = store.saveTurn(turnOf(held, ['late']))
    expect((await store.saveTurn(turnOf(free, ['at once'])))?.outboxIds).toHaveLength(1)
    expect((await store.receive(messageOf(held.address.id)))?.chatId).toBe(held.chatId)
    gate.resolve()
    await action
    expect((await late)?.outboxIds).toHaveLength(1)
  })

  it('runs no action for a chat that moved on, so that its effects happen once', async () => {
    const pending = await receivePending(randomUUID())
    let effects = 0
    const act = () =>
      store.withChatLocked(pending, async (transaction) => {
        effects += 1
        return store.saveTurn(turnOf(pending, ['done']), transaction)
      })
    const results = await Promise.all([act(), act(), act()])
    expect(effects).toBe(1)
    expect(results.filter((result) => result !== undefined)).toHaveLength(1)
    expect(await store.unsent(pending.chatId)).toHaveLength(1)
  })
})
