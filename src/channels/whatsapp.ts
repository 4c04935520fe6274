import { setTimeout as wait } from 'node:timers/promises'
import type { proto, WAMessage } from '@whiskeysockets/baileys'
import type { Logger } from '../log.ts'
import {
  type Address,
  type BulkChannel,
  type ForecastingChannel,
  type IncomingMessage,
  type OutgoingMessage,
  type PostingChannel,
  type ReachableChannel,
  type ReceiptChannel,
  SendError,
} from './channel.ts'
import type { Turns } from './turns.ts'
import { createConnection, type StopReason } from './whatsapp-connection.ts'
import { createFetchFile, type WhatsAppMedia } from './whatsapp-files.ts'
import { createIntake, type Intake } from './whatsapp-intake.ts'
import { personJid } from './whatsapp-jid.ts'
import type { Baileys } from './whatsapp-library.ts'
import { createLinkGuide, type Linking } from './whatsapp-link.ts'
import { createNewsDesk } from './whatsapp-news.ts'
import { carefulPace, createPace, type PaceSettings, whatsAppForecast } from './whatsapp-pace.ts'
import { readProgress } from './whatsapp-progress.ts'
import { createRestriction, type Warning } from './whatsapp-restriction.ts'
import { createSender } from './whatsapp-send.ts'
import type { Socket, SocketOptions } from './whatsapp-socket.ts'
import { UnreadableAccountError, type WhatsAppStore } from './whatsapp-store.ts'

/** What the channel asks of the conversation besides handing messages over. */
export interface WhatsAppMemory {
  /** Whether the message is in the inbox. */
  has(from: Address, externalId: string): Promise<boolean>
  /** What the bot said under a token. */
  said(token: string): Promise<OutgoingMessage | undefined>
  /** How many messages that nobody asked for were sent since then. */
  countUnasked(since: Date): Promise<number>
}

/** What the WhatsApp channel of one account needs. */
export interface WhatsAppDeps extends SocketOptions {
  readonly baileys: Baileys
  readonly account: string
  readonly store: WhatsAppStore
  readonly media: WhatsAppMedia
  readonly memory: WhatsAppMemory
  readonly log: Logger
  /** One for all accounts of a process. */
  readonly turns: Turns
  readonly pace?: PaceSettings | undefined
  /** How a phone may link the account; left out, only a linked account is connected. */
  readonly linking?: Linking | undefined
  /** Told the bot's own number, digits only, whenever it is connected. */
  readonly onNumber?: ((phone: string) => void) | undefined
  /** Told when WhatsApp warns or restricts the account. */
  readonly onWarning?: ((warning: Warning) => void) | undefined
  readonly now?: (() => number) | undefined
  /** From 0 to 1. */
  readonly random?: (() => number) | undefined
  readonly graceMs?: number | undefined
  readonly retryMs?: number | undefined
}

/** WhatsApp as a channel, with what only it can do. */
export interface WhatsAppChannel
  extends ReceiptChannel,
    ReachableChannel,
    BulkChannel,
    PostingChannel,
    ForecastingChannel {
  readonly name: 'whatsapp'
  /** Resolves when the account leaves off and waits for a person. */
  readonly stopped: Promise<StopReason>
  /** Takes the account off the phone's list of linked devices, if that is in reach, and sets its secrets aside. */
  unlink(): Promise<'unlinked' | 'forgotten'>
}

/** How often the time of the last message is noted, in milliseconds. */
const noteInboundMs = 10_000

/** Makes the channel of one account. One process at a time may run it. */
export function createWhatsAppChannel(deps: WhatsAppDeps): WhatsAppChannel {
  const { account, store, log, memory, now = Date.now, random = Math.random } = deps
  const stopped = Promise.withResolvers<StopReason>()
  const news = createNewsDesk(log)
  const reachable: (() => void)[] = []
  const restriction = createRestriction({ store, log, now, onWarning: deps.onWarning })
  let intake: Intake | undefined
  let notedInboundAt = 0
  const stopping = new AbortController()

  const guide =
    deps.linking &&
    createLinkGuide(deps.linking, (error) => log.error({ err: error }, 'WhatsApp gave no code for linking'))
  const connection = createConnection({
    ...{ ...deps, random, now, listen },
    take: (message) => intakeOf().take(message),
    findSent: async (key) => (typeof key.id === 'string' ? sender.find(key.id) : undefined),
    onReady: (isReady) => isReady && reachable.forEach((listener) => void listener()),
    onStopped: stopped.resolve,
    onQr: guide?.onQr,
  })
  const settings = deps.pace ?? carefulPace
  const { countUnasked } = memory
  const linkedAt = async () => (await store.status()).linkedAt
  const pace = createPace({
    ...{ settings, countUnasked, linkedAt },
    restrictedUntil: restriction.until,
    ...{ now, random },
    pause: (milliseconds) =>
      wait(milliseconds, undefined, { signal: stopping.signal }).catch(() => undefined),
  })
  const sender = createSender({ ...deps, pace, ready: connection.ready, said: memory.said })

  function intakeOf(): Intake {
    if (intake === undefined) throw new Error('the WhatsApp channel does not run')
    return intake
  }

  function listen(socket: Socket): void {
    socket.on('messages.upsert', async ({ messages }) => {
      await news.tell(messages.map((message) => readProgress(message, new Date(now()))))
      for (const message of messages) await intakeOf().take(message)
      await markRead(socket, messages)
    })
    socket.on('messages.update', (updates) =>
      news.tell(updates.map(({ key, update }) => readProgress({ ...update, key }, new Date(now())))),
    )
    socket.on('lid-mapping.update', async ({ lid, pn }) => {
      const [one, other] = [personJid(lid), personJid(pn)]
      if (one !== undefined) await store.nameOf(one, other)
    })
    restriction.listen(socket)
    socket.on('connection.update', ({ connection: state }) => {
      const phone = deps.baileys.jidDecode(socket.wa.user?.id)?.user
      if (state === 'open' && phone !== undefined) deps.onNumber?.(phone)
    })
  }

  async function noteInbound(): Promise<void> {
    if (now() - notedInboundAt < noteInboundMs) return
    notedInboundAt = now()
    await store.report({ lastInboundAt: new Date(notedInboundAt) })
  }

  return {
    name: 'whatsapp',
    account,
    stopped: stopped.promise,
    // A person would not write two at once either.
    bulk: { atOnce: 1 },
    forecast: () => whatsAppForecast({ settings, countUnasked, linkedAt, now: now() }),
    isReachable: () => connection.ready() !== undefined,
    onReachable: (listener) => void reachable.push(listener),
    onProgress: news.listen,
    async start(receive) {
      const handOver = async (message: IncomingMessage) => {
        await receive(message)
        // It is only told: nobody who writes waits for it.
        noteInbound().catch((error) => log.warn({ err: error }, 'the time of the last message was not noted'))
      }
      const fetchFile = createFetchFile({ ...deps, socket: connection.ready, signal: stopping.signal })
      const { has, said } = memory
      const isConnected = () => connection.ready() !== undefined
      intake = createIntake({
        ...{ ...deps, has, said, fetchFile, isConnected, receive: handOver },
        now: () => new Date(now()),
      })
      try {
        await restriction.load()
        await intake.resume()
      } catch (error) {
        // Whoever else the process serves is untouched: the connection finds the same, and stops this account by itself.
        if (!(error instanceof UnreadableAccountError)) throw error
      }
      await connection.start()
    },
    async stop() {
      // First, so that a download that is broken off counts as no failure.
      const left = intake?.leave()
      stopping.abort()
      await connection.stop()
      await left
    },
    async send(to, message, id, sending) {
      const { token, purpose } = sending ?? { token: tokenFor(id), purpose: 'reply' }
      return heeding(() => sender.send(to, message, { token, purpose }))
    },
    post: (place, message, { token }) => heeding(() => sender.post(place, message, token)),
    async unlink() {
      const isOff = await connection.logOut()
      await intake?.leave()
      await store.archive()
      stopped.resolve('unlinked')
      return isOff ? 'unlinked' : 'forgotten'
    },
  }

  async function heeding<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof SendError && error.kind === 'restricted') askForRestriction()
      throw error
    }
  }

  /** A refused first message may mean that all are: WhatsApp tells when it is asked. */
  function askForRestriction(): void {
    connection
      .ready()
      ?.wa.fetchAccountReachoutTimelock()
      .catch((error) => log.warn({ err: error }, 'WhatsApp did not say whether the account is restricted'))
  }
}

/** Shows the sender that the messages were read. */
async function markRead({ wa }: Socket, messages: readonly WAMessage[]): Promise<void> {
  const keys = messages.filter(isReadable).map(({ key }) => key)
  if (keys.length > 0) await wa.readMessages(keys)
}

function isReadable({ key, message }: { key: proto.IMessageKey; message?: proto.IMessage | null }): boolean {
  return key.fromMe !== true && message !== null && message !== undefined
}

/** A token for a message that was given none. */
function tokenFor(id: string): string {
  return Buffer.from(id).toString('hex').padStart(16, '0').slice(-16)
}
