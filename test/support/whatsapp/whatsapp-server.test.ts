import { type AuthenticationCreds, initAuthCreds, type SignalKeyStore } from '@whiskeysockets/baileys'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startWhatsAppServer, type WhatsAppServer } from '../whatsapp-server.ts'
import type { BotAccount } from './bot-account.ts'
import type { Person } from './person.ts'
import { connectPlainClient, type PlainClient } from './plain-client.ts'

let server: WhatsAppServer
let account: BotAccount
let ana: Person
let distrust: () => void
const clients: PlainClient[] = []

beforeEach(async () => {
  server = await startWhatsAppServer()
  distrust = server.trust()
  account = server.account({ phone: '6281539900001', lid: '539900000001', name: 'Lopo' })
  ana = server.person({ phone: '6281539900101', lid: '539900000101', name: 'Ana' })
})

afterEach(async () => {
  expect(server.errors).toEqual([])
  expect(server.unknown).toEqual([])
  for (const client of clients.splice(0)) await client.end()
  distrust()
  await server.close()
})

function connect(creds: AuthenticationCreds, keys?: SignalKeyStore): PlainClient {
  const client = connectPlainClient(server.url, creds, keys)
  clients.push(client)
  return client
}

async function connectPaired(): Promise<PlainClient> {
  const client = connect(account.prePair())
  await client.opened()
  return client
}

const textsOf = (client: PlainClient) =>
  client.messages.map(({ message }) => message.message?.conversation ?? undefined)

const heard = (client: PlainClient, text: string) =>
  client.until(
    () => client.messages.find(({ message }) => message.message?.conversation === text),
    `heard ${text}`,
  )

describe('startWhatsAppServer', () => {
  it('links a client that shows a QR code, which then logs in', async () => {
    const creds = initAuthCreds()
    const first = connect(creds)
    account.scan(await first.until(() => first.qr(), 'a QR code'))
    expect(await first.closed()).toBe(515)
    const second = connect(creds, first.keys)
    await second.opened()
    expect(second.creds.me).toMatchObject({ id: '6281539900001:7@s.whatsapp.net' })
    await server.until(() => server.count('in', 'receipt hist_sync') === 1, 'the first sync was taken')
    await ana.say('halo')
    expect((await heard(second, 'halo')).message.key.remoteJid).toBe(ana.lid)
  })

  it('links a client that shows a pairing code', async () => {
    const creds = initAuthCreds()
    const first = connect(creds)
    await first.until(() => first.qr(), 'a QR code')
    const code = await first.socket.requestPairingCode('6281539900001')
    await account.enterCode(code)
    expect(await first.closed()).toBe(515)
    await connect(creds, first.keys).opened()
    expect(account.isOnline()).toBe(true)
  })

  it.each(['lid', 'pn'] as const)('carries texts both ways, addressed by %s', async (addressing) => {
    const client = await connectPaired()
    await ana.say('selamat pagi', { addressing })
    const { message, type } = await heard(client, 'selamat pagi')
    const [jid, alt] = addressing === 'lid' ? [ana.lid, ana.pn] : [ana.pn, ana.lid]
    expect(type).toBe('notify')
    expect(message.key).toMatchObject({ remoteJid: jid, remoteJidAlt: alt, fromMe: false })
    const sent = await client.socket.sendMessage(jid, { text: 'pagi' })
    expect(await ana.next()).toMatchObject({ text: 'pagi', id: sent?.key.id })
    await client.until(() => client.statuses.get(sent!.key.id!) === 3, 'it is told as delivered')
    ana.read(sent!.key.id!)
    await client.until(() => client.statuses.get(sent!.key.id!) === 4, 'it is told as read')
    await server.until(() => account.outstanding() === 0, 'all was answered for')
  })

  it('brings what came while the client was away, and what it never answered for', async () => {
    const client = await connectPaired()
    await ana.say('satu')
    await heard(client, 'satu')
    await server.until(() => account.outstanding() === 0, 'all was answered for')
    await client.end()
    await server.until(() => !account.isOnline(), 'the client is gone')
    await ana.say('dua')
    await ana.say('tiga')
    const again = connect(client.creds, client.keys)
    await again.until(() => textsOf(again).length === 2, 'two messages')
    expect(textsOf(again)).toEqual(['dua', 'tiga'])
    expect(again.messages.map(({ type }) => type)).toEqual(['append', 'append'])
    await server.until(() => account.outstanding() === 0, 'all was answered for')
  })
})
