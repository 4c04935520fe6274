import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WhatsAppChannel } from '../../src/channels/whatsapp.ts'
import type { Linking } from '../../src/channels/whatsapp-link.ts'
import { type ChannelWorld, startChannelWorld } from '../support/whatsapp-channel.ts'

const token = (number: number) => number.toString(16).padStart(16, '0')
const reply = (number: number) => ({ token: token(number), purpose: 'reply' as const })

describe('linking', () => {
  let world: ChannelWorld
  beforeEach(async () => {
    world = await startChannelWorld({ linked: false })
  })
  afterEach(() => world.end())

  function link(linking: Linking): WhatsAppChannel {
    return world.open({ linking })
  }

  it('links by QR, connects again at once, and serves', async () => {
    const shown: string[] = []
    const channel = link({ by: 'qr', show: (qr) => shown.push(qr) })
    await channel.start(async () => undefined)
    world.account.scan((await world.until(() => shown.at(-1), 'a QR is shown'))!)
    await world.until(() => channel.isReachable(), 'it serves')
    expect(world.account.isLinked()).toBe(true)
    expect(world.store.reported).toEqual(['connecting', 'waiting restart', 'connecting', 'open'])
    await world.ana.say('halo')
    await world.until(() => world.received.length === 1, 'it hears')
  })

  it('shows a QR with the new secret when WhatsApp wants another', async () => {
    const shown: string[] = []
    const channel = link({ by: 'qr', show: (qr) => shown.push(qr) })
    await channel.start(async () => undefined)
    await world.until(() => shown.length === 1, 'a QR is shown')
    world.server.refreshRegistration()
    await world.until(() => shown.length === 2, 'another is shown')
    expect(shown[1]!.split(',')[3]).not.toBe(shown[0]!.split(',')[3])
    world.account.scan(shown[1]!)
    await world.until(() => channel.isReachable(), 'it serves')
  })

  it('links by a code that is typed into the phone', async () => {
    const shown: string[] = []
    const channel = link({ by: 'code', phone: '6281539900001', show: (code) => shown.push(code) })
    await channel.start(async () => undefined)
    const code = await world.until(() => shown[0], 'a code is shown')
    expect(code).toMatch(/^[0-9A-Z]{8}$/)
    await world.account.enterCode(code!)
    await world.until(() => channel.isReachable(), 'it serves')
  })

  it('leaves an account alone that is not linked', async () => {
    const channel = world.open()
    await channel.start(async () => undefined)
    expect(await channel.stopped).toBe('unlinked')
    expect(world.server.connections()).toBe(0)
  })
})

describe('the life of a connection', () => {
  let world: ChannelWorld
  beforeEach(async () => {
    world = await startChannelWorld()
  })
  afterEach(() => world.end())

  const serves = async (channel: WhatsAppChannel, logins: number) => {
    await world.until(() => world.account.logins() === logins, `login ${logins}`, 15_000)
    await world.until(() => channel.isReachable(), 'it serves')
  }

  it.each([
    [515, 'restart'],
    [503, 'unavailable'],
    [undefined, 'bad_session'],
  ])('connects again after the stream error %s', async (code, reason) => {
    const channel = await world.openReady()
    world.account.streamError(code)
    await serves(channel, 2)
    expect(world.store.reported).toEqual(['connecting', 'open', `waiting ${reason}`, 'connecting', 'open'])
    await world.ana.say('masih ada?')
    await world.until(() => world.received.length === 1, 'it hears')
  })

  it('connects again after the line was cut, and when the server was away for a while', async () => {
    const channel = await world.openReady({ random: () => 0 })
    world.account.drop()
    await serves(channel, 2)
    await world.server.pause()
    await world.until(
      () => world.store.reported.filter((state) => state === 'waiting unreachable').length > 0,
      'refused',
    )
    await world.server.resume()
    await serves(channel, 3)
  })

  it.each([
    [401, 'logged_out'],
    [403, 'forbidden'],
    [405, 'outdated'],
    [411, 'mismatch'],
  ])('stops when a login is refused by %s, and keeps what it has', async (code, reason) => {
    world.server.failLogins(code)
    const channel = world.open()
    await channel.start(async () => undefined)
    expect(await channel.stopped).toBe(reason)
    expect(world.store.reported.at(-1)).toBe(`stopped ${reason}`)
    expect(await world.store.readCreds()).toContain('noiseKey')
    await expect(
      channel.send({ channel: 'whatsapp', account: 'main', id: world.ana.lid }, { text: 'x' }, '1'),
    ).rejects.toMatchObject({ kind: 'unavailable' })
  })

  it('connects again when a login is refused for now', async () => {
    const lift = world.server.failLogins(503)
    const channel = world.open({ random: () => 0 })
    await channel.start(async () => undefined)
    await world.until(() => world.store.reported.includes('waiting unavailable'), 'it waits')
    lift()
    await world.until(() => channel.isReachable(), 'it serves')
  })

  it('stops when another session takes the account over, and does not fight for it', async () => {
    const first = await world.openReady()
    const second = await world.openReady()
    expect(await first.stopped).toBe('replaced')
    expect(second.isReachable()).toBe(true)
    expect(world.account.logins()).toBe(2)
  })

  it('stops when the phone takes the bot off', async () => {
    const channel = await world.openReady()
    world.account.unlink()
    expect(await channel.stopped).toBe('logged_out')
    expect(await world.store.readCreds()).toContain('noiseKey')
  })

  it('takes itself off the phone when it is told to', async () => {
    const channel = await world.openReady()
    expect(await channel.unlink()).toBe('unlinked')
    expect(await channel.stopped).toBe('unlinked')
    await world.until(() => !world.account.isLinked(), 'the phone shows it no longer')
    expect(await world.store.readCreds()).toBeUndefined()
  })

  it('gives a silent server up', async () => {
    const channel = await world.openReady({
      times: { connectTimeout: 2_000, queryTimeout: 2_000, keepAlive: 200, ackTimeout: 1_000 },
    })
    const speak = world.server.silence()
    await world.until(() => !channel.isReachable(), 'it is cut off', 45_000)
    speak()
    await world.until(() => channel.isReachable(), 'it serves again', 15_000)
  }, 70_000)

  it('stops with the way out when what it keeps is damaged', async () => {
    await world.store.writeCreds('{"noiseKey":')
    const channel = world.open()
    await channel.start(async () => undefined)
    expect(await channel.stopped).toBe('unreadable')
    expect(world.logged.join('')).toContain('lopo whatsapp link')
  })

  it('drops the connection when a key cannot be kept, and goes on when it can', async () => {
    const channel = await world.openReady({ random: () => 0 })
    let failures = 0
    world.store.failWrites(() => {
      failures += 1
      throw new Error('no database')
    })
    await world.ana.say('halo')
    await world.until(() => failures > 0, 'a write failed')
    world.store.failWrites(undefined)
    await serves(channel, 2)
    await world.until(
      () => world.received.some(({ content }) => content.type === 'text'),
      'the message is there',
    )
    await channel.send(world.received[0]!.from, { text: 'hai' }, '1', reply(1))
    expect(await world.ana.next()).toMatchObject({ text: 'hai' })
  })
})
