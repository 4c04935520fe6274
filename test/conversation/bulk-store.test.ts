import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createBatches } from '../../src/conversation/batch-store.ts'
import { type BulkStore, createBulkStore } from '../../src/conversation/bulk-store.ts'
import { createOutboxStore } from '../../src/conversation/outbox-store.ts'
import { createTellMany } from '../../src/conversation/tell-many.ts'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'
import { type BulkWorld, createBulkWorld, doubtful, failed, queued, suppressed } from './bulk-world.ts'

const clock = { now: new Date('2026-01-05T01:00:00Z') }
const later = (seconds: number) => new Date(clock.now.getTime() + seconds * 1_000)
const dayS = 86_400

let database: TestDatabase
let store: BulkStore
let voice: Parameters<BulkWorld['tell']>[0] & Parameters<BulkWorld['batch']>[0]
beforeAll(async () => {
  database = await createTestDatabase()
  store = createBulkStore(database)
  const now = () => clock.now
  const sealer = createKeyring([newKeyEntry()])
  voice = {
    tellMany: createTellMany({ store: createOutboxStore(database), sealer, now }),
    batches: createBatches({ now }),
  }
})
afterAll(() => database.close())

let account: { channel: 'whatsapp'; account: string }
let world: BulkWorld
beforeEach(() => {
  account = { channel: 'whatsapp', account: randomUUID() }
  world = createBulkWorld(database, account.account)
})

const many = { places: 100, look: 100 }
const taken = { status: 'unknown', failure: null, open: true }

describe('claimBulk', () => {
  it('takes up what is due on the account, oldest first, and holds it for one process', async () => {
    const people = await world.seat(3)
    await createBulkWorld(database, randomUUID()).seat(1)
    const ids = await world.tell(voice, people)
    const first = await store.claimBulk(account, { places: 2, look: 2 }, clock.now)
    expect(first.toSend.map(({ id }) => id)).toEqual(people.slice(0, 2).map(({ chatId }) => ids.get(chatId)))
    expect(first.toSend[0]).toMatchObject({
      chatId: people[0]!.chatId,
      address: { ...account, id: '0' },
      attempts: 0,
      claimedAt: clock.now,
    })
    expect((await store.claimBulk(account, many, clock.now)).toSend).toHaveLength(1)
    expect((await store.claimBulk(account, many, clock.now)).toSend).toEqual([])
    expect(await world.states()).toEqual([taken, taken, taken])
  })

  it('leaves other accounts, replies and notices alone', async () => {
    const other = createBulkWorld(database, randomUUID())
    await other.tell(voice, await other.seat(1))
    const [person] = await world.seat(1)
    const outbox = createOutboxStore(database)
    await outbox.say(person!.chatId, [Buffer.from('x')], 'notice', clock.now)
    await outbox.say(person!.chatId, [Buffer.from('x')], 'reply', clock.now)
    expect(await store.claimBulk(account, many, clock.now)).toEqual({ toSend: [], settled: [] })
  })

  it('takes nothing of a batch that is held, and all once it is let go', async () => {
    const people = await world.seat(2)
    const batchId = await world.batch(voice, { held: true })
    await world.tell(voice, people, batchId)
    const claim = () => store.claimBulk(account, many, clock.now)
    expect((await claim()).toSend).toEqual([])
    await world.within((transaction) => voice.batches.release(transaction, batchId))
    await world.within((transaction) => voice.batches.hold(transaction, batchId))
    expect((await claim()).toSend).toEqual([])
    await world.within((transaction) => voice.batches.release(transaction, batchId))
    expect((await claim()).toSend.map((row) => row.batchId)).toEqual([batchId, batchId])
  })

  it('asks at that moment whether the person blocked the bot or wants no more news', async () => {
    const [blocked, stopped, again, going] = await world.seat(4)
    await world.tell(voice, [blocked!, stopped!, again!, going!])
    await database.pool.query("UPDATE chat SET state = 'stopped' WHERE id = $1", [blocked!.chatId])
    await world.stop(stopped!)
    await world.stop(again!, clock.now)
    const { toSend, settled } = await store.claimBulk(account, many, clock.now)
    expect(toSend.map(({ chatId }) => chatId)).toEqual([again!.chatId, going!.chatId])
    expect(settled).toHaveLength(2)
    expect(await world.states()).toEqual([failed('stopped'), suppressed('stopped_by_person'), taken, taken])
  })

  it('asks whether the person is subscribed to one of the topics still', async () => {
    const [ended, other, one, both] = await world.seat(4)
    await world.subscribe(ended!, 'jahit', clock.now)
    await world.subscribe(other!, 'las')
    await world.subscribe(one!, 'bansos')
    for (const topic of ['bansos', 'jahit']) await world.subscribe(both!, topic)
    const batchId = await world.batch(voice, { topics: ['jahit', 'bansos'] })
    await world.tell(voice, [ended!, other!, one!, both!], batchId)
    const { toSend, settled } = await store.claimBulk(account, many, clock.now)
    expect(toSend.map(({ chatId }) => chatId)).toEqual([one!.chatId, both!.chatId])
    expect(settled).toEqual([batchId, batchId])
    expect((await world.states()).slice(0, 2)).toEqual([
      suppressed('unsubscribed'),
      suppressed('unsubscribed'),
    ])
  })

  it('lets nothing out whose time is over: that of the batch, or three days', async () => {
    const [person] = await world.seat(1)
    const batchId = await world.batch(voice, { expiresAt: later(4 * dayS) })
    await world.tell(voice, [person!])
    await world.tell(voice, [person!], batchId)
    const claimAt = async (seconds: number) =>
      (await store.claimBulk(account, many, later(seconds))).toSend.map((row) => row.batchId)
    expect(await claimAt(3 * dayS)).toEqual([batchId])
    await world.tell(voice, [person!], batchId)
    expect(await claimAt(4 * dayS)).toEqual([])
    expect(await world.states()).toEqual([suppressed('expired'), taken, suppressed('expired')])
  })

  it('settles many that are wanted no more at once, and takes no more up than there is place for', async () => {
    const people = await world.seat(30)
    for (const person of people.slice(0, 20)) await world.stop(person)
    await world.tell(voice, people)
    const { toSend, settled } = await store.claimBulk(account, { places: 2, look: 25 }, clock.now)
    expect([toSend.length, settled.length]).toEqual([2, 20])
    expect((await world.states()).filter(({ status }) => status === 'queued')).toHaveLength(8)
  })
})

describe('giveBackBulk', () => {
  const claimOne = async () => (await store.claimBulk(account, many, clock.now)).toSend

  it('has it sent later', async () => {
    await world.tell(voice, await world.seat(1))
    await store.giveBackBulk(await claimOne(), later(60), 'too_fast')
    expect(await world.states()).toEqual([{ ...queued, failure: 'too_fast' }])
    expect((await store.claimBulk(account, many, later(59))).toSend).toEqual([])
    expect((await store.claimBulk(account, many, later(60))).toSend).toMatchObject([{ attempts: 1 }])
  })

  it('gives back only what is still held by who took it, and not settled', async () => {
    await world.tell(voice, await world.seat(2))
    const claimed = await claimOne()
    const outbox = createOutboxStore(database)
    await outbox.settle([{ id: claimed[0]!.id, status: 'sent', externalId: 'x', failure: null }], clock.now)
    await store.giveBackBulk(claimed, clock.now, 'unavailable')
    const [again] = (await store.claimBulk(account, many, later(1))).toSend
    expect(again!.id).toBe(claimed[1]!.id)
    await store.giveBackBulk(claimed, later(1), 'unavailable')
    expect(await world.states()).toMatchObject([{ status: 'sent' }, { status: 'unknown', open: true }])
  })
})

describe('takeOverBulk', () => {
  it('settles as unknown what somebody took up on the account who is gone', async () => {
    const other = createBulkWorld(database, randomUUID())
    for (const each of [world, other]) await each.tell(voice, await each.seat(3))
    const { toSend } = await store.claimBulk(account, { places: 2, look: 2 }, clock.now)
    expect(await store.takeOverBulk(account, [toSend[1]!.id], clock.now)).toEqual([undefined])
    expect(await world.states()).toEqual([doubtful, taken, queued])
    expect(await other.states()).toEqual([queued, queued, queued])
  })
})

describe('createBatches', () => {
  it('gives up what no process took up yet, what is given back, and what is added later', async () => {
    const people = await world.seat(5)
    const batchId = await world.batch(voice)
    await world.tell(voice, people.slice(0, 4), batchId)
    const drop = () => world.within((transaction) => voice.batches.drop(transaction, batchId, 'cancelled'))
    const { toSend } = await store.claimBulk(account, { places: 2, look: 2 }, clock.now)
    expect(await drop()).toBe(2)
    await store.giveBackBulk(toSend.slice(0, 1), clock.now, 'too_fast')
    await world.tell(voice, people.slice(4), batchId)
    await world.within((transaction) => voice.batches.hold(transaction, batchId))
    expect((await store.claimBulk(account, many, clock.now)).toSend).toEqual([])
    const given = suppressed('cancelled')
    expect(await world.states()).toEqual([given, taken, given, given, given])
    expect(await drop()).toBe(0)
  })

  it('gives what waits until another time, later or sooner', async () => {
    const [person] = await world.seat(1)
    const batchId = await world.batch(voice, { expiresAt: later(60) })
    const prolong = (seconds: number) =>
      world.within((transaction) => voice.batches.prolong(transaction, batchId, later(seconds)))
    await world.tell(voice, [person!, person!], batchId)
    await prolong(120)
    expect((await store.claimBulk(account, { places: 1, look: 1 }, later(119))).toSend).toHaveLength(1)
    await prolong(100)
    expect((await store.claimBulk(account, many, later(100))).toSend).toEqual([])
    expect(await world.states()).toEqual([taken, suppressed('expired')])
  })

  it('gives up for one person what waits in any batch, and nothing that was taken up', async () => {
    const people = await world.seat(2)
    const [one] = people
    await world.tell(voice, people, await world.batch(voice))
    await store.claimBulk(account, { places: 1, look: 1 }, clock.now)
    await world.tell(voice, people, await world.batch(voice))
    await world.tell(voice, people)
    const count = await world.within((transaction) =>
      voice.batches.dropFor(transaction, one!.contactId, 'stopped_by_person'),
    )
    const given = suppressed('stopped_by_person')
    expect(count).toBe(2)
    expect(await world.states()).toEqual([taken, queued, given, queued, given, queued])
  })

  it('does nothing when the transaction is not committed', async () => {
    const batchId = await world.batch(voice)
    await world.tell(voice, await world.seat(1), batchId)
    await expect(
      world.within(async (transaction) => {
        await voice.batches.drop(transaction, batchId, 'cancelled')
        throw new Error('on purpose')
      }),
    ).rejects.toThrow('on purpose')
    expect((await store.claimBulk(account, many, clock.now)).toSend).toHaveLength(1)
  })
})
