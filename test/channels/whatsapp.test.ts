import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ChannelWorld, startChannelWorld } from '../support/whatsapp-channel.ts'

let world: ChannelWorld

beforeEach(async () => {
  world = await startChannelWorld()
})
afterEach(async () => {
  await world.end()
})

const token = (number: number) => number.toString(16).padStart(16, '0')
const reply = (number: number) => ({ token: token(number), purpose: 'reply' as const })

describe('createWhatsAppChannel', () => {
  it.each(['lid', 'pn'] as const)(
    'carries texts both ways with a person addressed by %s',
    async (addressing) => {
      const channel = await world.openReady()
      await world.ana.say('selamat pagi', { addressing })
      const [message] = await world.until(() => world.received.length === 1 && world.received, 'it came in')
      const id = addressing === 'lid' ? world.ana.lid : world.ana.pn
      expect(message).toMatchObject({
        from: { channel: 'whatsapp', account: 'main', id },
        content: { type: 'text', text: 'selamat pagi' },
      })
      const receipt = await channel.send(message!.from, { text: 'pagi' }, '1', reply(7))
      expect(receipt).toEqual({ externalId: '3EB0000000000000000700' })
      expect(await world.ana.next()).toMatchObject({ text: 'pagi', id: receipt.externalId })
      await world.until(
        () => world.progress.some(({ state }) => state === 'delivered'),
        'it is told as delivered',
      )
      world.ana.read(receipt.externalId)
      await world.until(() => world.progress.some(({ state }) => state === 'read'), 'it is told as read')
      expect(world.progress.map((news) => news.token)).toEqual([token(7), token(7)])
      await world.until(
        () => world.ana.receipts.some(({ type }) => type === 'read'),
        'the person sees that it was read',
      )
    },
  )
})
