import type { Address, Channel, MessageId, OutgoingMessage, SendErrorKind } from '../channels/channel.ts'
import { hasPresence, SendError } from '../channels/channel.ts'
import type { Logger } from '../log.ts'
import type { ChatPurpose, OutboxStore, Unsent } from './outbox-store.ts'
import { isCutOff, type Reach } from './reach.ts'
import { type Sealer, tryOpenOutgoing } from './sealed-json.ts'
import type { Settler } from './settle.ts'

/** Sends what waits in the outbox, in order within a chat. Broadcasts go another way. */
export interface Deliverer {
  /**
   * Sends all that is due in the chat, oldest first. An answer that cannot be sent now holds up all behind it; what was
   * told unasked holds up only what was told unasked.
   */
  deliverChat(chatId: bigint): Promise<void>
  /** Sends replies just put into the outbox, when nothing older waits. */
  deliverFresh(chatId: bigint, to: Address, fresh: readonly Fresh[]): Promise<void>
}

/** A message that is in the outbox and still at hand. */
export interface Fresh {
  readonly id: bigint
  readonly message: OutgoingMessage
  readonly token: string
}

interface Deps {
  readonly store: Pick<OutboxStore, 'unsent' | 'postpone' | 'stopChat' | 'failWaiting'>
  readonly settler: Settler
  readonly sealer: Sealer
  readonly channelFor: Reach['channelFor']
  /** Hears that the platform warned the account of a channel. */
  readonly heed: (channel: Channel, kind: SendErrorKind) => void
  readonly log: Logger
  readonly now: () => Date
}

const dayMs = 24 * 60 * 60_000
/**
 * How long a message is worth sending. What nobody asked for may have to wait for the next day's budget, and that for the
 * one after. The wait between attempts doubles up to five minutes.
 */
const worthMs = { reply: dayMs, notice: 3 * dayMs } as const
/** How often a message is sent of which nobody knows whether it arrived. */
const maxUnknown = 5

/** What came of one message: it is settled, it is still to be sent, or nothing more goes to the chat. */
type Outcome = 'settled' | 'waits' | 'over'

/** Makes the deliverer of one process. The caller keeps the order within a chat by running one call at a time. */
export function createDeliverer(deps: Deps): Deliverer {
  const { store, settler, sealer, channelFor, heed, log, now } = deps

  async function sendOne(channel: Channel, to: Address, row: Sendable): Promise<Outcome> {
    try {
      const sending = { token: row.token, purpose: row.kind }
      const { externalId } = await channel.send(to, row.message, messageId(row.id), sending)
      settler.add({ id: row.id, status: 'sent', externalId, failure: null })
      return 'settled'
    } catch (error) {
      if (!(error instanceof SendError)) {
        log.error({ err: error, outbox: String(row.id) }, 'a channel failed to send')
        // A fault of the channel or of ours: it may pass.
        return settleFailure(deps, row, new SendError('unavailable', { cause: error }))
      }
      // Who is not there is not tried again by the clock: coming back is what wakes the delivery.
      if (error.kind === 'unavailable' && (hasPresence(channel) || isCutOff(channel))) return 'waits'
      // Who was refused may be the first of many: broadcasts to all the others must not go on.
      if (error.kind === 'restricted') heed(channel, error.kind)
      return settleFailure(deps, row, error)
    }
  }

  async function sendRow(row: Unsent): Promise<Outcome> {
    const channel = channelFor(row.address, row.chatId)
    if (channel === undefined) return 'over'
    if (row.nextAttemptAt > now()) return 'waits'
    const message = tryOpenOutgoing(sealer, row.body)
    if (message !== undefined) return sendOne(channel, row.address, { ...row, message })
    log.error({ outbox: String(row.id) }, 'a message cannot be opened, and is given up')
    settler.add({ id: row.id, status: 'failed', externalId: null, failure: 'unreadable' })
    return 'settled'
  }

  return {
    async deliverFresh(chatId, to, fresh) {
      const fixed = { chatId, kind: 'reply', attempts: 0, isInDoubt: false, createdAt: now() } as const
      for (const row of fresh) {
        // Asked each time: the channel may be left while one of them is on its way.
        const channel = channelFor(to, chatId)
        if (channel === undefined || (await sendOne(channel, to, { ...row, ...fixed })) !== 'settled') return
      }
    },
    async deliverChat(chatId) {
      await settler.flush()
      let unaskedWaits = false
      for (const row of await store.unsent(chatId)) {
        if (unaskedWaits && row.kind !== 'reply') continue
        const outcome = await sendRow(row)
        if (outcome === 'over' || (outcome === 'waits' && row.kind === 'reply')) return
        if (outcome === 'waits') unaskedWaits = true
      }
    },
  }
}

interface Sendable {
  readonly id: bigint
  readonly chatId: bigint
  readonly message: OutgoingMessage
  readonly token: string
  readonly kind: ChatPurpose
  readonly attempts: number
  readonly isInDoubt: boolean
  readonly createdAt: Date
}

/** Settles a message that was not sent, or puts it off. */
async function settleFailure(
  { store, settler, log, now }: Deps,
  row: Sendable,
  error: SendError,
): Promise<Outcome> {
  log.warn({ kind: error.kind, outbox: String(row.id), attempts: row.attempts }, 'a message was not sent')
  if (error.kind === 'stopped' || error.kind === 'restricted') {
    await settler.flush()
    // Each further try after a restriction makes it worse; when the person writes again, the answer is tried.
    const giveUp = error.kind === 'stopped' ? store.stopChat : store.failWaiting
    await giveUp(row.chatId, error.kind, now())
    return 'over'
  }
  if (!isTriedAgain(row, error) || now().getTime() - row.createdAt.getTime() > worthMs[row.kind]) {
    const status = error.kind === 'unknown' ? 'unknown' : 'failed'
    settler.add({ id: row.id, status, externalId: null, failure: error.kind })
    return 'settled'
  }
  await settler.flush()
  await store.postpone(row.id, new Date(now().getTime() + delayMs(error, row.attempts)), error.kind)
  return 'waits'
}

/** Whether a message arrived is sometimes not known: an answer twice is better than none. */
function isTriedAgain({ attempts, isInDoubt }: Sendable, error: SendError): boolean {
  if (error.kind === 'unknown') return (isInDoubt ? attempts : 0) + 1 < maxUnknown
  return error.retryable
}

function messageId(id: bigint): MessageId {
  return String(id)
}

function delayMs(error: SendError, attempts: number): number {
  if (error.retryAfter !== undefined) return error.retryAfter * 1_000
  return Math.min(1_000 * 2 ** attempts, 300_000)
}
