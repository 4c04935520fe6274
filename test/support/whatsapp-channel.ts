import * as baileys from '@whiskeysockets/baileys'
import type { IncomingMessage, Media, OutgoingMessage, Progress } from '../../src/channels/channel.ts'
import { createTurns } from '../../src/channels/turns.ts'
import {
  createWhatsAppChannel,
  type WhatsAppChannel,
  type WhatsAppDeps,
} from '../../src/channels/whatsapp.ts'
import type { WhatsAppFile } from '../../src/channels/whatsapp-files.ts'
import { createLogger } from '../../src/log.ts'
import { createMemoryWhatsAppStore, type MemoryWhatsAppStore } from './memory-whatsapp-store.ts'
import type { BotAccount } from './whatsapp/bot-account.ts'
import type { Person } from './whatsapp/person.ts'
import { startWhatsAppServer, type WhatsAppServer } from './whatsapp-server.ts'

type Until = <T>(look: () => T | Promise<T>, what: string, patience?: number) => Promise<T>

/** The real channel with the real socket, on the loopback WhatsApp, with a conversation that only takes notes. */
export interface ChannelWorld {
  readonly server: WhatsAppServer
  readonly account: BotAccount
  readonly ana: Person
  readonly budi: Person
  readonly store: MemoryWhatsAppStore
  readonly received: IncomingMessage[]
  readonly progress: Progress[]
  readonly warnings: string[]
  readonly logged: string[]
  /** Files that came in, by id. */
  readonly files: Map<string, WhatsAppFile>
  /** What the bot is remembered to have said. */
  readonly said: Map<string, OutgoingMessage>
  /** Makes a channel on the store; it is stopped at the end. */
  open(more?: Partial<WhatsAppDeps>): WhatsAppChannel
  /** Makes one, starts it, and waits until messages can go out. */
  openReady(more?: Partial<WhatsAppDeps>): Promise<WhatsAppChannel>
  /** Makes a message that is received fail; undefined: no more. */
  failReceiving(fail: ((message: IncomingMessage) => Promise<void>) | undefined): void
  /** Looks again and again until it is so. */
  until: Until
  end(): Promise<void>
}

const noGap = { least: 0, most: 0 }

/** Starts the world; with `linked: false` no phone has linked the account. */
export async function startChannelWorld({ linked = true } = {}): Promise<ChannelWorld> {
  const server = await startWhatsAppServer()
  const distrust = server.trust()
  const account = server.account({ phone: '6281539900001', lid: '539900000001', name: 'Lopo' })
  const ana = server.person({ phone: '6281539900101', lid: '539900000101', name: 'Ana' })
  const budi = server.person({ phone: '6281539900102', lid: '539900000102', name: 'Budi' })
  const store = createMemoryWhatsAppStore('main', linked ? account.prePair() : undefined)
  const received: IncomingMessage[] = []
  const progress: Progress[] = []
  const warnings: string[] = []
  const logged: string[] = []
  const files = new Map<string, WhatsAppFile>()
  const said = new Map<string, OutgoingMessage>()
  const channels: WhatsAppChannel[] = []
  const turns = createTurns()
  const log = createLogger('debug', { write: (line) => logged.push(line) })
  let failing: ((message: IncomingMessage) => Promise<void>) | undefined

  function open(more: Partial<WhatsAppDeps> = {}): WhatsAppChannel {
    const channel = createWhatsAppChannel({
      ...{ baileys, account: 'main', store, log, turns },
      url: server.url,
      times: { connectTimeout: 3_000, queryTimeout: 3_000, keepAlive: 30_000, ackTimeout: 5_000 },
      pace: { replyGap: noGap, unaskedGap: noGap, unaskedADay: 1_000, warmUpDays: 0 },
      media: {
        async save(file): Promise<Media> {
          const id = `file-${files.size + 1}`
          files.set(id, file)
          return { id, type: file.mime.startsWith('image/') ? 'photo' : 'document', mime: file.mime }
        },
        read: async (id) => files.get(id),
      },
      memory: {
        has: async (from, externalId) =>
          received.some((one) => one.from.id === from.id && one.externalId === externalId),
        said: async (token) => said.get(token),
        countUnasked: async () => 0,
      },
      onWarning: (warning) => warnings.push(warning),
      graceMs: 50,
      retryMs: 20,
      ...more,
    })
    channel.onProgress(async (news) => {
      progress.push(...news)
    })
    channels.push(channel)
    return channel
  }

  async function start(channel: WhatsAppChannel): Promise<void> {
    await channel.start(async (message) => {
      await failing?.(message)
      const again = received.some(
        (one) => one.from.id === message.from.id && one.externalId === message.externalId,
      )
      if (!again) received.push(message)
    })
  }

  /** Looks again whenever the event loop turns: what is waited for may be on either side of the socket. */
  const until: Until = async (look, what, patience = 10_000) => {
    const end = Date.now() + patience
    for (;;) {
      const found = await look()
      if (found !== undefined && found !== false) return found
      if (Date.now() > end) throw new Error(`not so within ${patience} ms: ${what}`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  return {
    ...{ server, account, ana, budi, store, received, progress, warnings, logged, files, said, until },
    open(more) {
      const channel = open(more)
      return { ...channel, start: () => start(channel) }
    },
    async openReady(more) {
      const channel = open(more)
      await start(channel)
      await until(() => channel.isReachable(), 'the channel is reachable')
      return channel
    },
    failReceiving(fail) {
      failing = fail
    },
    async end() {
      for (const channel of channels) await channel.stop()
      distrust()
      await server.close()
    },
  }
}
