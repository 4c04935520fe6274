import type {
  Address,
  Channel,
  IncomingContent,
  IncomingMessage,
  OutgoingMessage,
} from '../channels/channel.ts'
import { canDelete, hasPresence } from '../channels/channel.ts'
import type { Logger } from '../log.ts'
import type { Transaction } from '../storage/database.ts'
import { type Answered, createAnswerer } from './answer-message.ts'
import { createChatQueue } from './chat-queue.ts'
import type { House } from './converse.ts'
import { createDeliverer } from './deliver.ts'
import type { Pending, TurnSaved } from './inbox-store.ts'
import { openOutgoing, type Sealer, sealContent, sealOutgoing } from './sealed-json.ts'
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
  tell(chatId: bigint, messages: readonly OutgoingMessage[], transaction?: Transaction): Promise<void>
  /** From now on this process sends on the channel. */
  attach(channel: Channel): void
  detach(channel: Channel): void
  /** Takes up what a crash left behind or a channel could not send. */
  sweep(): Promise<void>
  /** The chat at an address; undefined while nobody wrote from there. */
  chatAt(address: Address): Promise<bigint | undefined>
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
  const queue = createChatQueue()
  const channels: Channel[] = []
  const listeners: ((report: TurnReport) => void)[] = []
  const settler = createSettler({
    store,
    now,
    onError: (error) => log.error({ err: error }, 'could not note what was sent'),
  })
  const answer = createAnswerer({ store, house: deps.house, sealer, now })
  const deliverer = createDeliverer({ store, settler, sealer, channels: () => channels, log, now })

  /** Answers the chat's oldest message; `known` is that message as the inbox just told it. */
  async function handle(chatId: bigint, known?: Pending, content?: IncomingContent): Promise<void> {
    let pending = known ?? (await store.next(chatId))
    let fresh = content
    while (pending !== undefined) {
      if (await answerOrCount(pending, fresh)) return
      fresh = undefined
      pending = await store.next(chatId)
    }
  }

  /** True when the message is done with; false when it has to be read and tried again. */
  async function answerOrCount(pending: Pending, content?: IncomingContent): Promise<boolean> {
    try {
      const answered = await answer(pending, content)
      if (answered === undefined) return false
      await finish(pending, answered)
      return true
    } catch (error) {
      log.error(
        { err: error, inbox: String(pending.inboxId), attempts: pending.attempts },
        'a message failed',
      )
      await store.countFailure(pending.inboxId, error instanceof Error ? error.name : 'unknown')
      return false
    }
  }

  async function finish(pending: Pending, { conversed, saved }: Answered): Promise<void> {
    const { chatId, address } = pending
    const { session, messages, visited } = conversed
    for (const listener of listeners) {
      listener({ chatId, address, messages, visited, flow: session.flow, step: session.step })
    }
    if (conversed.secret) void forget(pending)
    if (deliverer.channelFor(address) === undefined) await deps.notify(chatId)
    else if (saved.othersWait) await deliverer.deliverChat(chatId)
    else await deliverer.deliverFresh(chatId, address, freshOf(saved, messages))
  }

  async function forget(pending: Pending): Promise<void> {
    const channel = deliverer.channelFor(pending.address)
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

  return {
    async receive({ from, externalId, sentAt, content }) {
      const body = sealContent(sealer, content)
      const received = await store.receive({ from, externalId, sentAt, receivedAt: now(), body })
      if (received === undefined) return
      const { chatId, pending } = received
      // What the inbox told of the chat holds only while nobody else works on it.
      if (pending !== undefined && queue.isIdle(chatId)) queueHandling(chatId, pending, content)
      else queueHandling(chatId)
    },
    async tell(chatId, messages, transaction) {
      const bodies = messages.map((message) => sealOutgoing(sealer, message))
      await store.say(chatId, bodies, 'notice', now(), transaction)
    },
    attach(channel) {
      channels.push(channel)
      if (!hasPresence(channel)) return
      channel.onPresent((address) => {
        store
          .chatAt(address)
          .then((chatId) =>
            chatId === undefined ? undefined : queue.add(chatId, () => deliverer.deliverChat(chatId)),
          )
          .catch((error) => log.error({ err: error }, 'could not send what waited'))
      })
    },
    detach(channel) {
      const at = channels.indexOf(channel)
      if (at >= 0) channels.splice(at, 1)
    },
    async sweep() {
      const before = new Date(now().getTime() - sweepAfterMs)
      for (const chatId of await store.chatsWithUnhandled(before, sweepLimit)) queueHandling(chatId)
      const reached = channels
        .filter((channel) => !hasPresence(channel))
        .map(({ name, account }) => ({ channel: name, account }))
      if (reached.length === 0) return
      for (const chatId of await store.chatsWithUnsent(reached, now(), sweepLimit)) {
        queue
          .add(chatId, () => deliverer.deliverChat(chatId))
          .catch((error) =>
            log.error({ err: error, chat: String(chatId) }, 'a chat could not be sent to now'),
          )
      }
    },
    chatAt: store.chatAt,
    wake: (chatId) => queue.add(chatId, () => deliverer.deliverChat(chatId)),
    async history(address, afterId) {
      const rows = await store.history(address, afterId === undefined ? undefined : BigInt(afterId), 50)
      return rows.map(({ id, from, body, at }) => ({ ...openOutgoing(sealer, body), id, from, at }))
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
    const message = messages[index]
    return message === undefined ? [] : [{ id, message }]
  })
}
