import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { purgeTicketTopics } from '../../src/storage/purge-ticket-topics.ts'
import { openTicketTopics } from '../../src/storage/ticket-topics.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

const now = new Date('2026-03-05T01:00:00Z')
const day = 86_400_000
let database: TestDatabase
let group = -1_000

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

/** A group of its own. */
function openTopics() {
  group -= 1
  return openTicketTopics({ prisma: database.prisma, group, now: () => now })
}

async function addTicket(part: { state?: string; closedAt?: Date; urgent?: boolean; erasedAt?: Date } = {}) {
  const contactId = randomUUID()
  const data = { contactId, chatId: 1n, kind: 'question', office: 'umum', promisedAt: now, ...part }
  const { id } = await database.prisma.ticket.create({ data })
  return Number(id)
}

async function addEntry(number: number) {
  const data = { ticketId: BigInt(number), type: 'resident', media: [] }
  return (await database.prisma.ticketEntry.create({ data })).id
}

describe('openTicketTopics', () => {
  it('lists what is not told to the end, the urgent first, until it is told', async () => {
    const topics = await openTopics()
    const [first, urgent] = [await addTicket(), await addTicket({ urgent: true })]
    const entry = await addEntry(first)
    await addEntry(urgent)
    expect(await topics.behind()).toEqual([urgent, first])
    await topics.place(first, { threadId: 5 })
    await topics.told(first, entry, [6], now)
    expect(await topics.behind()).toEqual([urgent])
    await addEntry(first)
    expect(await topics.behind()).toEqual([urgent, first])
    await database.prisma.ticket.deleteMany()
  })

  it('lists a ticket that was over only when it was open since there is a group, or has its topic open', async () => {
    const topics = await openTopics()
    const old = await addTicket({ state: 'closed', closedAt: new Date(now.getTime() - day) })
    const fresh = await addTicket({ state: 'closed', closedAt: new Date(now.getTime() + day) })
    await addEntry(old)
    const entry = await addEntry(fresh)
    expect(await topics.behind()).toEqual([fresh])
    await topics.place(fresh, { threadId: 5 })
    await topics.told(fresh, entry, [], now)
    expect(await topics.behind()).toEqual([fresh])
    await topics.setClosed(fresh, true)
    expect(await topics.behind()).toEqual([])
    await database.prisma.ticket.deleteMany()
  })

  it('never goes back in what was told, unless the ticket gets another place', async () => {
    const topics = await openTopics()
    await topics.place(1, { threadId: 5 })
    await topics.told(1, 9n, [], now)
    await topics.told(1, 7n, [], now)
    expect(await topics.find(1)).toMatchObject({ toldId: 9n, threadId: 5, headId: undefined })
    await topics.place(1, { threadId: 8 }, 4n)
    expect(await topics.find(1)).toMatchObject({ toldId: 4n, threadId: 8 })
    expect([await topics.numberOf(8), await topics.numberOf(5)]).toEqual([1, undefined])
  })

  it('knows what somebody has seen who wrote a message', async () => {
    const topics = await openTopics()
    await topics.place(1, { headId: 10 })
    await topics.told(1, 3n, [10, 11], now)
    await topics.told(1, 4n, [15], now)
    await topics.note(17, { number: 1, entryId: 6n }, now)
    await topics.note(18, { number: 1, entryId: undefined }, now)
    const seen = [10, 11, 12, 16, 20].map((messageId) => topics.seenBefore(1, messageId))
    expect(await Promise.all(seen)).toEqual([0n, 0n, 3n, 4n, 6n])
    expect(await topics.seenBefore(2, 20)).toBe(0n)
    expect(await topics.line(10)).toEqual({ number: 1, entryId: undefined })
  })

  it('says once that a message was edited, whether or not it is known', async () => {
    const topics = await openTopics()
    await topics.note(5, { number: 1, entryId: undefined }, now)
    const said = []
    for (const messageId of [5, 5, 6, 6]) said.push(await topics.noteEdit(messageId, 1, now))
    expect(said).toEqual([true, false, true, false])
  })

  it('takes a message for known only once it was dealt with, not for an edit that came before it', async () => {
    const topics = await openTopics()
    await topics.noteEdit(7, 1, now)
    expect(await topics.line(7)).toBeUndefined()
    await topics.note(7, { number: 1, entryId: 0n }, now)
    expect(await topics.line(7)).toEqual({ number: 1, entryId: 0n })
    expect(await topics.noteEdit(7, 1, now)).toBe(false)
    expect(await topics.line(7)).toEqual({ number: 1, entryId: 0n })
  })

  it('follows a group to another id, and keeps how far it was told there', async () => {
    const topics = await openTopics()
    await topics.place(1, { headId: 10 })
    await topics.told(1, 3n, [10], now)
    await topics.follow(-77)
    const again = await openTicketTopics({ prisma: database.prisma, group, now: () => now })
    expect(await again.chatId()).toBe(-77)
    expect(await again.find(1)).toMatchObject({ toldId: 3n, headId: undefined })
    expect(await again.line(10)).toBeUndefined()
  })
})

describe('purgeTicketTopics', () => {
  it('forgets erased tickets and old lines, and nothing else', async () => {
    const topics = await openTopics()
    const [erased, kept] = [await addTicket({ erasedAt: now }), await addTicket()]
    await topics.place(erased, { threadId: 1 })
    await topics.place(kept, { threadId: 2 })
    await topics.note(5, { number: kept, entryId: undefined }, new Date(now.getTime() - 366 * day))
    await topics.note(6, { number: kept, entryId: undefined }, now)
    expect(await purgeTicketTopics(database.prisma, now)).toBe(2)
    expect([await topics.find(erased), await topics.line(5)]).toEqual([undefined, undefined])
    expect([(await topics.find(kept))?.threadId, (await topics.line(6))?.number]).toEqual([2, kept])
  })
})
