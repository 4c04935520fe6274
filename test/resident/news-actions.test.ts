import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Values } from '../../src/flow/action.ts'
import { createNewsActions } from '../../src/resident/news-actions.ts'
import { type NewsWords, parseNewsWords } from '../../src/resident/news-words.ts'
import { createResidentStore } from '../../src/resident/store.ts'
import { createNewsStore } from '../../src/resident/store-news.ts'
import { createAuditTrail } from '../../src/staff/store.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

const now = new Date('2026-03-01T04:00:00Z')
const lasiana = '53.71.02.1003'
let database: TestDatabase
let words: NewsWords
let actions: ReturnType<typeof createNewsActions>
beforeAll(async () => {
  database = await createTestDatabase()
  words = parseNewsWords(await readFile('flows/content/kabar.yaml', 'utf8'))
  actions = createNewsActions({
    news: createNewsStore(),
    words: () => words,
    placeName: (code) => (code === lasiana ? 'Lasiana' : undefined),
    audit: createAuditTrail(),
  })
}, 60_000)
afterAll(() => database.close())

type Person = Awaited<ReturnType<typeof seat>>

/** A person in a chat; `contact` is of somebody who has another. */
async function seat(contact?: string) {
  const contactId = contact ?? (await database.prisma.contact.create({ data: {} })).id
  const data = { contactId, channel: 'telegram', account: 'main', externalId: randomUUID() }
  const { id } = await database.prisma.chat.create({ data })
  return { contactId, chatId: String(id) }
}

/** A turn of the person's chat that calls the action; what it answers is what it promises. */
const act = (person: Person, name: keyof typeof actions, input: Values = {}) =>
  database.prisma.$transaction(async (transaction) => {
    await transaction.$executeRaw`SELECT 1 FROM chat WHERE id = ${BigInt(person.chatId)} FOR NO KEY UPDATE`
    actions[name].contract.inputs.strict().parse(input)
    const result = await actions[name].run(input, { transaction, ...person, channel: 'telegram', now })
    actions[name].contract.outcomes[result.outcome]!.strict().parse(result.values)
    return result
  })
const agree = (person: Person, topic = 'assistance', version = '2026-12-1') =>
  act(person, 'toggle_news', { topic, wanted: true, version })
const end = (person: Person, topic = 'assistance') =>
  act(person, 'toggle_news', { topic, wanted: false, version: '' })
const choose = (person: Person, item: string) => act(person, 'choose_news', { item })
const tellPlace = (person: Person, kelurahan: string | null = lasiana) =>
  act(person, 'set_news_place', { kelurahan, version: '2026-12-1' })
const labels = async (person: Person) => {
  const { news } = (await act(person, 'list_news')).values
  if (!Array.isArray(news)) throw new Error('there is no list')
  return news.map(({ label }) => label)
}
const subscriptions = ({ contactId }: Person) =>
  database.prisma.subscription.findMany({ where: { contactId }, orderBy: { id: 'asc' } })
const profile = ({ contactId }: Person) => database.prisma.contactProfile.findUnique({ where: { contactId } })
const stop = (person: Person) =>
  database.prisma.$transaction((transaction) => createResidentStore().stop(transaction, { ...person, now }))

describe('list_news', () => {
  it('marks what the person hears of, trainings among it, and names the kelurahan they told', async () => {
    const [person, stranger] = [await seat(), await seat()]
    await agree(person)
    await tellPlace(person)
    const { contactId, chatId } = person
    await database.prisma.subscription.create({
      data: { contactId, chatId: BigInt(chatId), topic: 'training/las', textVersion: '1' },
    })
    expect(await labels(person)).toEqual([
      ...['✓ Pelatihan', '✓ Jadwal bantuan sosial', 'Kabar UMKM'],
      ...['Kelurahan untuk kabar: Lasiana', 'Berhenti semua kabar', 'Menu utama'],
    ])
    expect(await labels(stranger)).toEqual([
      ...['Pelatihan', 'Jadwal bantuan sosial', 'Kabar UMKM'],
      ...['Kelurahan untuk kabar', 'Berhenti semua kabar', 'Menu utama'],
    ])
  })
})

describe('choose_news', () => {
  it('shows what one agrees to before anything is agreed', async () => {
    const person = await seat()
    expect(await choose(person, 'umkm')).toEqual({
      outcome: 'offered',
      values: {
        ...{ topic: 'umkm', title: 'Kabar UMKM' },
        ...{ consent: words.topics.umkm!.text, version: words.topics.umkm!.version },
      },
    })
    expect(await subscriptions(person)).toEqual([])
  })

  it('leads to what is chosen already, and asks who stopped all news first', async () => {
    const person = await seat()
    await agree(person)
    expect((await choose(person, 'assistance')).outcome).toBe('chosen')
    await stop(person)
    expect(await choose(person, 'assistance')).toEqual({ outcome: 'stopped', values: { item: 'assistance' } })
  })

  it('leads away for what is no topic, and to the kelurahan', async () => {
    const person = await seat()
    for (const item of ['training', 'stop', 'menu']) expect((await choose(person, item)).outcome).toBe(item)
    const asking = { question: words.place.text, place_version: words.place.version }
    expect(await choose(person, 'place')).toEqual({ outcome: 'place_untold', values: asking })
    await tellPlace(person)
    expect(await choose(person, 'place')).toEqual({
      outcome: 'place_told',
      values: { place: 'Lasiana', ...asking },
    })
  })
})

describe('toggle_news', () => {
  it('subscribes provably: to the words that were read, when and in which chat', async () => {
    const person = await seat()
    await agree(person, 'umkm', '2026-11-9')
    const proof = { topic: 'umkm', textVersion: '2026-11-9', chatId: BigInt(person.chatId) }
    expect(await subscriptions(person)).toMatchObject([{ ...proof, startedAt: now, endedAt: null }])
  })

  it('asks for the kelurahan after the first only, and not whoever told it', async () => {
    const [person, told] = [await seat(), await seat()]
    expect(await agree(person)).toMatchObject({
      outcome: 'subscribed_first',
      values: { title: 'Jadwal bantuan sosial' },
    })
    expect((await agree(person, 'umkm')).outcome).toBe('subscribed')
    await tellPlace(told)
    expect((await agree(told)).outcome).toBe('subscribed')
  })

  it('ends it, keeps the proof, and subscribes anew', async () => {
    const person = await seat()
    await agree(person)
    expect(await end(person)).toEqual({ outcome: 'ended', values: { title: 'Jadwal bantuan sosial' } })
    await agree(person)
    expect((await subscriptions(person)).map(({ endedAt }) => endedAt)).toEqual([now, null])
  })

  it('is one subscription when a person agrees in two chats at once, and none after both ended it', async () => {
    const person = await seat()
    const elsewhere = await seat(person.contactId)
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([agree(person), agree(elsewhere)])
      expect((await subscriptions(person)).filter(({ endedAt }) => endedAt === null)).toHaveLength(1)
      await Promise.all([end(person), end(elsewhere)])
      expect((await subscriptions(person)).filter(({ endedAt }) => endedAt === null)).toHaveLength(0)
    }
  })

  it('starts nothing for who stopped all news, nor for a topic that is none any more', async () => {
    const [stopped, late] = [await seat(), await seat()]
    await stop(stopped)
    expect(await agree(stopped)).toEqual({ outcome: 'stopped', values: { item: 'assistance' } })
    expect((await agree(late, 'lottery')).outcome).toBe('ended')
    expect([...(await subscriptions(stopped)), ...(await subscriptions(late))]).toEqual([])
  })

  it('never leaves a subscription behind a STOP in another chat', async () => {
    for (let round = 0; round < 5; round += 1) {
      const person = await seat()
      const elsewhere = await seat(person.contactId)
      await Promise.all([agree(person), stop(elsewhere)])
      expect((await subscriptions(person)).filter(({ endedAt }) => endedAt === null)).toEqual([])
    }
  })

  it('is in the trail', async () => {
    const person = await seat()
    await agree(person)
    await end(person)
    const where = { action: 'resident.toggle_news', actorId: person.contactId }
    const lines = await database.prisma.auditEntry.findMany({ where, orderBy: { id: 'asc' } })
    expect(lines).toMatchObject([
      { actorType: 'resident', outcome: 'subscribed', details: { topic: 'assistance' } },
      { actorType: 'resident', outcome: 'ended', details: { topic: 'assistance' } },
    ])
  })
})

describe('set_news_place', () => {
  it('keeps the kelurahan with the words by which it was asked for, the last one told', async () => {
    const person = await seat()
    expect(await tellPlace(person)).toEqual({ outcome: 'set', values: { place: 'Lasiana' } })
    expect(await tellPlace(person)).toEqual({ outcome: 'set', values: { place: 'Lasiana' } })
    expect(await profile(person)).toMatchObject({
      kelurahan: lasiana,
      textVersion: '2026-12-1',
      changedAt: now,
    })
  })

  it('keeps nothing of who would not say, or of no place', async () => {
    const person = await seat()
    expect((await tellPlace(person, null)).outcome).toBe('skipped')
    expect((await tellPlace(person, '53.71.99.1003')).outcome).toBe('skipped')
    expect(await profile(person)).toBeNull()
  })

  it('is in the trail without the place', async () => {
    const person = await seat()
    await tellPlace(person)
    const lines = await database.prisma.auditEntry.findMany({ where: { actorId: person.contactId } })
    expect(lines).toMatchObject([{ action: 'resident.set_news_place', outcome: 'set' }])
    expect(
      JSON.stringify(lines, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toContain('53.71')
  })
})

describe('clear_news_place', () => {
  it('forgets the kelurahan, and so does a STOP', async () => {
    const [person, other] = [await seat(), await seat()]
    for (const each of [person, other]) await tellPlace(each)
    expect((await act(person, 'clear_news_place')).outcome).toBe('cleared')
    await stop(other)
    expect([await profile(person), await profile(other)]).toEqual([null, null])
  })
})

describe('parseNewsWords', () => {
  it('refuses a topic by the name of another choice, and tells every problem', () => {
    const wrong = 'news: { place: { title: x, version: "1", text: y } }\nchosen: ""'
    expect(() => parseNewsWords(wrong)).toThrow(/are other choices[\s\S]*chosen[\s\S]*others[\s\S]*place/)
  })
})
