import type { AuthenticationCreds, SignalKeyStore, UserFacingSocketConfig } from '@whiskeysockets/baileys'
import { startWhatsAppServer, type WhatsAppServer } from '../whatsapp-server.ts'
import type { BotAccount } from './bot-account.ts'
import type { Person } from './person.ts'
import { connectPlainClient, type PlainClient } from './plain-client.ts'

/** A server with one account and one person, trusted by this process, and the clients that a test connects to it. */
export interface TestWorld {
  readonly server: WhatsAppServer
  readonly account: BotAccount
  readonly ana: Person
  connect(
    creds: AuthenticationCreds,
    keys?: SignalKeyStore,
    config?: Partial<UserFacingSocketConfig>,
  ): PlainClient
  /** A client that is linked and logged in. */
  connectPaired(config?: Partial<UserFacingSocketConfig>): Promise<PlainClient>
  end(): Promise<void>
}

/** Starts the world of one test. */
export async function startTestWorld(): Promise<TestWorld> {
  const server = await startWhatsAppServer()
  const distrust = server.trust()
  const account = server.account({ phone: '6281539900001', lid: '539900000001', name: 'Lopo' })
  const ana = server.person({ phone: '6281539900101', lid: '539900000101', name: 'Ana' })
  const clients: PlainClient[] = []
  const connect: TestWorld['connect'] = (creds, keys, config) => {
    const client = connectPlainClient(server.url, creds, keys, config)
    clients.push(client)
    return client
  }
  return {
    server,
    account,
    ana,
    connect,
    async connectPaired(config) {
      const client = connect(account.prePair(), undefined, config)
      await client.opened()
      return client
    },
    async end() {
      for (const client of clients) await client.end()
      distrust()
      await server.close()
    },
  }
}

/** The plain texts that a client got, in order. */
export const textsOf = (client: PlainClient): string[] =>
  client.messages.flatMap(({ message }) => message.message?.conversation ?? [])

/** Waits until a client got this text. */
export const heard = (client: PlainClient, text: string): Promise<PlainClient['messages'][number]> =>
  client.until(
    () => client.messages.find(({ message }) => message.message?.conversation === text),
    `heard ${text}`,
  )
