import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { purgeConversations, retentionDays } from '../../src/conversation/purge.ts'
import { openTestApp, seatResident, type TestApp } from '../support/test-app.ts'
import { createBulkWorld, doubtful, queued, suppressed } from './bulk-world.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)
const count = async (table: string) =>
  (await app.storage.database.pool.query(`SELECT count(*)::int AS n FROM ${table}`)).rows[0]?.n

describe('purgeConversations', () => {
  it('deletes what was said when its time is over, and not before', async () => {
    const resident = await seatResident(app)
    await resident.say('menu')
    const { pool } = app.storage.database
    expect(await purgeConversations(pool, inDays(retentionDays.transcript - 1))).toBe(0)
    expect(await purgeConversations(pool, inDays(retentionDays.transcript + 1))).toBe(3)
    expect([await count('inbox_message'), await count('outbox_message')]).toEqual([0, 0])
    expect(await count('notice_shown')).toBe(1)
  })

  it('gives up what nobody came to read', async () => {
    const resident = await seatResident(app)
    await resident.say('menu')
    const chatId = await app.conversation.chatAt(resident.channel.address)
    await resident.channel.stop()
    await app.conversation.tell(chatId!, [{ text: 'Kabar' }])
    await purgeConversations(app.storage.database.pool, inDays(retentionDays.unread + 1))
    const { rows } = await app.storage.database.pool.query(
      "SELECT status, failure FROM outbox_message WHERE kind = 'notice'",
    )
    expect(rows).toEqual([{ status: 'failed', failure: 'expired' }])
  })

  it('gives up broadcasts whose time is over, and deletes batches with the last of their messages', async () => {
    const { database } = app.storage
    const world = createBulkWorld(database, 'purged')
    const people = await world.seat(3)
    const [long, gone] = [
      await world.batch(app.conversation, { expiresAt: inDays(30) }),
      await world.batch(app.conversation),
    ]
    await world.tell(app.conversation, people.slice(0, 1), long)
    await world.tell(app.conversation, people.slice(1), gone)
    await database.pool.query(
      'UPDATE outbox_message SET claimed_at = now(), status = $1 WHERE chat_id = $2',
      ['unknown', people[2]!.chatId],
    )
    const batches = async () => (await database.pool.query('SELECT id FROM outbox_batch')).rows.length
    await purgeConversations(database.pool, inDays(retentionDays.unread + 1))
    expect(await world.states()).toEqual([queued, suppressed('expired'), doubtful])
    await purgeConversations(database.pool, inDays(31))
    expect((await world.states())[0]).toEqual(suppressed('expired'))
    expect(await batches()).toBe(2)
    await purgeConversations(database.pool, inDays(retentionDays.transcript + 32))
    expect([await world.states(), await batches()]).toEqual([[], 0])
  })

  it('keeps what is held however long, but for what was dropped meanwhile', async () => {
    const { database } = app.storage
    const world = createBulkWorld(database, 'held')
    const [one, other] = await world.seat(2)
    const held = await world.batch(app.conversation, { held: true, expiresAt: inDays(3) })
    const dropped = await world.batch(app.conversation, { held: true, expiresAt: inDays(3) })
    await world.within((transaction) => app.conversation.batches.drop(transaction, dropped, 'cancelled'))
    await world.tell(app.conversation, [one!], held)
    await world.tell(app.conversation, [other!], dropped)
    await purgeConversations(database.pool, inDays(100))
    expect(await world.states()).toEqual([queued, suppressed('expired')])
  })
})
