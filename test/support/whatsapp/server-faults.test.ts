import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { heard, startTestWorld, type TestWorld } from './test-world.ts'

let world: TestWorld

beforeEach(async () => {
  world = await startTestWorld()
})
afterEach(async () => {
  await world.end()
  expect(world.server.errors).toEqual([])
  expect(world.server.unknown).toEqual([])
})

describe('server faults', () => {
  it.each([463, 479, 420])('refuse a message by %i, and only to whom it is meant', async (code) => {
    const { ana, server } = world
    const budi = server.person({ phone: '6281539900102', lid: '539900000102', name: 'Budi' })
    const client = await world.connectPaired()
    const lift = server.refuseSends(code, { to: ana })
    const sent = await client.socket.sendMessage(ana.lid, { text: 'halo' })
    await client.until(() => client.statuses.get(sent!.key.id!) === 0, 'it is told as an error')
    await client.socket.sendMessage(budi.lid, { text: 'halo Budi' })
    await budi.next()
    expect(ana.arrivals).toEqual([])
    lift()
    await client.socket.sendMessage(ana.lid, { text: 'halo lagi' })
    expect((await ana.next()).text).toBe('halo lagi')
  })

  it('withhold the ack of a message that arrives, or is lost', async () => {
    const { ana, server } = world
    const client = await world.connectPaired()
    server.withholdAcks({ times: 1 })
    await client.socket.sendMessage(ana.lid, { text: 'sampai' })
    await ana.next()
    expect(server.count('out', 'ack')).toBe(server.count('in', 'receipt'))
    server.withholdAcks({ times: 1, arrives: false })
    await client.socket.sendMessage(ana.lid, { text: 'hilang' })
    await client.socket.sendMessage(ana.lid, { text: 'berikut' })
    expect((await ana.next()).text).toBe('berikut')
  })

  it('hold messages back until they are let go, in order', async () => {
    const { ana, server } = world
    const client = await world.connectPaired()
    const release = server.holdAcks({ to: ana })
    for (const text of ['a', 'b', 'c']) await client.socket.sendMessage(ana.lid, { text })
    await server.until(() => server.count('in', 'message') === 3, 'three messages came')
    expect(ana.inbox).toEqual([])
    release()
    expect((await ana.waitFor(3)).map(({ text }) => text)).toEqual(['a', 'b', 'c'])
    server.delayAcks(20, { times: 1 })
    await client.socket.sendMessage(ana.lid, { text: 'd' })
    await ana.waitFor(4)
  })

  it.each([503, 515, 401, undefined])('end a connection by stream error %s', async (code) => {
    const client = await world.connectPaired()
    world.account.streamError(code)
    expect(await client.closed()).toBe(code ?? 500)
  })

  it.each([401, 403, 405, 411, 503])('refuse a login by %i', async (reason) => {
    const { account, server } = world
    const lift = server.failLogins(reason)
    const creds = account.prePair()
    const client = world.connect(creds)
    expect(await client.closed()).toBe(reason)
    lift()
    await world.connect(creds, client.keys).opened()
  })

  it('let a second login replace the first', async () => {
    const client = await world.connectPaired()
    const second = world.connect(client.creds, client.keys)
    await second.opened()
    expect(await client.closed()).toBe(440)
    expect(world.account.isOnline()).toBe(true)
  })

  it('unlink a client, from the phone or by itself', async () => {
    const { account } = world
    const client = await world.connectPaired()
    account.unlink()
    expect(await client.closed()).toBe(401)
    const late = world.connect(client.creds, client.keys)
    expect(await late.closed()).toBe(401)
    const other = await world.connectPaired()
    await other.socket.logout()
    await world.server.until(() => !account.isLinked(), 'it unlinked itself')
  })

  it('cut a connection, and refuse new ones until resumed', async () => {
    const { account, server } = world
    const client = await world.connectPaired()
    account.drop()
    expect(await client.closed()).toBe(428)
    await server.pause()
    const refused = world.connect(client.creds, client.keys)
    expect(await refused.closed()).toBe(408)
    await server.resume()
    await world.connect(client.creds, client.keys).opened()
  })

  it('fall silent: nothing is answered, and what came in between is brought at the next login', async () => {
    const { account, ana, server } = world
    const client = await world.connectPaired()
    const lift = server.silence()
    await expect(
      client.socket.query({ tag: 'iq', attrs: { to: '@s.whatsapp.net', type: 'get', xmlns: 'w:p' } }, 50),
    ).rejects.toThrow()
    await ana.say('ada orang?')
    expect(client.closedBy()).toBeUndefined()
    expect(client.messages).toEqual([])
    lift()
    account.drop()
    await client.closed()
    const again = world.connect(client.creds, client.keys)
    expect(await heard(again, 'ada orang?')).toMatchObject({ type: 'append' })
  })

  it('restrict an account, and tell of its limits', async () => {
    const { account } = world
    const client = await world.connectPaired()
    const locks: unknown[] = []
    const cappings: unknown[] = []
    client.socket.ev.on('connection.update', ({ reachoutTimeLock }) => {
      if (reachoutTimeLock) locks.push(reachoutTimeLock)
    })
    client.socket.ev.on('message-capping.update', (capping) => cappings.push(capping))
    const until = new Date(1_900_000_000_000)
    account.setTimelock(until)
    await client.until(() => locks.length === 1, 'the lock')
    expect(locks[0]).toMatchObject({ isActive: true, timeEnforcementEnds: until })
    expect(await client.socket.fetchAccountReachoutTimelock()).toMatchObject({ isActive: true })
    account.setTimelock(undefined)
    account.tellCapping({ total_quota: 5, used_quota: 5, capping_status: 'CAPPED' })
    await world.server.until(() => account.outstanding() === 0, 'all was answered for')
    expect(locks.at(-1)).toMatchObject({ isActive: false })
    expect(cappings).toEqual([{ total_quota: 5, used_quota: 5, capping_status: 'CAPPED' }])
  })

  it('know numbers that have no WhatsApp', async () => {
    const { ana, server } = world
    server.person({ phone: '6281539900199', lid: '539900000199', name: 'Nona', registered: false })
    const client = await world.connectPaired()
    const found = await client.socket.onWhatsApp('6281539900101', '6281539900199', '6281539900777')
    expect(found).toEqual([{ jid: ana.pn, exists: true }])
    expect(await client.socket.signalRepository.lidMapping.getLIDForPN(ana.pn)).toBe(ana.lid)
  })
})
