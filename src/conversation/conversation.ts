import type {
  Address,
  Channel,
  IncomingContent,
  IncomingMessage,
  OutgoingMessage,
} from '../channels/channel.ts'
import { canDelete } from '../channels/channel.ts'
import type { Logger } from '../log.ts'
import type { Transaction } from '../storage/database.ts'
import { type Answered, createAnswerer } from './answer-message.ts'
import { createChatQueue } from './chat-queue.ts'
import type { House } from './converse.ts'
import { createDeliverer } from './deliver.ts'
import type { Pending, TurnSaved } from './inbox-rows.ts'
import { storableTime } from './lateness.ts'
import type { Account } from './outbox-store.ts'
import { createReach } from './reach.ts'
import { type Sealer, sealContent, sealOutgoing, tryOpenOutgoing } from './sealed-json.ts'
import { createSettler } from './settle.ts'
import type { ConversationStore } from './store.ts'

/** One line of a chat, as it may be shown again. */
export interface HistoryEntry {
  readonly id: string
  readonly from: 'bot' | 'person'
  readonly text: string
  readonly options?: OutgoingMessage['options']
  readonly media?: OutgoingMessage['media']
  readonly at: Date
}

/** What a turn was, for whoever watches: scripts, and the terminal. */
export interface TurnReport {
  readonly chatId: bigint
  readonly address: Address
  readonly messages: readonly OutgoingMessage[]
  readonly visited: readonly string[]
  readonly flow: string | null
  readonly step: string | null
}

/** The way of one message, from the channels to the flows and back. */
export interface Conversation {
  /** Makes the message durable, and then answers it. Resolves once it is durable. */
  receive(message: IncomingMessage): Promise<void>
  /** Tells a chat something that it did not just ask for; within `transaction`, once that is committed. */
  tell(
    chatId: bigint,
    messages: readonly OutgoingMessage[],
    transaction?: Transaction,
    /** `reply` where it answers what the person asked for, however long ago. */
    purpose?: 'reply' | 'notice',
  ): Promise<void>
  /** From now on this process sends on the channel. */
  attach(channel: Channel): void
  detach(channel: Channel): void
  /** Takes up what a crash left behind or a channel could not send. */
  sweep(): Promise<void>
  /** The chat at an address; undefined while nobody wrote from there. */
  chatAt(address: Address): Promise<bigint | undefined>
  /** Whether a message was received before: it is durable, answered or not. */
  has(address: Address, externalId: string): Promise<boolean>
  /** What was or is to be said on an account under a token; undefined when nothing is kept, or it cannot be opened. */
  outgoing(account: Account, token: string): Promise<OutgoingMessage | undefined>
  /** How many messages that nobody had asked for went out on an account since. */
  countUnasked(account: Account, since: Date): Promise<number>
  /** Sends what waits in the chat, if this process reaches it. */
  wake(chatId: bigint): Promise<void>
  /** The latest lines of a chat; with `afterId`, only what the bot said since. */
  history(address: Address, afterId?: string): Promise<readonly HistoryEntry[]>
  onTurn(listener: (report: TurnReport) => void): void
  /** Resolves once everything received here has been answered and noted. */
  idle(): Promise<void>
}

export interface ConversationDeps {
  readonly store: ConversationStore
  readonly house: () => House
  readonly sealer: Sealer
  readonly log: Logger
  readonly now: () => Date
  /** Tells other processes that a chat has something to send. */
  readonly notify: (chatId: bigint) => Promise<void>
}

const sweepAfterMs = 3_000
const sweepLimit = 200

/** Makes the conversation of one process. Any number of processes may share a database. */
export function createConversation(deps: ConversationDeps): Conversation {
  const { store, sealer, log, now } = deps
  const queue = createChatQueue<bigint>()
  const arrivals = createChatQueue<string>()
  const listeners: ((report: TurnReport) => void)[] = []
  const settler = createSettler({
    store,
    now,
    onError: (error) => log.error({ err: error }, 'could not note what was sent'),
  })
  const answer = createAnswerer({ store, house: deps.house, sealer, now })
  const reach = createReach({ store, log, now, deliver: (chatId) => queueDelivery(chatId) })
  const { channelFor } = reach
  const deliverer = createDeliverer({ store, settler, sealer, channelFor, log, now })

  /**
   * Answers what waits in the chat, oldest first; `known` is its only message, as the inbox just told it. What fails is
   * left to the sweep, and what follows it waits.
   */
  async function handle(chatId: bigint, known?: Pending, content?: IncomingContent): Promise<void> {
    if (known !== undefined && (await answerOne(known, content)) !== 'moved_on') return
    for (;;) {
      const pending = await store.next(chatId)
      if (pending === undefined || (await answerOne(pending)) === 'failed') return
    }
  }

  async function answerOne(
    pending: Pending,
    content?: IncomingContent,
  ): Promise<'done' | 'failed' | 'moved_on'> {
    let answered: Answered | undefined
    try {
      answered = await answer(pending, content)
    } catch (error) {
      const inbox = String(pending.inboxId)
      log.error({ err: error, inbox, attempts: pending.attempts }, 'a message could not be answered now')
      await store.countFailure(pending.inboxId, error instanceof Error ? error.name : 'unknown')
      return 'failed'
    }
    if (answered === undefined) return 'moved_on'
    await finish(pending, answered)
    return 'done'
  }

  async function finish(pending: Pending, { conversed, saved }: Answered): Promise<void> {
    const { chatId, address } = pending
    const { session, messages, visited } = conversed
    for (const listener of listeners) {
      listener({ chatId, address, messages, visited, flow: session.flow, step: session.step })
    }
    if (conversed.secret) void forget(pending)
    try {
      if (channelFor(address) === undefined) await deps.notify(chatId)
      else if (saved.othersWait) await deliverer.deliverChat(chatId)
      else await deliverer.deliverFresh(chatId, address, freshOf(saved, messages))
    } catch (error) {
      // The answer is in the outbox: it goes out later, and the message is not to be answered again.
      log.error({ err: error, chat: String(chatId) }, 'an answer could not be sent now')
    }
  }

  async function forget(pending: Pending): Promise<void> {
    const channel = channelFor(pending.address)
    if (channel === undefined || !canDelete(channel)) return
    await channel.deleteIncoming(pending.address, pending.externalId).catch((error) => {
      log.warn({ err: error }, 'the platform kept a message with a secret')
    })
  }

  const queueHandling = (chatId: bigint, pending?: Pending, content?: IncomingContent): void => {
    queue
      .add(chatId, () => handle(chatId, pending, content))
      .catch((error) => log.error({ err: error, chat: String(chatId) }, 'a chat could not be handled now'))
  }

  const queueDelivery = (chatId: bigint): void => {
    queue
      .add(chatId, () => deliverer.deliverChat(chatId))
      .catch((error) => log.error({ err: error, chat: String(chatId) }, 'a chat could not be sent to now'))
  }

  return {
    async receive({ from, externalId, sentAt, content }) {
      const body = sealContent(sealer, content)
      const message = { from, externalId, sentAt: storableTime(sentAt), receivedAt: now(), body }
      // One by one within a chat, so that they stand in the inbox as they came.
      const received = await arrivals.add(JSON.stringify(from), () => store.receive(message))
      if (received === undefined) return
      const { chatId, pending } = received
      // What the inbox told of the chat holds only while nobody else works on it.
      if (pending !== undefined && queue.isIdle(chatId)) queueHandling(chatId, pending, content)
      else queueHandling(chatId)
    },
    async tell(chatId, messages, transaction, purpose = 'notice') {
      const bodies = messages.map((message) => sealOutgoing(sealer, message))
      await store.say(chatId, bodies, purpose, now(), transaction)
    },
    attach: reach.add,
    detach: reach.remove,
    async sweep() {
      const before = new Date(now().getTime() - sweepAfterMs)
      for (const chatId of await store.chatsWithUnhandled(before, sweepLimit)) queueHandling(chatId)
      for (const chatId of await reach.chatsToSendTo()) queueDelivery(chatId)
    },
    chatAt: store.chatAt,
    has: store.has,
    async outgoing(account, token) {
      const body = await store.outgoing(account, token)
      return body && tryOpenOutgoing(sealer, body)
    },
    countUnasked: store.countUnasked,
    wake: (chatId) => queue.add(chatId, () => deliverer.deliverChat(chatId)),
    async history(address, afterId) {
      const rows = await store.history(address, afterId === undefined ? undefined : BigInt(afterId), 50)
      return rows.flatMap(({ id, from, body, at }) => {
        const message = tryOpenOutgoing(sealer, body)
        return message === undefined ? [] : [{ ...message, id, from, at }]
      })
    },
    onTurn: (listener) => void listeners.push(listener),
    async idle() {
      await queue.idle()
      await settler.flush()
    },
  }
}

function freshOf(saved: TurnSaved, messages: readonly OutgoingMessage[]) {
  return saved.outboxIds.flatMap((id, index) => {
    const [message, token] = [messages[index], saved.tokens[index]]
    return message === undefined || token === undefined ? [] : [{ id, message, token }]
  })
}
