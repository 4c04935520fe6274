import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { purgeConversations, retentionDays } from '../../src/conversation/purge.ts'
import { openTestApp, seatResident, type TestApp } from '../support/test-app.ts'

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
})
