import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { WhatsAppStore } from '../../src/channels/whatsapp-store.ts'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { createWhatsAppStore } from '../../src/storage/whatsapp-store.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

const start = new Date('2026-11-26T02:00:00Z')
const minute = 60_000

let database: TestDatabase
let now = start
let accounts = 0
let account = ''
let store: WhatsAppStore
const keyring = createKeyring([newKeyEntry()])

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())
beforeEach(() => {
  now = start
  accounts += 1
  account = `account${accounts}`
  store = open()
})

function open(keys = keyring, name = account): WhatsAppStore {
  const { pool, prisma } = database
  return createWhatsAppStore({ pool, prisma, keyring: keys, now: () => now, account: name })
}

const run = (sql: string, ...values: unknown[]) => database.pool.query(sql, values)

async function passMinutes(minutes: number): Promise<Date> {
  now = new Date(now.getTime() + minutes * minute)
  return now
}

const session = (id: string, value: string | null) => ({ type: 'session', id, value })

describe('createWhatsAppStore: keys', () => {
  it('gives back what was written last, of the type and the ids asked for', async () => {
    await store.writeKeys([
      session('a.0', '1'),
      session('b.0', '2'),
      { type: 'pre-key', id: 'a.0', value: '3' },
    ])
    await store.writeKeys([session('a.0', null), session('b.0', '4'), session('b.0', '5')])
    expect(await store.readKeys('session', ['a.0', 'b.0', 'c.0'])).toEqual(new Map([['b.0', '5']]))
    expect(await open().readKeys('pre-key', ['a.0'])).toEqual(new Map([['a.0', '3']]))
    expect(await store.readKeys('session', [])).toEqual(new Map())
    await store.writeKeys([])
    await store.writeKeys([session('a.0', '6')])
    expect(await store.readKeys('session', ['a.0'])).toEqual(new Map([['a.0', '6']]))
  })

  it('equals a map in memory after any writes', async () => {
    const ids = fc.constantFrom('1', '2', '3', '1_reverse', '2\u0000')
    const type = fc.constantFrom('session', 'pre-key', 'lid-mapping')
    const value = fc.option(fc.string({ unit: 'grapheme' }), { nil: null })
    const writes = fc.array(fc.array(fc.record({ type, id: ids, value }), { maxLength: 6 }), { maxLength: 5 })
    let round = 0
    await fc.assert(
      fc.asyncProperty(writes, async (all) => {
        round += 1
        const fresh = open(keyring, `${account} ${round}`)
        const model = new Map<string, string | null>()
        for (const entries of all) {
          await fresh.writeKeys(entries)
          for (const entry of entries) model.set(`${entry.type} ${entry.id}`, entry.value)
        }
        for (const kind of ['session', 'pre-key', 'lid-mapping']) {
          const all = ['1', '2', '3', '1_reverse', '2\u0000']
          const expected = all.flatMap((id) => {
            const kept = model.get(`${kind} ${id}`) ?? null
            return kept === null ? [] : [[id, kept] as const]
          })
          expect(await fresh.readKeys(kind, all)).toEqual(new Map(expected))
        }
      }),
      { numRuns: 20 },
    )
  })

  it('lets writers in opposite orders through, each write whole', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `${index}`)
    const stores = [open(), open(), open()]
    const write = async (who: number, turn: number) => {
      const order = who % 2 === 0 ? ids : ids.toReversed()
      await stores[who]!.writeKeys(
        order.map((id) => session(id, turn % 3 === 2 && who === 1 ? null : `${who}.${turn}`)),
      )
    }
    const all = async (who: number) => {
      for (let turn = 0; turn < 25; turn += 1) await write(who, turn)
    }
    await Promise.all([all(0), all(1), all(2)])
    const kept = await store.readKeys('session', ids)
    expect(new Set(kept.values()).size).toBe(1)
    expect(kept.size).toBe(ids.length)
  })
})

describe('createWhatsAppStore: secrets and status', () => {
  it('knows nothing of an account that was never linked', async () => {
    expect(await store.readCreds()).toBeUndefined()
    expect(await store.status()).toEqual({
      account,
      state: 'unlinked',
      reason: undefined,
      stateAt: start,
      linkedAt: undefined,
      lastInboundAt: undefined,
      restrictedUntil: undefined,
    })
  })

  it('is linked by the first secrets, and keeps the last', async () => {
    await store.writeCreds('{"n":1}')
    await passMinutes(1)
    await store.writeCreds('{"n":2}')
    expect(await open().readCreds()).toBe('{"n":2}')
    expect(await store.status()).toMatchObject({ state: 'connecting', linkedAt: start })
  })

  it('stays unlinked while there are no secrets, whatever a connection on its way reports', async () => {
    await store.report({ state: 'connecting' })
    expect(await store.status()).toMatchObject({ state: 'unlinked', reason: undefined })
    await store.report({ state: 'unlinked', reason: 'not_scanned' })
    expect(await store.status()).toMatchObject({ state: 'unlinked', reason: 'not_scanned' })
    await store.report({ state: 'connecting', reason: undefined })
    await store.writeCreds('{}')
    expect(await store.status()).toMatchObject({ state: 'connecting', reason: undefined, linkedAt: start })
  })

  it('notes when state or reason changed, and nothing else moves that time', async () => {
    await store.writeCreds('{}')
    const changed = await passMinutes(1)
    await store.report({ state: 'waiting', reason: 'lost' })
    await passMinutes(1)
    await store.report({ state: 'waiting', reason: 'lost' })
    await store.report({ lastInboundAt: now })
    const stopped = { state: 'waiting', reason: 'lost', stateAt: changed, lastInboundAt: now } as const
    expect(await store.status()).toMatchObject(stopped)
    const cleared = await passMinutes(1)
    await store.report({ state: 'waiting' })
    expect(await store.status()).toMatchObject({ state: 'waiting', reason: undefined, stateAt: cleared })
  })

  it('clears what is reported as undefined, and leaves what is not spoken of', async () => {
    await store.report({ restrictedUntil: start, lastInboundAt: start })
    await store.report({ restrictedUntil: undefined })
    expect(await store.status()).toMatchObject({ restrictedUntil: undefined, lastInboundAt: start })
    await store.report({ restrictedUntil: start })
    await store.report({ lastInboundAt: undefined })
    expect(await store.status()).toMatchObject({ restrictedUntil: start, lastInboundAt: undefined })
  })
})

describe('createWhatsAppStore: messages that wait and messages that went', () => {
  const body = (text: string) => new Uint8Array(Buffer.from(text))
  const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString()

  it('keeps arrivals in order until they are dropped', async () => {
    const first = await store.noteArrival(body('satu'))
    const second = await store.noteArrival(body('dua'))
    await open(keyring, `${account} other`).noteArrival(body('lain'))
    await store.countAttempt(first)
    const waiting = (await open().arrivals()).map((entry) => ({ ...entry, body: text(entry.body) }))
    expect(waiting).toEqual([
      { id: first, body: 'satu', attempts: 1 },
      { id: second, body: 'dua', attempts: 0 },
    ])
    await store.dropArrival(first)
    expect((await store.arrivals()).map(({ id }) => id)).toEqual([second])
  })

  it('gives the arrivals that can be read when one cannot', async () => {
    const first = await store.noteArrival(body('satu'))
    const second = await store.noteArrival(body('dua'))
    await run('UPDATE whatsapp_arrival SET body = substr(body, 1, 40) WHERE id = $1', first)
    expect((await store.arrivals()).map(({ id }) => id)).toEqual([second])
  })

  it('gives a message again as it was sent last, and no other', async () => {
    await store.keepSent('3EB000', body('satu'))
    await store.keepSent('3EB000', body('dua'))
    expect(text(await open().sent('3EB000'))).toBe('dua')
    expect(await store.sent('3EB001')).toBeUndefined()
    expect(await open(keyring, 'nobody').sent('3EB000')).toBeUndefined()
  })
})

describe('createWhatsAppStore: what the tables show', () => {
  it('is neither a phone number nor a key', async () => {
    const phone = '6281339990001'
    const key = Buffer.alloc(32, 0xa7)
    const json = JSON.stringify({ me: { id: `${phone}:3@s.whatsapp.net` }, key: key.toString('base64') })
    await store.writeCreds(json)
    await store.writeKeys([
      session(`${phone}.0`, json),
      { type: 'lid-mapping', id: phone, value: JSON.stringify('53990001') },
      { type: 'lid-mapping', id: '53990001_reverse', value: JSON.stringify(phone) },
    ])
    await store.archive()
    await store.writeCreds(json)
    await store.writeKeys([session(`${phone}.0`, json), session(`${phone}.1`, null)])
    await store.nameOf('53990001@lid', `${phone}@s.whatsapp.net`)
    await store.noteArrival(Buffer.from(json))
    await store.keepSent('3EB000', Buffer.from(json))
    await store.report({ state: 'open', lastInboundAt: start })
    const { rows: tables } = await run(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_name LIKE 'whatsapp\\_%' ORDER BY 1",
    )
    expect(tables).toHaveLength(7)
    const shapes = (bytes: Buffer) => [
      bytes.toString('latin1'),
      bytes.toString('hex'),
      bytes.toString('base64'),
    ]
    const forbidden = [...shapes(key), ...shapes(Buffer.from(phone)), ...shapes(Buffer.from('53990001'))]
    for (const { name } of tables) {
      const { rows } = await run(`SELECT t::text AS line FROM ${name} t`)
      expect(rows.length, name).toBeGreaterThan(0)
      const shown = rows.map(({ line }) => line).join('\n')
      for (const word of forbidden) expect(shown.includes(word), `${name} shows ${word}`).toBe(false)
    }
  })
})
