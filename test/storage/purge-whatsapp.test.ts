import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { purgeWhatsApp } from '../../src/storage/purge-whatsapp.ts'
import { createWhatsAppStore } from '../../src/storage/whatsapp-store.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const dayMs = 86_400_000
const start = new Date('2026-11-26T02:00:00Z')

describe('purgeWhatsApp', () => {
  it('deletes after two weeks what was sent and what was never handed over, and rows of deleted keys at once', async () => {
    let now = start
    const { pool, prisma } = database
    const keyring = createKeyring([newKeyEntry()])
    const store = createWhatsAppStore({ pool, prisma, keyring, now: () => now, account: 'main' })
    const body = new Uint8Array([1])
    await store.keepSent('old', body)
    await store.noteArrival(body)
    now = new Date(start.getTime() + dayMs)
    await store.keepSent('new', body)
    const waiting = await store.noteArrival(body)
    await store.writeKeys([
      { type: 'session', id: 'a', value: null },
      { type: 'session', id: 'b', value: 'kept' },
    ])
    expect(await purgeWhatsApp(pool, new Date(start.getTime() + 14 * dayMs))).toBe(0)
    expect(await purgeWhatsApp(pool, new Date(start.getTime() + 14.5 * dayMs))).toBe(2)
    expect(await store.sent('old')).toBeUndefined()
    expect(await store.sent('new')).toEqual(body)
    expect((await store.arrivals()).map(({ id }) => id)).toEqual([waiting])
    expect(await prisma.whatsAppKey.count()).toBe(1)
    expect(await store.readKeys('session', ['a', 'b'])).toEqual(new Map([['b', 'kept']]))
  })
})
