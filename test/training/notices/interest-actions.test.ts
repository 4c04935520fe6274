import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createResidentStore } from '../../../src/resident/store.ts'
import { createInterestActions } from '../../../src/training/notices/interest-actions.ts'
import { createInterestStore } from '../../../src/training/notices/store-interests.ts'
import { type NoticeWorld, openNoticeWorld } from './notice-world.ts'

let world: NoticeWorld
let actions: ReturnType<typeof createInterestActions>
beforeAll(async () => {
  world = await openNoticeWorld()
  actions = createInterestActions({ ...world.deps, interests: createInterestStore() })
}, 60_000)
afterAll(() => world.close())

type Person = Awaited<ReturnType<NoticeWorld['seat']>>

/** A turn of the person's chat that calls the action. */
const act = ({ contactId, chatId }: Person, name: keyof typeof actions, input: { subject?: string } = {}) =>
  world.prisma.$transaction(async (transaction) => {
    await world.deps.store.lockChat(transaction, chatId)
    const context = {
      transaction,
      contactId,
      chatId: String(chatId),
      channel: 'telegram',
      now: world.clock.now,
    }
    const result = await actions[name].run(input, context)
    actions[name].contract.outcomes[result.outcome]!.strict().parse(result.values)
    return result
  })
const toggle = (person: Person, subject: string) => act(person, 'toggle_interest', { subject })
const subscriptions = ({ contactId }: Person) =>
  world.prisma.subscription.findMany({ where: { contactId }, orderBy: { id: 'asc' } })

describe('list_interests', () => {
  it('lists all subjects together and each, and marks what the person hears of', async () => {
    const [person, stranger] = [await world.seat(), await world.seat()]
    await toggle(person, 'las')
    await toggle(stranger, 'menjahit')
    const { values } = await act(person, 'list_interests')
    const interests = values.interests
    if (!Array.isArray(interests)) throw new Error('there is no list')
    expect(interests.map(({ subject }) => subject)).toEqual(['all', ...Object.keys(world.words.subjects)])
    expect(interests.filter(({ label }) => String(label).startsWith('✓ '))).toEqual([
      { subject: 'las', label: '✓ Las' },
    ])
    expect(values.consent).toBe(world.words.subscription.text.trim())
  })
})

describe('toggle_interest', () => {
  it('subscribes provably: to which words, when and in which chat', async () => {
    const person = await world.seat()
    expect(await toggle(person, 'menjahit')).toEqual({ outcome: 'subscribed', values: { title: 'Menjahit' } })
    expect(await toggle(person, 'all')).toEqual({
      outcome: 'subscribed',
      values: { title: world.texts.interests.all },
    })
    const proof = {
      textVersion: world.words.subscription.version,
      chatId: person.chatId,
      startedAt: world.clock.now,
      endedAt: null,
    }
    expect(await subscriptions(person)).toMatchObject([
      { topic: 'training/menjahit', ...proof },
      { topic: 'training', ...proof },
    ])
  })

  it('ends it, keeps the proof, and subscribes anew', async () => {
    const person = await world.seat()
    await toggle(person, 'las')
    expect(await toggle(person, 'las')).toEqual({ outcome: 'ended', values: { title: 'Las' } })
    expect(await subscriptions(person)).toMatchObject([{ topic: 'training/las', endedAt: world.clock.now }])
    expect((await toggle(person, 'las')).outcome).toBe('subscribed')
    expect((await subscriptions(person)).map(({ endedAt }) => endedAt === null)).toEqual([false, true])
  })

  it('asks whoever stopped all messages to take that back first', async () => {
    const person = await world.seat()
    await toggle(person, 'las')
    const wish = { ...person, chatId: String(person.chatId), now: world.clock.now }
    await world.prisma.$transaction((transaction) => createResidentStore().stop(transaction, wish))
    expect(await toggle(person, 'las')).toEqual({ outcome: 'stopped', values: {} })
    expect((await subscriptions(person)).every(({ endedAt }) => endedAt !== null)).toBe(true)
    await world.prisma.$transaction((transaction) => createResidentStore().resume(transaction, wish))
    expect((await toggle(person, 'las')).outcome).toBe('subscribed')
  })

  it('never leaves two of one subject when a person presses in two chats at once', async () => {
    const person = await world.seat()
    const elsewhere = await world.seat(person.contactId)
    for (let round = 0; round < 5; round += 1) {
      const results = await Promise.all([toggle(person, 'las'), toggle(elsewhere, 'las')])
      expect(results.map(({ outcome }) => outcome).sort()).toEqual(['ended', 'subscribed'])
    }
    expect((await subscriptions(person)).filter(({ endedAt }) => endedAt === null)).toEqual([])
  })

  it('ends both of a person who turned out to be two contacts', async () => {
    const person = await world.seat()
    const { contactId, chatId } = person
    const twice = { contactId, chatId, topic: 'training/las', textVersion: '1' }
    await world.prisma.subscription.createMany({ data: [twice, twice] })
    expect((await toggle(person, 'las')).outcome).toBe('ended')
    expect((await subscriptions(person)).every(({ endedAt }) => endedAt !== null)).toBe(true)
  })

  it('lets a subject that is none any more be left, and no more', async () => {
    const person = await world.seat()
    const { contactId, chatId } = person
    expect((await toggle(person, 'batik')).outcome).toBe('ended')
    expect(await subscriptions(person)).toEqual([])
    await world.prisma.subscription.create({
      data: { contactId, chatId, topic: 'training/batik', textVersion: '1' },
    })
    expect((await toggle(person, 'batik')).outcome).toBe('ended')
    expect((await subscriptions(person))[0]?.endedAt).toEqual(world.clock.now)
  })

  it('is in the trail', async () => {
    const person = await world.seat()
    await toggle(person, 'las')
    await toggle(person, 'las')
    const where = { action: 'training.toggle_interest', actorId: person.contactId }
    const lines = await world.prisma.auditEntry.findMany({ where, orderBy: { id: 'asc' } })
    expect(lines).toMatchObject([
      { actorType: 'resident', outcome: 'subscribed', details: { topic: 'training/las' } },
      { actorType: 'resident', outcome: 'ended', details: { topic: 'training/las' } },
    ])
  })
})
