import type { Address, Channel, MessageId, OutgoingMessage, Purpose } from '../channels/channel.ts'
import { hasPresence, SendError } from '../channels/channel.ts'
import type { Logger } from '../log.ts'
import type { OutboxStore } from './outbox-store.ts'
import { type Sealer, tryOpenOutgoing } from './sealed-json.ts'
import type { Settler } from './settle.ts'

/** Sends what waits in the outbox, in order within a chat. */
export interface Deliverer {
  /** Sends all that is due in the chat, oldest first, and stops at the first that cannot be sent now. */
  deliverChat(chatId: bigint): Promise<void>
  /** Sends messages just put into the outbox, when nothing older waits. */
  deliverFresh(chatId: bigint, to: Address, fresh: readonly Fresh[]): Promise<void>
  /** The channel of this process that reaches the address, if it does. */
  channelFor(address: Address): Channel | undefined
}

/** A message that is in the outbox and still at hand. */
export interface Fresh {
  readonly id: bigint
  readonly message: OutgoingMessage
  readonly token: string
}

interface Deps {
  readonly store: OutboxStore
  readonly settler: Settler
  readonly sealer: Sealer
  readonly channels: () => readonly Channel[]
  readonly log: Logger
  readonly now: () => Date
}

/** How long a message is worth sending. The wait between attempts doubles up to five minutes. */
const worthMs = 24 * 60 * 60_000
/** How often a reply is sent of which nobody knows whether it arrived. */
const maxUnknown = 5

/** Makes the deliverer of one process. The caller keeps the order within a chat by running one call at a time. */
export function createDeliverer(deps: Deps): Deliverer {
  const { store, settler, sealer, log, now } = deps

  const channelFor = (address: Address): Channel | undefined =>
    deps
      .channels()
      .filter(({ name, account }) => name === address.channel && account === address.account)
      .find((channel) => !hasPresence(channel) || channel.isPresent(address))

  /** Sends one; tells whether the next of the chat may follow. */
  async function sendOne(channel: Channel, to: Address, row: Sendable): Promise<boolean> {
    try {
      const { externalId } = await channel.send(to, row.message, messageId(row.id), {
        token: row.token,
        purpose: row.kind,
      })
      settler.add({ id: row.id, status: 'sent', externalId, failure: null })
      return true
    } catch (error) {
      if (!(error instanceof SendError))
        log.error({ err: error, outbox: String(row.id) }, 'a channel failed to send')
      const failure = error instanceof SendError ? error : new SendError('refused', { cause: error })
      // Who is not there is not tried again by the clock: coming back is what wakes the delivery.
      if (failure.kind === 'unavailable' && hasPresence(channel)) return false
      return settleFailure(row, failure)
    }
  }

  async function settleFailure(row: Sendable, error: SendError): Promise<boolean> {
    log.warn({ kind: error.kind, outbox: String(row.id), attempts: row.attempts }, 'a message was not sent')
    if (error.kind === 'stopped') {
      await settler.flush()
      await store.stopChat(row.chatId, error.kind, now())
      return false
    }
    if (error.kind === 'unknown' && row.kind === 'broadcast') {
      settler.add({ id: row.id, status: 'unknown', externalId: null, failure: error.kind })
      return true
    }
    // Whether a reply arrived is not known: an answer twice is better than none.
    const again = error.retryable || (error.kind === 'unknown' && row.attempts + 1 < maxUnknown)
    if (!again || now().getTime() - row.createdAt.getTime() > worthMs) {
      settler.add({ id: row.id, status: 'failed', externalId: null, failure: error.kind })
      return true
    }
    await settler.flush()
    await store.postpone(row.id, new Date(now().getTime() + delayMs(error, row.attempts)), error.kind)
    return false
  }

  return {
    channelFor,
    async deliverFresh(chatId, to, fresh) {
      const channel = channelFor(to)
      if (channel === undefined) return
      const fixed = { chatId, kind: 'reply', attempts: 0, createdAt: now() } as const
      for (const row of fresh) {
        if (!(await sendOne(channel, to, { ...row, ...fixed }))) return
      }
    },
    async deliverChat(chatId) {
      await settler.flush()
      for (const row of await store.unsent(chatId)) {
        const channel = channelFor(row.address)
        if (channel === undefined || row.nextAttemptAt > now()) return
        const message = tryOpenOutgoing(sealer, row.body)
        if (message === undefined) {
          log.error({ outbox: String(row.id) }, 'a message cannot be opened, and is given up')
          settler.add({ id: row.id, status: 'failed', externalId: null, failure: 'unreadable' })
        } else if (!(await sendOne(channel, row.address, { ...row, message }))) return
      }
    },
  }
}

interface Sendable {
  readonly id: bigint
  readonly chatId: bigint
  readonly message: OutgoingMessage
  readonly token: string
  readonly kind: Purpose
  readonly attempts: number
  readonly createdAt: Date
}

function messageId(id: bigint): MessageId {
  return String(id)
}

function delayMs(error: SendError, attempts: number): number {
  if (error.retryAfter !== undefined) return error.retryAfter * 1_000
  return Math.min(1_000 * 2 ** attempts, 300_000)
}
