import type { BaileysEventMap } from '@whiskeysockets/baileys'
import { z } from 'zod'
import type { Logger } from '../log.ts'
import { type Auth, openAuth } from './whatsapp-auth.ts'
import { type Reaction, reactTo } from './whatsapp-close.ts'
import type { Baileys } from './whatsapp-library.ts'
import { createRetryCounts } from './whatsapp-retry-counts.ts'
import { openSocket, type Socket, type SocketDeps, type SocketOptions } from './whatsapp-socket.ts'
import { type AccountState, UnreadableAccountError, type WhatsAppStore } from './whatsapp-store.ts'

/** Why an account left off and waits for a person. */
export type StopReason =
  | Extract<Reaction, { type: 'stop' }>['reason']
  | 'unreadable'
  | 'unlinked'
  | 'not_scanned'

export interface ConnectionDeps extends SocketOptions, Pick<SocketDeps, 'take' | 'findSent' | 'turns'> {
  readonly baileys: Baileys
  readonly account: string
  readonly store: WhatsAppStore
  readonly log: Logger
  /** Told of each new socket, so that its messages are heard. */
  readonly listen: (socket: Socket, auth: Auth) => void
  /** Told when messages can go out, and when they no longer can. */
  readonly onReady: (isReady: boolean) => void
  readonly onStopped: (reason: StopReason) => void
  /** Told what a phone must scan to link the account. Left out: an account that is not linked stays so. */
  readonly onQr?: ((qr: string, socket: Socket, auth: Auth) => void) | undefined
  /** From 0 to 1. */
  readonly random: () => number
  readonly now: () => number
}

/** An account's connection, made anew whenever it breaks and WhatsApp allows. */
export interface Connection {
  /** Resolves once the first try is under way. */
  start(): Promise<void>
  stop(): Promise<void>
  /** The socket by which messages can go out; undefined while there is none. */
  ready(): Socket | undefined
  /** Takes the device off the account, and stops; false when there was no connection to do so. */
  logOut(): Promise<boolean>
}

/** A connection that held for so long was a good one: the next break is the first again. */
const steadyMs = 2 * 60_000

/** Makes the connection of one account. One process at a time may have it. */
export function createConnection(deps: ConnectionDeps): Connection {
  const { store, log } = deps
  const retryCounts = createRetryCounts()
  let up: { socket: Socket; auth: Auth; isOpen: boolean; isCaughtUp: boolean; openedAt?: number } | undefined
  let attempts = 0
  let timer: NodeJS.Timeout | undefined
  let isUnreadable = false
  let stopped = true
  let closing: Promise<void> | undefined

  const isReady = () => up?.isOpen === true && up.isCaughtUp

  function report(state: AccountState, reason?: string): Promise<void> {
    return store
      .report({ state, reason })
      .catch((error) => log.error({ err: error }, 'the state of WhatsApp was not noted'))
  }

  async function connect(): Promise<void> {
    let socket: Socket | undefined
    const onBroken = (error: unknown) => {
      if (error instanceof UnreadableAccountError) isUnreadable = true
      socket?.drop()
    }
    let auth: Auth
    try {
      auth = await openAuth({ baileys: deps.baileys, store, account: deps.account, onBroken, log })
    } catch (error) {
      log.error({ err: error }, 'the WhatsApp account could not be read')
      if (error instanceof UnreadableAccountError) return halt('unreadable')
      return again({ type: 'reconnect', reason: 'storage', afterMs: 5_000 })
    }
    if (stopped) return
    if (!auth.isLinked() && deps.onQr === undefined) return halt('unlinked')
    await report('connecting')
    if (stopped) return
    socket = openSocket({ ...deps, auth, retryCounts })
    up = { socket, auth, isOpen: false, isCaughtUp: false }
    const mine = up
    // A socket that was left has nothing more to say.
    socket.on('connection.update', (update) => (up === mine ? follow(update) : undefined))
    socket.on('creds.update', (change) => auth.update(change))
    deps.listen(socket, auth)
  }

  async function follow(update: BaileysEventMap['connection.update']): Promise<void> {
    if (up === undefined) return
    if (update.qr !== undefined) deps.onQr?.(update.qr, up.socket, up.auth)
    if (update.connection === 'close') return leave(codeOf(update.lastDisconnect?.error))
    const before = isReady()
    if (update.connection === 'open') {
      Object.assign(up, { isOpen: true, openedAt: deps.now() })
      await report('open')
    }
    if (update.receivedPendingNotifications === true) up.isCaughtUp = true
    if (!before && isReady()) deps.onReady(true)
  }

  /** The socket is gone: what comes next depends on why. */
  async function leave(code: number | undefined): Promise<void> {
    const gone = up
    if (gone === undefined) return
    const wasReady = isReady()
    up = undefined
    gone.socket.acks.abandon()
    if (wasReady) deps.onReady(false)
    if (gone.openedAt !== undefined && deps.now() - gone.openedAt > steadyMs) attempts = 0
    await gone.auth.flush()
    gone.auth.close()
    if (stopped) return
    if (isUnreadable) return halt('unreadable')
    if (!gone.auth.isLinked() && code !== undefined && code !== 515) return halt('not_scanned')
    const reaction = reactTo({ code, attempts }, deps.random)
    attempts += 1
    log.warn(
      { code, reaction: reaction.type, reason: reaction.reason, attempts },
      'WhatsApp closed the connection',
    )
    return reaction.type === 'stop' ? halt(reaction.reason) : again(reaction)
  }

  async function again({ afterMs, reason }: Extract<Reaction, { type: 'reconnect' }>): Promise<void> {
    if (stopped) return
    timer = setTimeout(() => void connect().catch(lost), afterMs)
    await report('waiting', reason)
  }

  function lost(error: unknown): void {
    log.error({ err: error }, 'WhatsApp could not be connected')
    void again({ type: 'reconnect', reason: 'failed', afterMs: 5_000 })
  }

  /** Nothing more is tried: a person must look. What the account keeps stays as it is. */
  async function halt(reason: StopReason): Promise<void> {
    stopped = true
    log.error({ reason }, 'WhatsApp stopped')
    await report(reason === 'unlinked' || reason === 'not_scanned' ? 'unlinked' : 'stopped', reason)
    deps.onStopped(reason)
  }

  async function close(): Promise<void> {
    stopped = true
    clearTimeout(timer)
    const gone = up
    up = undefined
    gone?.socket.acks.abandon()
    await gone?.socket.wa.end(undefined)
    await gone?.auth.flush()
    gone?.auth.close()
    // A stop that needs a person stays what it is.
    if (gone !== undefined) await report('waiting', 'left')
    retryCounts.flushAll()
  }

  return {
    async start() {
      stopped = false
      closing = undefined
      attempts = 0
      isUnreadable = false
      await connect()
    },
    stop() {
      closing ??= close()
      return closing
    },
    ready: () => (isReady() ? up?.socket : undefined),
    async logOut() {
      const wa = up?.isOpen === true ? up.socket.wa : undefined
      // What the server answers is no reason to tell staff.
      stopped = true
      const done = await wa?.logout().then(
        () => true,
        (error) => log.warn({ err: error }, 'WhatsApp did not take the device off'),
      )
      closing ??= close()
      await closing
      return done === true
    },
  }
}

const boom = z.object({ output: z.object({ statusCode: z.number() }) })

/** The code by which the library says why a connection ended; undefined when it says none. */
export function codeOf(error: unknown): number | undefined {
  const read = boom.safeParse(error)
  return read.success ? read.data.output.statusCode : undefined
}
