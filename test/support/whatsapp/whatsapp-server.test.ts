import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { DEFAULT_CONNECTION_CONFIG, initAuthCreds } from '@whiskeysockets/baileys'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { heard, startTestWorld, type TestWorld, textsOf } from './test-world.ts'

const { makeSignalRepository } = DEFAULT_CONNECTION_CONFIG

let world: TestWorld

beforeEach(async () => {
  world = await startTestWorld()
})
afterEach(async () => {
  await world.end()
  expect(world.server.errors).toEqual([])
  expect(world.server.unknown).toEqual([])
})

describe('startWhatsAppServer', () => {
  it('links a client that shows a QR code, which then logs in', async () => {
    const { account, ana, server } = world
    const creds = initAuthCreds()
    const first = world.connect(creds)
    account.scan(await first.until(() => first.qr(), 'a QR code'))
    expect(await first.closed()).toBe(515)
    const second = world.connect(creds, first.keys)
    await second.opened()
    expect(second.creds.me).toMatchObject({ id: '6281539900001:7@s.whatsapp.net' })
    await server.until(() => server.count('in', 'receipt hist_sync') === 1, 'the first sync was taken')
    await ana.say('halo')
    expect((await heard(second, 'halo')).message.key.remoteJid).toBe(ana.lid)
  })

  it('tells a client that shows a QR code to make it anew', async () => {
    const { account, server } = world
    const client = world.connect(initAuthCreds())
    await client.until(() => client.qr(), 'a QR code')
    const told = new Promise((resolve) => {
      client.socket.ws.on('CB:notification,type:companion_reg_refresh', resolve)
    })
    server.refreshRegistration()
    await told
    expect(account.isLinked()).toBe(false)
  })

  it('links a client that shows a pairing code, by no other code', async () => {
    const { account } = world
    const creds = initAuthCreds()
    const first = world.connect(creds)
    await first.until(() => first.qr(), 'a QR code')
    const code = await first.socket.requestPairingCode('6281539900001')
    await account.enterCode('WRONG123')
    await first.until(() => world.server.count('in', 'iq md') === 2, 'the client answered the wrong code')
    expect(account.isLinked()).toBe(false)
    await account.enterCode(code)
    expect(await first.closed()).toBe(515)
    await world.connect(creds, first.keys).opened()
    expect(account.isOnline()).toBe(true)
  })

  it.each(['lid', 'pn'] as const)('carries texts both ways, addressed by %s', async (addressing) => {
    const { account, ana, server } = world
    const client = await world.connectPaired()
    await ana.say('selamat pagi', { addressing })
    const { message, type } = await heard(client, 'selamat pagi')
    const [jid, alt] = addressing === 'lid' ? [ana.lid, ana.pn] : [ana.pn, ana.lid]
    expect(type).toBe('notify')
    expect(message.key).toMatchObject({ remoteJid: jid, remoteJidAlt: alt, fromMe: false })
    const sent = await client.socket.sendMessage(jid, { text: 'pagi' })
    const id = sent!.key.id!
    expect(await ana.next()).toMatchObject({ text: 'pagi', id, addressing })
    await client.until(() => client.statuses.get(id) === 3, 'it is told as delivered')
    ana.read(id)
    await client.until(() => client.statuses.get(id) === 4, 'it is told as read')
    await server.until(() => account.outstanding() === 0, 'all was answered for')
  })

  it('can keep the other name of a person to itself', async () => {
    const client = await world.connectPaired()
    await world.ana.say('rahasia', { withAlt: false })
    expect((await heard(client, 'rahasia')).message.key.remoteJidAlt).toBeUndefined()
  })

  it('shows the read marks, the typing and the presence of the client', async () => {
    const { account, ana, server } = world
    const client = await world.connectPaired()
    const id = await ana.say('halo')
    const { message } = await heard(client, 'halo')
    await client.socket.readMessages([message.key])
    await client.socket.sendPresenceUpdate('composing', ana.lid)
    await client.socket.sendPresenceUpdate('paused', ana.lid)
    await server.until(() => ana.chatStates.length === 2, 'two chat states')
    expect(ana.chatStates).toEqual(['composing', 'paused'])
    expect(ana.receipts).toContainEqual({ ids: [id], type: 'read' })
    expect(account.presence).toContain('available')
  })

  it('brings what came while the client was away, in order, and not again once answered for', async () => {
    const { account, ana, server } = world
    const client = await world.connectPaired()
    await ana.say('satu')
    await heard(client, 'satu')
    await server.until(() => account.outstanding() === 0, 'all was answered for')
    await client.end()
    await server.until(() => !account.isOnline(), 'the client is gone')
    await ana.say('dua')
    await ana.say('tiga')
    const again = world.connect(client.creds, client.keys)
    await again.until(() => textsOf(again).length === 2, 'two messages')
    expect(textsOf(again)).toEqual(['dua', 'tiga'])
    expect(again.messages.map(({ type }) => type)).toEqual(['append', 'append'])
    await server.until(() => account.outstanding() === 0, 'all was answered for')
    await again.end()
    const third = world.connect(client.creds, client.keys)
    await third.opened()
    expect(account.logins()).toBe(3)
    expect(third.messages).toEqual([])
  })

  it('brings again what a client got and never answered for', async () => {
    const { account, ana, server } = world
    const started = Promise.withResolvers<void>()
    const client = await world.connectPaired({
      makeSignalRepository(...deps) {
        const repository = makeSignalRepository(...deps)
        return {
          ...repository,
          decryptMessage() {
            started.resolve()
            return new Promise<never>(() => {})
          },
        }
      },
    })
    await ana.say('jangan hilang')
    await started.promise
    expect(account.outstanding()).toBe(1)
    account.drop()
    expect(await client.closed()).toBe(428)
    const again = world.connect(client.creds, client.keys)
    expect(await heard(again, 'jangan hilang')).toMatchObject({ type: 'append' })
    await server.until(() => account.outstanding() === 0, 'it was answered for')
  })

  it('sees no message twice when the same stanza comes twice', async () => {
    const { account, ana, server } = world
    const client = await world.connectPaired()
    const id = await ana.say('sekali')
    await heard(client, 'sekali')
    await ana.repeat(id)
    await server.until(() => account.outstanding() === 0, 'both were answered for')
    expect(server.count('out', 'message')).toBe(2)
    expect(textsOf(client)).toEqual(['sekali'])
  })

  it('carries hundreds of messages both ways, in order', async () => {
    const { ana } = world
    const client = await world.connectPaired()
    const numbers = Array.from({ length: 200 }, (_, n) => `pesan ${n}`)
    await Promise.all(numbers.map((text) => ana.say(text)))
    await client.until(() => client.messages.length === numbers.length, 'all messages')
    expect(textsOf(client)).toEqual(numbers)
    for (const text of numbers) await client.socket.sendMessage(ana.lid, { text })
    const inbox = await ana.waitFor(numbers.length)
    expect(inbox.map(({ text }) => text)).toEqual(numbers)
    expect(ana.arrivals).toHaveLength(numbers.length)
    ana.clear()
    expect([ana.inbox, ana.arrivals, ana.receipts]).toEqual([[], [], []])
    expect(world.server.newest.length).toBeLessThanOrEqual(500)
  })

  it('is trusted by a process that was started with its environment', async () => {
    const { server } = world
    const script = `
      import { WA_CERT_DETAILS } from '@whiskeysockets/baileys'
      const { status } = await fetch('https://${server.media.hostname}/m/none')
      process.stdout.write(status + ' ' + Buffer.from(WA_CERT_DETAILS.PUBLIC_KEY).toString('hex'))`
    const args = ['--input-type=module', '--eval', script]
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      env: { ...process.env, ...server.environment },
    })
    expect(stdout).toBe(`404 ${server.rootKey}`)
  })
})
