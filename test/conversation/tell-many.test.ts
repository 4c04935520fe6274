import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { createFakeChannel, messageFrom } from './fake-channel.ts'
import { openConversation } from './open-conversation.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

/** Chats on an account of their own. */
async function seat(count: number): Promise<bigint[]> {
  const { prisma } = app.storage.database
  const account = randomUUID()
  const people = Array.from({ length: count }, () => ({ id: randomUUID() }))
  await prisma.contact.createMany({ data: people })
  const chats = await prisma.chat.createManyAndReturn({
    data: people.map(({ id }) => ({ contactId: id, channel: 'whatsapp', account, externalId: id })),
  })
  return chats.map(({ id }) => id)
}

/** What waits in the chats, in the order in which it is sent. */
async function waiting(chatIds: readonly bigint[]) {
  const rows = await app.storage.database.prisma.outboxMessage.findMany({
    where: { chatId: { in: [...chatIds] } },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ chatId, body, kind }) => ({
    chatId,
    kind,
    ...JSON.parse(app.storage.keyring.open(body)),
  }))
}

const tell = (
  items: readonly { chatId: bigint; message: { text: string } }[],
  purpose: 'reply' | 'notice' | 'broadcast' = 'notice',
) =>
  app.storage.database.prisma.$transaction((transaction) =>
    app.conversation.tellMany(items, transaction, purpose),
  )
const each = (chatIds: readonly bigint[], text = 'Kabar.') =>
  chatIds.map((chatId) => ({ chatId, message: { text } }))

/** The words on the channel of the outbox that were sent while something was done. */
async function signalsOf(work: () => Promise<unknown>): Promise<string[]> {
  const client = new pg.Client(app.storage.database.url)
  await client.connect()
  try {
    const heard: string[] = []
    const ended = Promise.withResolvers<void>()
    client.on('notification', ({ payload = '' }) => {
      if (payload === 'end') ended.resolve()
      else heard.push(payload)
    })
    await client.query('LISTEN outbox')
    await work()
    await client.query("NOTIFY outbox, 'end'")
    await ended.promise
    return heard
  } finally {
    await client.end()
  }
}

describe('tellMany', () => {
  it('tells many chats in the given order, sealed, each as what it is', async () => {
    const [one = 0n, other = 0n] = await seat(2)
    const messages = [
      { chatId: other, message: { text: 'Pertama.' } },
      { chatId: one, message: { text: 'Kedua.' } },
      { chatId: other, message: { text: 'Ketiga.', options: [{ label: 'Ya', value: 'ya' }] } },
    ]
    await tell(messages, 'broadcast')
    expect(await waiting([one, other])).toEqual(
      messages.map(({ chatId, message }) => ({ chatId, kind: 'broadcast', ...message })),
    )
    const clear = await app.storage.database.pool.query(
      "SELECT 1 FROM outbox_message WHERE position('Pertama'::bytea IN body) > 0",
    )
    expect(clear.rows).toEqual([])
  })

  it('leaves out chats that are gone, or whose person blocked the bot', async () => {
    const [gone = 0n, stopped = 0n, active = 0n] = await seat(3)
    await app.storage.database.prisma.chat.delete({ where: { id: gone } })
    await app.storage.database.prisma.chat.update({ where: { id: stopped }, data: { state: 'stopped' } })
    await tell(each([gone, stopped, active]))
    expect((await waiting([gone, stopped, active])).map(({ chatId }) => chatId)).toEqual([active])
  })

  it('leaves out a chat that another deletes at the same time', async () => {
    const { prisma } = app.storage.database
    const [going = 0n, staying = 0n] = await seat(2)
    let telling: Promise<unknown> | undefined
    await prisma.$transaction(async (transaction) => {
      await transaction.chat.delete({ where: { id: going } })
      telling = tell(each([going, staying]))
      await untilSomebodyWaits()
    })
    await telling
    expect((await waiting([going, staying])).map(({ chatId }) => chatId)).toEqual([staying])
  })

  it('tells nobody when the transaction is not committed', async () => {
    const chats = await seat(2)
    const failing = app.storage.database.prisma.$transaction(async (transaction) => {
      await app.conversation.tellMany(each(chats), transaction, 'notice')
      throw new Error('on purpose')
    })
    await expect(failing).rejects.toThrow('on purpose')
    expect(await waiting(chats)).toEqual([])
    await tell([])
  })

  it('tells the other processes of each of a few chats, once', async () => {
    const chats = await seat(3)
    const heard = await signalsOf(() => tell([...each(chats), ...each(chats)]))
    expect(heard.sort()).toEqual(chats.map(String).sort())
  })

  it('has many found by the sweeps of all processes instead', async () => {
    const chats = await seat(51)
    expect(await signalsOf(() => tell(each(chats)))).toEqual([])
    expect(await waiting(chats)).toHaveLength(51)

    const { conversation, sweepAfter } = openConversation(app)
    const channel = createFakeChannel()
    conversation.attach(channel)
    await conversation.receive(messageFrom(channel, 'menu'))
    await conversation.idle()
    const chatId = await conversation.chatAt({ channel: 'whatsapp', account: channel.account, id: 'someone' })
    await tell(each([chatId!, ...chats], 'Untuk banyak orang.'))
    await sweepAfter(60)
    expect(channel.sent.at(-1)).toMatchObject({ text: 'Untuk banyak orang.', purpose: 'notice' })
  })

  it('tells the ids by chat, of several in one the last, and none of who is left out', async () => {
    const { prisma } = app.storage.database
    const [one = 0n, stopped = 0n] = await seat(2)
    await prisma.chat.update({ where: { id: stopped }, data: { state: 'stopped' } })
    const ids = await tell([...each([one]), ...each([stopped]), ...each([one])])
    const last = await prisma.outboxMessage.findFirst({ where: { chatId: one }, orderBy: { id: 'desc' } })
    expect([...ids]).toEqual([[one, last!.id]])
  })

  it('has broadcasts be of their batch, and notices where no channel takes many', async () => {
    const { prisma } = app.storage.database
    const [there = 0n, web = 0n] = await seat(2)
    await prisma.chat.update({ where: { id: web }, data: { channel: 'webchat' } })
    const batchId = await prisma.$transaction((transaction) =>
      app.conversation.batches.create(transaction, { topics: [], expiresAt: undefined, held: true }),
    )
    const heard = await signalsOf(() =>
      prisma.$transaction((transaction) =>
        app.conversation.tellMany(each([there, web]), transaction, 'broadcast', batchId),
      ),
    )
    expect(heard.sort()).toEqual([String(web), 'bulk'])
    const rows = await prisma.outboxMessage.findMany({
      where: { chatId: { in: [there, web] } },
      orderBy: { id: 'asc' },
    })
    expect(rows.map(({ kind, batchId }) => [kind, batchId])).toEqual([
      ['broadcast', batchId],
      ['notice', null],
    ])
  })
})

/** Resolves once a statement waits for a lock. */
async function untilSomebodyWaits(): Promise<void> {
  for (;;) {
    const { rows } = await app.storage.database.owner.query(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    )
    if (rows.length > 0) return
  }
}
