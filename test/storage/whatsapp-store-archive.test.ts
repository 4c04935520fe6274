import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { UnreadableAccountError, type WhatsAppStore } from '../../src/channels/whatsapp-store.ts'
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

describe('createWhatsAppStore: setting aside', () => {
  it('leaves an account that can be linked anew, and keeps what was set aside last', async () => {
    await store.writeCreds('{"n":1}')
    await store.writeKeys([session('a.0', '1'), session('b.0', null)])
    await store.report({ state: 'stopped', reason: 'logged_out' })
    await passMinutes(1)
    await store.archive()
    expect(await store.readCreds()).toBeUndefined()
    expect(await store.readKeys('session', ['a.0'])).toEqual(new Map())
    expect(await store.status()).toMatchObject({
      state: 'unlinked',
      reason: undefined,
      stateAt: now,
      linkedAt: undefined,
    })
    await passMinutes(1)
    await store.writeCreds('{"n":2}')
    await store.writeKeys([session('a.0', '2')])
    expect(await store.status()).toMatchObject({ linkedAt: now })
    expect(await store.readKeys('session', ['a.0'])).toEqual(new Map([['a.0', '2']]))
    const archived = () =>
      run(
        'SELECT archived_creds, (SELECT count(*)::int FROM whatsapp_archived_key k WHERE k.account = a.account) AS keys FROM whatsapp_account a WHERE account = $1',
        account,
      )
    const first = (await archived()).rows[0]
    expect(first).toMatchObject({ keys: 1 })
    // Without secrets there is nothing to set aside that would replace what is.
    await store.archive()
    await store.archive()
    const second = (await archived()).rows[0]
    expect(Buffer.from(second.archived_creds).equals(first.archived_creds)).toBe(false)
    expect(second).toMatchObject({ keys: 1 })
  })

  it('keeps the names of persons', async () => {
    await store.writeCreds('{}')
    await store.nameOf('1@lid', '62811@s.whatsapp.net')
    await store.archive()
    expect(await store.nameOf('62811@s.whatsapp.net')).toBe('1@lid')
  })

  it('is no error for an account that never was', async () => {
    await store.archive()
    expect(await store.status()).toMatchObject({ state: 'unlinked' })
  })
})

describe('createWhatsAppStore: what cannot be read', () => {
  const damages = {
    'changed secrets':
      'UPDATE whatsapp_account SET creds = set_byte(creds, length(creds) - 1, get_byte(creds, length(creds) - 1) # 1) WHERE account = $1',
    'secrets cut short': 'UPDATE whatsapp_account SET creds = substr(creds, 1, 40) WHERE account = $1',
    'empty secrets': "UPDATE whatsapp_account SET creds = '' WHERE account = $1",
    'a changed hashing secret':
      'UPDATE whatsapp_account SET secret = set_byte(secret, 30, get_byte(secret, 30) # 1) WHERE account = $1',
    'the secrets of another account':
      "UPDATE whatsapp_account SET creds = (SELECT creds FROM whatsapp_account o WHERE o.account = $1 || ' other') WHERE account = $1",
  }

  it.each(Object.entries(damages))('says so of %s, and can be linked anew', async (_, sql) => {
    const other = open(keyring, `${account} other`)
    for (const one of [store, other]) {
      await one.writeCreds('{"n":1}')
      await one.writeKeys([session('a.0', '1')])
    }
    await run(sql, account)
    await expect(store.readCreds()).rejects.toThrow(UnreadableAccountError)
    expect(await other.readCreds()).toBe('{"n":1}')
    expect(await store.status()).toMatchObject({ linkedAt: start })
    await store.archive()
    expect(await store.readCreds()).toBeUndefined()
    await store.writeCreds('{"n":2}')
    await store.writeKeys([session('a.0', '2')])
    const again = open()
    expect(await again.readCreds()).toBe('{"n":2}')
    expect(await again.readKeys('session', ['a.0'])).toEqual(new Map([['a.0', '2']]))
    expect(await other.readKeys('session', ['a.0'])).toEqual(new Map([['a.0', '1']]))
  })

  it('says so of a changed key, and of one put in the place of another', async () => {
    await store.writeKeys([session('a.0', '1'), session('b.0', '2')])
    await run(
      'UPDATE whatsapp_key SET value = (SELECT value FROM whatsapp_key o WHERE o.account = $1 AND o.id_hash <> whatsapp_key.id_hash) WHERE account = $1',
      account,
    )
    await expect(store.readKeys('session', ['a.0'])).rejects.toThrow(UnreadableAccountError)
    await run('UPDATE whatsapp_key SET value = substr(value, 1, 30) WHERE account = $1', account)
    await expect(store.readKeys('session', ['b.0'])).rejects.toThrow(UnreadableAccountError)
    await store.archive()
    expect(await store.readKeys('session', ['a.0', 'b.0'])).toEqual(new Map())
  })

  it('says so when the key of the ring is gone, until it is set aside', async () => {
    await store.writeCreds('{"n":1}')
    await store.writeKeys([session('a.0', '1')])
    const without = open(createKeyring([newKeyEntry()]))
    await expect(without.readCreds()).rejects.toThrow(UnreadableAccountError)
    await expect(without.readKeys('session', ['a.0'])).rejects.toThrow(UnreadableAccountError)
    await expect(without.writeKeys([session('a.0', '2')])).rejects.toThrow(UnreadableAccountError)
    expect(await store.readKeys('session', ['a.0'])).toEqual(new Map([['a.0', '1']]))
    await without.archive()
    await without.writeCreds('{"n":2}')
    await without.writeKeys([session('a.0', '2')])
    expect(await without.readCreds()).toBe('{"n":2}')
  })

  it('takes another hashing secret where the account is not linked', async () => {
    await store.writeCreds('{}')
    await store.archive()
    const without = open(createKeyring([newKeyEntry()]))
    expect(await without.readCreds()).toBeUndefined()
    await without.writeKeys([session('a.0', '2')])
    expect(await without.nameOf('1@lid')).toBe('1@lid')
  })
})
