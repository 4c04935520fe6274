import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { WhatsAppStore } from '../../src/channels/whatsapp-store.ts'
import { createKeyring, type Keyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { createWhatsAppResealer } from '../../src/storage/whatsapp-reseal.ts'
import { createWhatsAppStore } from '../../src/storage/whatsapp-store.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

const [oldKey, newKey] = [newKeyEntry(), newKeyEntry()]
const before = createKeyring([oldKey])
const both = createKeyring([newKey, oldKey])
const after = createKeyring([newKey])

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.owner.query(
    'TRUNCATE whatsapp_account, whatsapp_key, whatsapp_archived_key, whatsapp_person, whatsapp_alias',
  )
})

function open(keyring: Keyring, account = 'main'): WhatsAppStore {
  const { pool, prisma } = database
  return createWhatsAppStore({ pool, prisma, keyring, now: () => new Date(), account })
}

const session = (id: number, value: string) => ({ type: 'session', id: `${id}`, value })

/** More rows than are taken at a time. */
const many = Array.from({ length: 1_100 }, (_, id) => session(id, `value ${id} ñ`))

async function fill(account: string): Promise<void> {
  const store = open(before, account)
  await store.writeCreds('{"n":1}')
  await store.writeKeys([session(1, 'archived')])
  await store.archive()
  await store.writeCreds('{"n":2}')
  await store.writeKeys(many)
  await store.nameOf('1@lid', '6281339990001@s.whatsapp.net')
}

async function resealAll(): Promise<number> {
  const resealer = createWhatsAppResealer({ pool: database.pool, secrets: both })
  let rows = 0
  for (let mark = 0n; ; ) {
    const batch = await resealer.next(mark)
    if (batch === undefined) return rows
    expect(batch.last).toBeGreaterThan(mark)
    mark = batch.last
    rows += batch.rows
  }
}

async function expectReadable(account: string): Promise<void> {
  const store = open(after, account)
  expect(await store.readCreds()).toBe('{"n":2}')
  const kept = await store.readKeys(
    'session',
    many.map(({ id }) => id),
  )
  expect(kept).toEqual(new Map(many.map(({ id, value }) => [id, value])))
  expect(await store.nameOf('6281339990001@s.whatsapp.net')).toBe('1@lid')
}

describe('createWhatsAppResealer', () => {
  it('leaves nothing that is kept for long to the older key', async () => {
    await fill('main')
    await fill('other')
    const resealer = createWhatsAppResealer({ pool: database.pool, secrets: both })
    const total = await resealer.count()
    expect(await resealAll()).toBe(total)
    expect(await resealer.count()).toBe(0)
    await expectReadable('main')
    await expectReadable('other')
    const { rows } = await database.pool.query(
      `SELECT archived_secret AS sealed FROM whatsapp_account UNION ALL SELECT archived_creds FROM whatsapp_account
       UNION ALL SELECT value FROM whatsapp_archived_key`,
    )
    expect(rows.map(({ sealed }) => both.keyIdOf(sealed))).toEqual(rows.map(() => both.currentId))
    expect(await resealAll()).toBe(0)
  })

  it('goes on past what cannot be read, and leaves that as it is', async () => {
    await fill('main')
    const { rows } = await database.pool.query(
      `UPDATE whatsapp_key SET value = substr(value, 1, 20) WHERE id_hash = (SELECT min(id_hash::text)::bytea FROM whatsapp_key)
       RETURNING id_hash, value`,
    )
    await database.pool.query(
      "INSERT INTO whatsapp_account (account, secret, state_at) VALUES ('x', '', now())",
    )
    const total = await createWhatsAppResealer({ pool: database.pool, secrets: both }).count()
    expect(await resealAll()).toBe(total - 2)
    const { rows: left } = await database.pool.query('SELECT value FROM whatsapp_key WHERE id_hash = $1', [
      rows[0]?.id_hash,
    ])
    expect(left).toEqual([{ value: rows[0]?.value }])
  })

  it('takes back nothing that is written meanwhile, and holds nobody up for good', async () => {
    await fill('main')
    const writer = open(before)
    let isDone = false
    let turn = 0
    const writing = (async () => {
      for (; !isDone; turn += 1) {
        const ids = many.map(({ id }) => Number(id))
        const order = turn % 2 === 0 ? ids : ids.toReversed()
        await writer.writeKeys(order.slice(0, 700).map((id) => session(id, `turn ${turn}`)))
      }
    })()
    for (let round = 0; round < 3; round += 1) await resealAll()
    isDone = true
    await writing
    const lastIds = (turn % 2 === 1 ? many : many.toReversed()).slice(0, 700).map(({ id }) => id)
    const kept = await open(both).readKeys('session', lastIds)
    expect([...new Set(kept.values())]).toEqual([`turn ${turn - 1}`])
    await resealAll()
    expect(await open(after).readKeys('session', lastIds)).toEqual(kept)
  })
})
