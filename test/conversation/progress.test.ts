import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Progress } from '../../src/channels/channel.ts'
import { type ConversationStore, createConversationStore } from '../../src/conversation/store.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

let database: TestDatabase
let store: ConversationStore
beforeAll(async () => {
  database = await createTestDatabase()
  store = createConversationStore(database)
})
afterAll(() => database.close())

const account = { channel: 'whatsapp', account: 'main' } as const
const at = new Date('2026-01-05T01:00:00Z')
const later = new Date('2026-01-05T02:00:00Z')

/** Puts messages into the outbox of a chat of their own. */
async function putMessages(count: number) {
  const from = { ...account, id: randomUUID() }
  const body = Buffer.from('x')
  const received = await store.receive({ from, externalId: 'x', sentAt: at, receivedAt: at, body })
  const { chatId } = received!
  await store.say(
    chatId,
    Array.from({ length: count }, () => body),
    'notice',
    at,
  )
  return { chatId, messages: await store.unsent(chatId) }
}

interface Row {
  readonly status: string
  readonly failure: string | null
  readonly settled_at: Date | null
  readonly delivered_at: Date | null
  readonly read_at: Date | null
}

async function rowsOf(chatId: bigint): Promise<Row[]> {
  const sql = `SELECT status, failure, settled_at, delivered_at, read_at FROM outbox_message
    WHERE chat_id = $1 ORDER BY id`
  return (await database.pool.query<Row>(sql, [chatId])).rows
}

const deeds = ['delivered', 'read', 'failed', 'sent', 'given up', 'postponed', 'expired'] as const
type Deed = (typeof deeds)[number]

/** What may happen to a message, to one of three. */
const event = fc.record({ which: fc.nat({ max: 2 }), deed: fc.constantFrom<Deed>(...deeds) })

const isNews = (deed: Deed): deed is Progress['state'] => ['delivered', 'read', 'failed'].includes(deed)

async function happen(
  chatId: bigint,
  messages: readonly { id: bigint; token: string }[],
  events: readonly { which: number; deed: Deed }[],
): Promise<void> {
  const news = events.flatMap(({ which, deed }): Progress[] =>
    isNews(deed) ? [{ token: messages[which]!.token, state: deed, at, failure: 'restricted' }] : [],
  )
  const others = events.map(({ which, deed }) => {
    const { id } = messages[which]!
    if (deed === 'sent') return store.settle([{ id, status: 'sent', externalId: 'e', failure: null }], later)
    if (deed === 'given up')
      return store.settle([{ id, status: 'failed', externalId: null, failure: 'unavailable' }], later)
    if (deed === 'postponed') return store.postpone(id, later, 'unknown')
    return deed === 'expired' ? store.stopChat(chatId, 'stopped', later) : undefined
  })
  await Promise.all([store.noteProgress(account, news, later), ...others])
}

describe('noteProgress', () => {
  it('never undoes that a message arrived, whatever else happens to it and in which order', async () => {
    const rounds = fc.array(fc.array(event, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(rounds, async (all) => {
        const { chatId, messages } = await putMessages(3)
        const told = messages.map(() => new Set<Deed>())
        for (const events of all) {
          await happen(chatId, messages, events)
          for (const { which, deed } of events) told[which]!.add(deed)
          for (const [which, row] of (await rowsOf(chatId)).entries()) expectTrue(row, told[which]!)
        }
      }),
      { numRuns: 80 },
    )
  })

  it('leaves messages of other accounts alone', async () => {
    const { chatId, messages } = await putMessages(1)
    const news = [{ token: messages[0]!.token, state: 'delivered', at }] as const
    await store.noteProgress({ ...account, account: 'other' }, news, later)
    expect((await rowsOf(chatId))[0]).toMatchObject({ status: 'queued', delivered_at: null })
    await store.noteProgress(account, news, later)
    expect((await rowsOf(chatId))[0]).toMatchObject({ status: 'sent', delivered_at: at, settled_at: later })
  })

  it('keeps the first time that a message arrived and was read', async () => {
    const { chatId, messages } = await putMessages(1)
    const { token } = messages[0]!
    for (const [state, time] of [
      ['read', at],
      ['delivered', later],
      ['read', later],
    ] as const)
      await store.noteProgress(account, [{ token, state, at: time }], later)
    expect((await rowsOf(chatId))[0]).toMatchObject({ delivered_at: at, read_at: at })
  })
})

/** Whether a message stands as what happened to it says. */
function expectTrue(row: Row, told: ReadonlySet<Deed>): void {
  if (told.has('delivered') || told.has('read')) {
    expect(row).toMatchObject({ status: 'sent', failure: null, delivered_at: at })
    expect(row.read_at).toEqual(told.has('read') ? at : null)
  } else if (told.has('failed')) expect(row).toMatchObject({ status: 'failed', failure: 'restricted' })
  else expect(row.delivered_at).toBeNull()
  const isSettled = [...told].some((deed) => deed !== 'postponed' && deed !== 'expired')
  if (isSettled) expect(row.settled_at).not.toBeNull()
}
