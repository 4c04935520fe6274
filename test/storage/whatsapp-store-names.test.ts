import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { WhatsAppStore } from '../../src/channels/whatsapp-store.ts'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { createWhatsAppStore } from '../../src/storage/whatsapp-store.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

const lid = '539900011112222@lid'
const pn = '6281339990001@s.whatsapp.net'
const keyring = createKeyring([newKeyEntry()])

let database: TestDatabase
let accounts = 0
let account = ''
let store: WhatsAppStore
let queries = 0

beforeAll(async () => {
  database = await createTestDatabase()
  database.pool.on('acquire', () => {
    queries += 1
  })
})
afterAll(() => database.close())
beforeEach(() => {
  accounts += 1
  account = `account${accounts}`
  store = open()
})

function open(name = account): WhatsAppStore {
  const { pool, prisma } = database
  return createWhatsAppStore({ pool, prisma, keyring, now: () => new Date(), account: name })
}

async function seat(externalId: string): Promise<string> {
  const chat = await database.prisma.chat.create({
    data: { channel: 'whatsapp', account, externalId, contact: { create: {} } },
  })
  return chat.contactId
}

const chats = () =>
  database.prisma.chat.findMany({ where: { account }, orderBy: { id: 'asc' }, include: { contact: true } })

describe('createWhatsAppStore: nameOf', () => {
  it('is the id a person was first seen by, whichever they come by later', async () => {
    expect(await store.nameOf(pn)).toBe(pn)
    expect(await store.nameOf(lid, pn)).toBe(pn)
    expect(await store.nameOf(lid)).toBe(pn)
    expect(await open().nameOf(lid)).toBe(pn)
    expect(await store.nameOf('2@lid', '2@lid')).toBe('2@lid')
  })

  it('learns the other id with the first', async () => {
    expect(await store.nameOf(lid, pn)).toBe(lid)
    expect(await open().nameOf(pn)).toBe(lid)
  })

  it('is another in another account', async () => {
    await store.nameOf(lid, pn)
    expect(await open(`${account} other`).nameOf(pn)).toBe(pn)
  })

  it('asks the database once only for a person who writes again', async () => {
    await store.nameOf(lid, pn)
    const before = queries
    for (let times = 0; times < 5; times += 1) {
      expect([await store.nameOf(lid), await store.nameOf(pn, lid), await store.nameOf(pn)]).toEqual([
        lid,
        lid,
        lid,
      ])
    }
    expect(queries).toBe(before)
  })

  it('is one when two messages bring both ids at once, also in several processes', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [one, other] = [`${round}@lid`, `62${round}@s.whatsapp.net`]
      const stores = [store, open(), open()]
      const names = await Promise.all(
        stores.flatMap((each) => [each.nameOf(one, other), each.nameOf(other, one), each.nameOf(one, other)]),
      )
      expect(new Set(names).size).toBe(1)
    }
  })

  it('is the older one when two persons turn out to be one, and their contacts are joined', async () => {
    await store.nameOf(pn)
    await store.nameOf(lid)
    const [older, younger] = [await seat(pn), await seat(lid)]
    expect(await store.nameOf(lid, pn)).toBe(pn)
    expect([await store.nameOf(lid), await store.nameOf(pn), await open().nameOf(lid)]).toEqual([pn, pn, pn])
    expect(await chats()).toMatchObject([
      { externalId: pn, contactId: older, version: 0 },
      { externalId: lid, contactId: older, version: 1 },
    ])
    expect(await database.prisma.contact.findUnique({ where: { id: younger } })).toBeNull()
  })

  it('makes the chat that is still to come the same contact’s', async () => {
    await store.nameOf(pn)
    await store.nameOf(lid)
    const contact = await seat(lid)
    expect(await store.nameOf(lid, pn)).toBe(pn)
    expect(await chats()).toMatchObject([
      { externalId: lid, contactId: contact },
      { externalId: pn, contactId: contact },
    ])
  })

  it('joins the contact of a chat that is being made just then', async () => {
    await store.nameOf(pn)
    await store.nameOf(lid)
    const contact = await seat(pn)
    const made = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const first = database.prisma.$transaction(async (transaction) => {
      await transaction.chat.create({
        data: { channel: 'whatsapp', account, externalId: lid, contact: { create: {} } },
      })
      made.resolve()
      await goOn.promise
    })
    await made.promise
    const name = store.nameOf(lid, pn)
    const waiting =
      'SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = $1'
    while ((await database.owner.query(waiting, ['Lock'])).rows.length === 0);
    goOn.resolve()
    await first
    expect(await name).toBe(pn)
    expect((await chats()).map(({ contactId }) => contactId)).toEqual([contact, contact])
  })

  it('heeds what another process joined once it begins anew', async () => {
    await store.writeCreds('{}')
    await store.nameOf(pn)
    await store.nameOf(lid)
    await open().nameOf(lid, pn)
    await store.readCreds()
    expect(await store.nameOf(lid)).toBe(pn)
  })

  it('begins anew with a person whose name cannot be read', async () => {
    await store.nameOf(pn, lid)
    await database.pool.query('UPDATE whatsapp_person SET name = substr(name, 1, 40) WHERE account = $1', [
      account,
    ])
    const other = open()
    expect(await other.nameOf(lid)).toBe(lid)
    expect(await other.nameOf(pn)).toBe(lid)
  })

  it('is always one of the ids that were told of that person, and one for all of them', async () => {
    // Persons 0 to 3, each with ids of two kinds; a message tells one id, or two of the same person.
    const ids = (person: number) => [
      `${person}1111@lid`,
      `62${person}@s.whatsapp.net`,
      `62${person}9@s.whatsapp.net`,
    ]
    const message = fc.record({
      person: fc.nat(3),
      one: fc.nat(2),
      other: fc.option(fc.nat(2), { nil: undefined }),
      process: fc.nat(1),
    })
    let round = 0
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 15 }), async (messages) => {
        round += 1
        const name = `${account} ${round}`
        const processes = [open(name), open(name)]
        for (const { person, one, other, process } of messages) {
          const mine = ids(person)
          expect(mine).toContain(
            await processes[process]!.nameOf(mine[one]!, other === undefined ? undefined : mine[other]),
          )
        }
        const fresh = open(name)
        for (const person of [0, 1, 2, 3]) {
          const [a, b, c] = ids(person)
          const given = await fresh.nameOf(a!, b)
          expect(ids(person)).toContain(given)
          const all = await fresh.nameOf(c!, b)
          expect([await fresh.nameOf(a!), await fresh.nameOf(b!), await open(name).nameOf(c!)]).toEqual([
            all,
            all,
            all,
          ])
        }
      }),
      { numRuns: 15 },
    )
  })
})
