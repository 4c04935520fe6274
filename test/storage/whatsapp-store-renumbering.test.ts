import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { WhatsAppStore } from '../../src/channels/whatsapp-store.ts'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { createWhatsAppStore } from '../../src/storage/whatsapp-store.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

const [ana, budi] = ['539900011111111@lid', '539900022222222@lid']
const pn = '6281339990001@s.whatsapp.net'
const other = '6281339990002@s.whatsapp.net'
const keyring = createKeyring([newKeyEntry()])

let database: TestDatabase
let accounts = 0
let account = ''
let store: WhatsAppStore

beforeAll(async () => {
  database = await createTestDatabase()
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

/** The contact of the chat with that name, made by its first message. */
async function contactOf(externalId: string, at = account): Promise<string> {
  const { chat } = database.prisma
  const place = { channel: 'whatsapp', account: at, externalId }
  const find = () => chat.findUnique({ where: { channel_account_externalId: place } })
  if ((await find()) === null) {
    // Somebody else may make it at the same time.
    await chat.create({ data: { ...place, contact: { create: {} } } }).catch(() => undefined)
  }
  return (await find())!.contactId
}

async function damageNames(): Promise<void> {
  const sql = 'UPDATE whatsapp_person SET name = substr(name, 1, 40) WHERE account = $1'
  await database.pool.query(sql, [account])
}

describe('createWhatsAppStore: nameOf, when a number is sold again', () => {
  it.each([
    ['the LID', [budi, pn]],
    ['the number', [pn, budi]],
  ] as const)('is another for the new owner, who is addressed by %s', async (_by, [jid, alternative]) => {
    expect(await store.nameOf(pn, ana)).toBe(pn)
    const contact = await contactOf(pn)
    expect(await store.nameOf(jid, alternative)).toBe(budi)
    for (const each of [store, open()]) {
      expect([await each.nameOf(ana), await each.nameOf(budi), await each.nameOf(pn)]).toEqual([
        pn,
        budi,
        budi,
      ])
    }
    expect(await contactOf(pn)).toBe(contact)
    expect(await contactOf(budi)).not.toBe(contact)
  })

  it('is no other for a former owner who comes with the number again, or with another', async () => {
    await store.nameOf(pn, ana)
    await store.nameOf(budi, pn)
    expect(await store.nameOf(ana, other)).toBe(pn)
    expect(await store.nameOf(pn, ana)).toBe(pn)
    expect([await store.nameOf(budi), await store.nameOf(pn), await store.nameOf(other)]).toEqual([
      budi,
      pn,
      pn,
    ])
  })

  it('does not join two who each have a LID, whichever way they are told to be one', async () => {
    await store.nameOf(ana, pn)
    await store.nameOf(budi, other)
    await store.nameOf(pn, other)
    await store.nameOf(ana, budi)
    expect([await store.nameOf(ana), await store.nameOf(budi)]).toEqual([ana, budi])
    expect(await store.nameOf('3@lid', ana)).toBe('3@lid')
  })

  it.each([[[]], [[ana, other] as const]])(
    'does not hand the person of a number to somebody who had another number before',
    async (since) => {
      await store.nameOf(pn)
      const contact = await contactOf(pn)
      await store.nameOf(budi, other)
      // That other number may be somebody else's by now.
      if (since[0] !== undefined) await store.nameOf(since[0], since[1])
      expect(await store.nameOf(budi, pn)).toBe(budi)
      expect(await store.nameOf(pn)).toBe(budi)
      expect(await contactOf(budi)).not.toBe(contact)
    },
  )

  it('never begins anew by a number that names its former owner', async () => {
    await store.nameOf(pn, ana)
    await store.nameOf(budi, pn)
    await damageNames()
    await expect(open().nameOf(pn)).rejects.toMatchObject({ name: 'UnreadableAccountError' })
    expect(await open().nameOf(budi)).toBe(budi)
    expect(await open().nameOf(pn)).toBe(budi)
  })
})

describe('createWhatsAppStore: targetOf', () => {
  it('is the LID of the person whose name the number is, whoever has the number', async () => {
    expect(await store.targetOf(pn)).toBe(pn)
    await store.nameOf(pn)
    expect(await store.targetOf(pn)).toBe(pn)
    await store.nameOf(ana, pn)
    expect(await store.targetOf(pn)).toBe(ana)
    await store.nameOf(budi, pn)
    expect(await store.targetOf(pn)).toBe(ana)
    expect(await open().targetOf(pn)).toBe(ana)
  })

  it('is the LID of the person with whom the one of the number was joined', async () => {
    await store.nameOf(ana)
    await store.nameOf(pn)
    await store.nameOf(ana, pn)
    expect(await store.targetOf(pn)).toBe(ana)
    await store.nameOf(budi, pn)
    expect(await store.targetOf(pn)).toBe(ana)
  })

  it('is the holder’s where the number was never a name', async () => {
    await store.nameOf(ana, pn)
    expect(await store.targetOf(pn)).toBe(ana)
  })

  it('is nowhere when the number is all that was known, and somebody else has it', async () => {
    await store.nameOf(pn)
    await store.nameOf(budi, other)
    await store.nameOf(budi, pn)
    expect(await store.targetOf(pn)).toBeUndefined()
  })
})

describe('createWhatsAppStore: noteTarget', () => {
  it('learns the LID of who is known by the number only, also of somebody new', async () => {
    await store.nameOf(pn)
    expect(await store.noteTarget(pn, ana)).toBe(true)
    expect(await store.noteTarget(pn, ana)).toBe(true)
    expect(await store.nameOf(ana)).toBe(pn)
    expect(await store.noteTarget(other, budi)).toBe(true)
    expect(await open().nameOf(budi)).toBe(other)
  })

  it('tells that the LID is somebody else’s, and joins nobody', async () => {
    await store.nameOf(pn)
    await store.nameOf(budi)
    expect(await store.noteTarget(pn, budi)).toBe(false)
    expect([await store.nameOf(pn), await store.nameOf(budi)]).toEqual([pn, budi])
    expect(await store.noteTarget(other, budi)).toBe(false)
    await store.nameOf(ana, pn)
    expect(await store.noteTarget(pn, '3@lid')).toBe(false)
    expect(await store.nameOf('3@lid')).toBe('3@lid')
  })
})

const lids = [0, 1, 2].map((number) => `${number}5399@lid`)
const numbers = [0, 1, 2].map((number) => `62813399900${number}@s.whatsapp.net`)
const lidOf = fc.constantFrom(...lids)
const numberOf = fc.constantFrom(...numbers)

type Ids = readonly [jid: string, other?: string]

/** One id, or one of each kind: any number with any LID, as when numbers are sold again. */
const ids = fc.oneof<fc.Arbitrary<Ids>[]>(
  fc.tuple(lidOf),
  fc.tuple(numberOf),
  fc.tuple(lidOf, numberOf),
  fc.tuple(numberOf, lidOf),
)
const isLid = (jid: string) => jid.endsWith('@lid')

/** Each LID is of another person and contact, and what is for a contact reaches no LID of another. */
async function expectApart(name: string): Promise<void> {
  const fresh = open(name)
  const contactOfLid = async (lid: string) => contactOf(await fresh.nameOf(lid), name)
  expect(new Set(await Promise.all(lids.map((lid) => fresh.nameOf(lid)))).size).toBe(lids.length)
  expect(new Set(await Promise.all(lids.map(contactOfLid))).size).toBe(lids.length)
  const chats = await database.prisma.chat.findMany({ where: { account: name } })
  for (const { externalId, contactId } of chats) {
    const target = isLid(externalId) ? externalId : await fresh.targetOf(externalId)
    if (target === undefined) continue
    // A number leads anywhere: all that is asked is whether its message may go there.
    const reached = isLid(target) ? [target] : await noted(fresh, target)
    for (const lid of reached) expect(await contactOfLid(lid)).toBe(contactId)
  }
}

async function noted(store: WhatsAppStore, number: string): Promise<string[]> {
  const reached = []
  for (const lid of [...lids, '95399@lid']) if (await store.noteTarget(number, lid)) reached.push(lid)
  return reached
}

describe('createWhatsAppStore, whoever comes by whichever number', () => {
  it('keeps everybody with a LID apart, and each LID that came with a number has its name for good', async () => {
    const sighting = fc.record({ ids, process: fc.nat(1), asTarget: fc.boolean() })
    let round = 0
    await fc.assert(
      fc.asyncProperty(fc.array(sighting, { maxLength: 15 }), async (sightings) => {
        round += 1
        const name = `${account} ${round}`
        const processes = [open(name), open(name)]
        const names = new Map<string, string>()
        let current: number | undefined
        for (const {
          ids: [one, two],
          process,
          asTarget,
        } of sightings) {
          const store = processes[process]!
          // One process at a time has the account.
          if (process !== current) await store.readCreds()
          current = process
          const [lid, number] = isLid(one) ? [one, two] : [two, one]
          const isLookUp = asTarget && lid !== undefined && number !== undefined
          if (isLookUp && !(await store.noteTarget(number, lid))) continue
          const called = isLookUp ? await store.nameOf(lid) : await store.nameOf(one, two)
          await contactOf(called, name)
          if (lid === undefined) continue
          expect(called).toBe(names.get(lid) ?? called)
          if (number !== undefined) names.set(lid, called)
        }
        await expectApart(name)
        for (const [lid, called] of names) expect(await open(name).nameOf(lid)).toBe(called)
      }),
      { numRuns: 40 },
    )
  }, 60_000)

  it('gives both names of a person one contact, though nobody wrote under either when they were joined', async () => {
    // A process has learnt the names, and is about to make a chat under each.
    const [byNumber, byLid] = [await store.nameOf(pn), await store.nameOf(ana)]
    expect(byNumber).not.toBe(byLid)
    await open().nameOf(pn, ana)
    expect(await contactOf(byNumber)).toBe(await contactOf(byLid))
  })

  it('keeps everybody with a LID apart in two processes at once', async () => {
    let round = 0
    const many = fc.array(ids, { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(many, many, async (...both) => {
        round += 1
        const name = `${account} ${round}`
        const run = async (sightings: readonly Ids[]) => {
          const store = open(name)
          await Promise.all(
            sightings.map(async ([one, two]) => contactOf(await store.nameOf(one, two), name)),
          )
        }
        await Promise.all(both.map(run))
        await expectApart(name)
      }),
      { numRuns: 25 },
    )
  }, 60_000)
})
