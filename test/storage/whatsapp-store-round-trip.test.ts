import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { createWhatsAppStore } from '../../src/storage/whatsapp-store.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const keyring = createKeyring([newKeyEntry()])

function open(account: string) {
  const { pool, prisma } = database
  return createWhatsAppStore({ pool, prisma, keyring, now: () => new Date(), account })
}

const anyText = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }))

/** JSON as the protocol's values are written: buffers as base64 in an object that says so, at any depth. */
const json = fc
  .letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.uint8Array().map((bytes) => ({ type: 'Buffer', data: Buffer.from(bytes).toString('base64') })),
      anyText,
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.dictionary(anyText, tie('value'), { maxKeys: 4 }),
      fc.array(tie('value'), { maxLength: 4 }),
    ),
  }))
  .value.map((value) => JSON.stringify(value))

describe('createWhatsAppStore: round trips', () => {
  it('give back any JSON under any id, to the letter', async () => {
    const entries = fc.uniqueArray(fc.record({ id: anyText, value: json }), {
      selector: ({ id }) => id,
      minLength: 1,
      maxLength: 8,
    })
    let round = 0
    await fc.assert(
      fc.asyncProperty(entries, json, async (given, creds) => {
        round += 1
        const account = `round ${round}`
        await open(account).writeKeys(given.map((entry) => ({ type: 'session', ...entry })))
        await open(account).writeCreds(creds)
        const fresh = open(account)
        expect(await fresh.readCreds()).toBe(creds)
        const ids = given.map(({ id }) => id)
        expect(await fresh.readKeys('session', ids)).toEqual(
          new Map(given.map(({ id, value }) => [id, value])),
        )
        expect(await fresh.readKeys('pre-key', ids)).toEqual(new Map())
      }),
      { numRuns: 40 },
    )
  })

  it('give back any bytes of messages', async () => {
    const store = open('messages')
    const bytes = fc.uint8Array({ maxLength: 500 })
    await fc.assert(
      fc.asyncProperty(bytes, bytes, async (arrival, sent) => {
        const id = await store.noteArrival(arrival)
        await store.keepSent('3EB000', sent)
        expect((await store.arrivals()).find((entry) => entry.id === id)?.body).toEqual(arrival)
        expect(await open('messages').sent('3EB000')).toEqual(sent)
      }),
      { numRuns: 25 },
    )
  })
})
