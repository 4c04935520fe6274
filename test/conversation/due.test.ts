import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChatPurpose } from '../../src/conversation/outbox-store.ts'
import { type ConversationStore, createConversationStore } from '../../src/conversation/store.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

let database: TestDatabase
let store: ConversationStore
beforeAll(async () => {
  database = await createTestDatabase()
  store = createConversationStore(database)
})
afterAll(() => database.close())

const now = new Date('2026-01-05T01:00:00Z')
const later = new Date('2026-01-05T02:00:00Z')
const body = Buffer.from('x')

const accountNow = () => ({ channel: 'whatsapp', account: randomUUID() }) as const
type Account = ReturnType<typeof accountNow>

/** A chat in which messages wait, oldest first: each of its kind, and due now or later. */
async function putChat(account: Account, waiting: readonly (readonly [ChatPurpose, 'due' | 'later'])[]) {
  const from = { ...account, id: randomUUID() }
  const received = await store.receive({ from, externalId: 'x', sentAt: now, receivedAt: now, body })
  const { chatId } = received!
  for (const [kind, when] of waiting) await store.say(chatId, [body], kind, when === 'due' ? now : later)
  return { chatId, id: from.id }
}

describe('chatsWithUnsent', () => {
  it.each([
    ['an answer is due', true, [['reply', 'due']]],
    ['nothing is due', false, [['reply', 'later']]],
    [
      'only what is behind an answer that waits is due',
      false,
      [
        ['reply', 'later'],
        ['reply', 'due'],
      ],
    ],
    [
      'only what is told behind an answer that waits is due',
      false,
      [
        ['reply', 'later'],
        ['notice', 'due'],
      ],
    ],
    [
      'what is told before an answer that waits is due',
      true,
      [
        ['notice', 'due'],
        ['reply', 'later'],
      ],
    ],
    [
      'only the second of what is told is due',
      false,
      [
        ['notice', 'later'],
        ['notice', 'due'],
      ],
    ],
    [
      'an answer behind what is told later is due',
      true,
      [
        ['notice', 'later'],
        ['reply', 'due'],
      ],
    ],
  ] as const)('judges a chat by the first of its answers and of the rest: %s', async (_, isDue, waiting) => {
    const account = accountNow()
    const { chatId, id } = await putChat(account, waiting)
    const expected = isDue ? [chatId] : []
    expect(await store.chatsWithUnsent([account], now, 10)).toEqual(expected)
    expect(await store.chatsWithUnsentAt(account, [id], now, 10)).toEqual(expected)
  })

  it('has chats in which nothing can go out take no place from others', async () => {
    const account = accountNow()
    for (let chat = 0; chat < 3; chat += 1)
      await putChat(account, [
        ['notice', 'later'],
        ['notice', 'due'],
      ])
    const told = await putChat(account, [['notice', 'due']])
    const asked = await putChat(account, [['reply', 'due']])
    expect(await store.chatsWithUnsent([account], now, 1)).toEqual([asked.chatId])
    expect(await store.chatsWithUnsent([account], now, 2)).toEqual([asked.chatId, told.chatId])
  })

  it('leaves out other accounts and people', async () => {
    const [account, other] = [accountNow(), accountNow()]
    const { chatId, id } = await putChat(account, [['reply', 'due']])
    await putChat(account, [['reply', 'due']])
    await putChat(other, [['reply', 'due']])
    expect(await store.chatsWithUnsentAt(account, [id], now, 10)).toEqual([chatId])
    expect(await store.chatsWithUnsentAt(other, [id], now, 10)).toEqual([])
    expect(await store.chatsWithUnsent([account, other], now, 10)).toHaveLength(3)
  })
})
