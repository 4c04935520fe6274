import type { proto } from '@whiskeysockets/baileys'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMemoryKeys } from './memory-keys.ts'
import { heard, startTestWorld, type TestWorld, textsOf } from './test-world.ts'

let world: TestWorld

beforeEach(async () => {
  world = await startTestWorld()
})
afterEach(async () => {
  await world.end()
  expect(world.server.errors).toEqual([])
  expect(world.server.unknown).toEqual([])
})

describe('a phone that lost its session', () => {
  it('gets a message again that the client looks up after a restart', async () => {
    const { ana } = world
    const client = await world.connectPaired()
    const sent = await client.socket.sendMessage(ana.lid, { text: 'penting' })
    const id = sent!.key.id!
    await ana.next()
    await client.end()
    const asked: string[] = []
    const again = world.connect(client.creds, client.keys, {
      async getMessage(key): Promise<proto.IMessage> {
        asked.push(key.id ?? '')
        return { conversation: 'penting' }
      },
    })
    await again.opened()
    ana.askAgain(id)
    await world.server.until(() => ana.copiesOf(id) === 2, 'it came again')
    expect(asked).toEqual([id])
    expect(ana.inbox.map(({ text }) => text)).toEqual(['penting'])
    expect(ana.arrivals.every(({ read }) => read)).toBe(true)
  })
})

describe('a phone that cannot read a message', () => {
  it('asks for it again, as after a client that lost its newest keys', async () => {
    const { account, ana } = world
    const creds = account.prePair()
    const keys = createMemoryKeys()
    const client = world.connect(creds, keys)
    await client.opened()
    await ana.say('halo')
    await heard(client, 'halo')
    await client.socket.sendMessage(ana.lid, { text: 'satu' })
    const before = keys.copy()
    await client.socket.sendMessage(ana.lid, { text: 'dua' })
    await ana.waitFor(2)
    await client.end()
    const again = world.connect(creds, before)
    await again.opened()
    const sent = await again.socket.sendMessage(ana.lid, { text: 'tiga' })
    const id = sent!.key.id!
    await ana.waitFor(3)
    expect(ana.inbox.map(({ text }) => text)).toEqual(['satu', 'dua', 'tiga'])
    expect(ana.arrivals.filter((arrival) => arrival.id === id).map(({ read }) => read)).toEqual([false, true])
  })
})

describe('a message that the client cannot read', () => {
  it('is sent again by the phone, with the same id', async () => {
    const { account, ana, server } = world
    const client = await world.connectPaired()
    await ana.say('sebelum')
    await heard(client, 'sebelum')
    await client.socket.sendMessage(ana.lid, { text: 'ya?' })
    await ana.next()
    const id = await ana.say('rusak', { garbled: 'resends' })
    const { message } = await heard(client, 'rusak')
    expect(message.key.id).toBe(id)
    expect(ana.receipts.filter(({ type }) => type === 'retry')).toHaveLength(1)
    await ana.say('sesudah')
    await heard(client, 'sesudah')
    await server.until(() => account.outstanding() === 0, 'all was answered for')
  })

  it.each(['nothing', 'garbles'] as const)('stays a stub when the phone does %s', async (garbled) => {
    const { account, ana, server } = world
    const client = await world.connectPaired({ retryRequestDelayMs: 1 })
    const id = await ana.say('rusak', { garbled })
    const retries = garbled === 'nothing' ? 1 : 5
    await server.until(
      () => ana.receipts.filter(({ type }) => type === 'retry').length === retries,
      `${retries} retry receipts`,
    )
    await server.until(() => account.outstanding() === 0, 'all was answered for')
    const { message } = await client.until(() => client.messages[0], 'the stub')
    expect(message).toMatchObject({ key: { id }, messageStubType: 2 })
    await ana.say('baik')
    await heard(client, 'baik')
    expect(textsOf(client)).toEqual(['baik'])
  })
})
