import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audienceSql } from '../../src/broadcast/audience/audience-sql.ts'
import {
  audienceOf,
  type BroadcastWorld,
  day,
  hour,
  ina,
  monday,
  openBroadcastWorld,
} from './broadcast-world.ts'

let world: BroadcastWorld
beforeAll(async () => {
  world = await openBroadcastWorld()
}, 60_000)
afterAll(() => world.close())

const later = (ms: number) => new Date(monday.getTime() + ms)
const countOf = async (topic: string) => {
  const { reachable, unreached } = await world.desk.count(ina, audienceOf({ topics: [topic] }))
  return { reachable, not_subscribed: unreached.not_subscribed }
}

describe(audienceSql.name, () => {
  it('tells whoever agreed to hear in one chat only there', async () => {
    const topic = 'assistance'
    const old = await world.person({ topics: [topic], textVersion: '2026-12-1' })
    expect((await countOf(topic)).reachable).toBe(1)
    const elsewhere = { channel: 'whatsapp', account: 'main', lastMessageAt: later(day) }
    const { id } = await world.prisma.chat.create({
      data: { contactId: old.contactId, externalId: randomUUID(), ...elsewhere },
    })
    expect((await countOf(topic)).reachable).toBe(0)
    const anew = { contactId: old.contactId, chatId: old.chatId, topic, textVersion: '2026-12-2' }
    await world.prisma.subscription.create({ data: anew })
    expect((await countOf(topic)).reachable).toBe(1)
    await world.prisma.chat.delete({ where: { id } })
  })

  it('writes to nobody who agreed to hear of trainings only when they are announced', async () => {
    const topic = 'training'
    const old = await world.person({ topics: [topic], textVersion: '2026-11-1' })
    const { reachable, not_subscribed } = await countOf(topic)
    expect(reachable).toBe(0)
    await world.prisma.subscription.create({ data: { ...old, topic, textVersion: '2026-12-2' } })
    expect(await countOf(topic)).toEqual({ reachable: 1, not_subscribed: not_subscribed - 1 })
  })
})

describe('the figures of a broadcast', () => {
  it('count whoever ends its topic among those who stop, and no STOP among the answers', async () => {
    const [ended, stopped, answered] = await world.people(4)
    const number = await world.sending()
    await world.settle(number, 'sent')
    const soon = later(hour)
    for (const one of [ended, stopped, answered]) {
      const message = { externalId: randomUUID(), sentAt: soon, receivedAt: soon }
      await world.prisma.inboxMessage.create({ data: { chatId: one!.chatId, ...message } })
      await world.prisma.chat.update({ where: { id: one!.chatId }, data: { lastMessageAt: soon } })
    }
    const who = { contactId: ended!.contactId }
    await world.prisma.subscription.updateMany({ where: who, data: { endedAt: soon } })
    await world.prisma.optOut.create({ data: { ...stopped!, startedAt: soon } })
    world.clock.now = later(2 * hour)
    expect(await world.desk.figures(number)).toMatchObject({ sent: 4, replied: 1, stopped: 2 })
    const signs = await world.room.store.figures.signs(world.prisma, number, undefined, world.clock.now)
    expect(signs).toMatchObject({ told: 4, stopped: 2 })
    // Later than three days it is for another reason.
    await world.prisma.subscription.updateMany({ where: who, data: { endedAt: later(4 * day) } })
    expect(await world.desk.figures(number)).toMatchObject({ replied: 2, stopped: 1 })
  })
})
