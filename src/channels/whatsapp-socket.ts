import type { Agent } from 'node:https'
import type {
  BaileysEventMap,
  BinaryNode,
  CacheStore,
  proto,
  WAMessage,
  WAMessageKey,
  WASocket,
} from '@whiskeysockets/baileys'
import type { Logger } from '../log.ts'
import { baileysLogger } from './quiet-console.ts'
import type { Turns } from './turns.ts'
import { type Acks, createAcks } from './whatsapp-acks.ts'
import type { Auth } from './whatsapp-auth.ts'
import type { Baileys } from './whatsapp-library.ts'
import { createRepository } from './whatsapp-repository.ts'

/** How long things may take, in milliseconds. */
export interface SocketTimes {
  readonly connectTimeout: number
  readonly queryTimeout: number
  /** A connection on which nothing came for this long and five seconds is given up. */
  readonly keepAlive: number
  readonly ackTimeout: number
}

const usualTimes: SocketTimes = {
  connectTimeout: 20_000,
  queryTimeout: 60_000,
  keepAlive: 30_000,
  ackTimeout: 20_000,
}

/** Where WhatsApp is, and how it is reached. Everything has a default for the real WhatsApp. */
export interface SocketOptions {
  /** Another server, for tests. */
  readonly url?: string | undefined
  readonly times?: Partial<SocketTimes> | undefined
  /** What uploads go through, where the server's certificate needs it. */
  readonly fetchAgent?: Agent | undefined
}

export interface SocketDeps extends SocketOptions {
  readonly baileys: Baileys
  readonly auth: Auth
  readonly turns: Turns
  readonly log: Logger
  /** Counts that must outlive the socket: how often a message was asked for again. */
  readonly retryCounts: CacheStore
  /** Makes a message durable, before WhatsApp hears that it came. */
  readonly take: (message: WAMessage) => Promise<void>
  /** A message of ours that a phone asks for again. */
  readonly findSent: (key: WAMessageKey) => Promise<proto.IMessage | undefined>
}

/** One connection to WhatsApp. When it has closed it is not used again. */
export interface Socket {
  readonly wa: WASocket
  readonly acks: Acks
  /** Calls the listener until the connection is left; it may reject, which is logged. */
  on<Name extends keyof BaileysEventMap>(
    name: Name,
    listener: (event: BaileysEventMap[Name]) => Promise<void> | void,
  ): void
  /** Closes at once: what was not confirmed comes again. */
  drop(): void
}

/** Opens a connection. What becomes of it is told by `connection.update`. */
export function openSocket(deps: SocketDeps): Socket {
  const { baileys, auth, log } = deps
  const times = { ...usualTimes, ...deps.times }
  const repository = createRepository({
    baileys,
    turns: deps.turns,
    me: () => ({ id: auth.creds.me?.id ?? '', lid: auth.creds.me?.lid ?? '' }),
    async take(message) {
      try {
        await deps.take(message)
      } catch (error) {
        log.error({ err: error }, 'a WhatsApp message was not taken: it is left unconfirmed')
        // Before the library can say anything of it: what was not confirmed comes again with the next connection.
        drop()
        throw error
      }
    },
  })
  let isDropped = false
  const drop = (): void => {
    isDropped = true
    void wa.end(new Error('dropped'))
  }
  const logger = baileysLogger(log)
  const wa = baileys.makeWASocket({
    auth: { creds: auth.creds, keys: baileys.makeCacheableSignalKeyStore(auth.keys, logger) },
    logger,
    // As the library's documents give it: codes for linking are refused to names that WhatsApp does not know.
    browser: baileys.Browsers.ubuntu('Chrome'),
    ...(deps.url === undefined ? {} : { waWebSocketUrl: deps.url }),
    ...(deps.fetchAgent === undefined ? {} : { fetchAgent: deps.fetchAgent }),
    connectTimeoutMs: times.connectTimeout,
    defaultQueryTimeoutMs: times.queryTimeout,
    keepAliveIntervalMs: times.keepAlive,
    // All messages come in by one line: nobody is to wait because the messages of somebody else cannot be opened.
    retryRequestDelayMs: 0,
    syncFullHistory: false,
    // Only people who write to the bot themselves: nothing of groups, status or channels is even decrypted.
    shouldIgnoreJid: (jid) => !isPersonal(baileys, jid),
    msgRetryCounterCache: deps.retryCounts,
    transactionOpts: { maxCommitRetries: 2, delayBetweenTriesMs: 200 },
    makeSignalRepository: repository.make,
    getMessage: deps.findSent,
  })
  takeInOrder(wa, repository.note, (error) => log.error({ err: error }, 'a WhatsApp message failed'))
  const acks = createAcks(times.ackTimeout)
  wa.ws.on('CB:ack,class:message', acks.note)
  const failed = (name: string) => (error: unknown) =>
    log.error({ err: error, event: name }, 'a WhatsApp event failed')
  return {
    wa,
    acks,
    on(name, listener) {
      wa.ev.on(name, (event) => {
        // What still comes of a connection that was dropped comes again with the next.
        if (isDropped && name !== 'connection.update') return
        // What a listener throws would end the process.
        void new Promise<void>((resolve) => resolve(listener(event))).catch(failed(name))
      })
    },
    drop,
  }
}

/**
 * Has the library take messages one after the other. By itself it lets a message overtake another while it looks up who sent
 * it, and takes what waited for the connection beside what is new. That a message waited, its time tells.
 */
function takeInOrder(
  { ws }: WASocket,
  note: (stanza: BinaryNode) => void,
  onError: (error: unknown) => void,
): void {
  const theirs = ws.listeners('CB:message')
  ws.removeAllListeners('CB:message')
  let last: Promise<unknown> = Promise.resolve()
  ws.on('CB:message', (stanza: BinaryNode) => {
    const { offline: _, ...attrs } = stanza.attrs
    const next = { ...stanza, attrs }
    note(next)
    last = last
      .then(async () => {
        if (ws.isOpen) await Promise.all(theirs.map((listener) => Reflect.apply(listener, ws, [next])))
      })
      .catch(onError)
  })
}

function isPersonal(
  { isJidGroup, isJidBroadcast, isJidNewsletter, isJidStatusBroadcast }: Baileys,
  jid: string,
) {
  return !(isJidGroup(jid) || isJidBroadcast(jid) || isJidNewsletter(jid) || isJidStatusBroadcast(jid))
}
