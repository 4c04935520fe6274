import type {
  Address,
  Channel,
  IncomingContent,
  IncomingMessage,
  OutgoingMessage,
  SendErrorKind,
} from '../channels/channel.ts'
import type { Logger } from '../log.ts'
import type { Transaction } from '../storage/database.ts'
import { type AnswererDeps, createAnswerer } from './answer-message.ts'
import { createBatches } from './batch-store.ts'
import type { Batches } from './batches.ts'
import type { BulkDeps } from './bulk-loop.ts'
import type { BulkListener } from './bulk-news.ts'
import { createBulkSender } from './bulk-sender.ts'
import { createChatQueue } from './chat-queue.ts'
import type { Delivery } from './chat-store.ts'
import type { House } from './converse.ts'
import { createDeliverer } from './deliver.ts'
import { createChatHandler, type TurnReport } from './handle-chat.ts'
import type { Pending } from './inbox-rows.ts'
import { storableTime } from './lateness.ts'
import { createLeaveChannel } from './leave-channel.ts'
import { createOpenStep, type OpenStep, type Said } from './open-step.ts'
import type { Account, HistoryRow } from './outbox-store.ts'
import { createReach } from './reach.ts'
import { type Sealer, sealContent, sealOutgoing, tryOpenOutgoing } from './sealed-json.ts'
import { createSettler } from './settle.ts'
import type { ConversationStore } from './store.ts'
import { createTellMany, type TellMany } from './tell-many.ts'

export type { TurnReport } from './handle-chat.ts'

/** One line of a chat, as it may be shown again. */
export interface HistoryEntry {
  readonly id: string
  readonly from: 'bot' | 'person'
  readonly text: string
  readonly options?: OutgoingMessage['options']
  readonly media?: OutgoingMessage['media']
  readonly at: Date
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
  ): Promise<Said>
  tellMany: TellMany
  /** Broadcasts that go out together. */
  batches: Batches
  /** Hears what happens while broadcasts go out in this process. */
  onBulk(listener: BulkListener): void
  /** Has broadcasts on the account of the channel rest, and whoever hears of them told: its platform warned it. */
  heedWarning(channel: Channel, kind: SendErrorKind): void
  /** Has this process look at once whether broadcasts are due. */
  wakeBulk(): void
  /**
   * Has a person answer in the chat until then, and the bot be silent; null: the bot answers again. Whatever the bot was
   * answering just now is not said.
   */
  hold(chatId: bigint, until: Date | null, transaction: Transaction): Promise<void>
  open: OpenStep
  /** What became of messages, as far as they are still kept. */
  deliveries(outboxIds: readonly bigint[]): Promise<ReadonlyMap<bigint, Delivery>>
  /** The newest lines of a chat, oldest first, as staff may read them. */
  lines(chatId: bigint, limit: number): Promise<readonly HistoryEntry[]>
  /** Whether the person can still be written to: they did not block the bot. */
  isReachable(chatId: bigint): Promise<boolean>
  /** From now on this process sends on the channel. */
  attach(channel: Channel): void
  /** Sends no more on the channel, and takes up no more broadcasts for it; see `LeaveChannel`. */
  detach(channel: Channel): Promise<void>
  /** Takes up what a crash left behind or a channel could not send. */
  sweep(): Promise<void>
  /** The chat at an address; undefined while nobody wrote from there. */
  chatAt(address: Address): Promise<bigint | undefined>
  /** Whether a message was received before: it is durable, answered or not. */
  has(address: Address, externalId: string): Promise<boolean>
  /** What was or is to be said on an account under a token; undefined when nothing is kept, or it cannot be opened. */
  outgoing(account: Account, token: string): Promise<OutgoingMessage | undefined>
  /** How many messages that nobody had asked for went out on an account since, or may have. */
  countUnasked(account: Account, since: Date): Promise<number>
  /** Sends what waits in the chat, if this process reaches it. */
  wake(chatId: bigint): Promise<void>
  /** The latest lines of a chat; with `afterId`, only what the bot said since. */
  history(address: Address, afterId?: string): Promise<readonly HistoryEntry[]>
  onTurn(listener: (report: TurnReport) => void): void
  /** Resolves once everything received here has been answered and noted, and no broadcast is under way or due. */
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
  readonly isQuiet?: BulkDeps['isQuiet']
  readonly dialectOf?: AnswererDeps['dialectOf']
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
  const bulk = createBulkSender({ ...deps, settler })
  const reach = createReach({ store, log, now, deliver: (chatId) => queueDelivery(chatId) })
  const { channelFor } = reach
  const deliverer = createDeliverer({
    ...{ store, settler, sealer, channelFor, log, now },
    heed: bulk.heed,
  })
  const handle = createChatHandler({
    ...{ store, deliverer, channelFor, log, notify: deps.notify },
    answer: createAnswerer(deps),
    onTurn: (report) => {
      for (const listener of listeners) listener(report)
    },
  })

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

  const entriesOf = (rows: readonly HistoryRow[]): readonly HistoryEntry[] =>
    rows.flatMap(({ id, from, body, at }) => {
      const message = tryOpenOutgoing(sealer, body)
      return message === undefined ? [] : [{ ...message, id, from, at }]
    })

  const leaveChannel = createLeaveChannel({ queue, reach, store, settler, log })

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
      return { outboxIds: await store.say(chatId, bodies, purpose, now(), transaction) }
    },
    tellMany: createTellMany(deps),
    batches: createBatches(deps),
    onBulk: bulk.onNews,
    heedWarning: bulk.heed,
    wakeBulk: bulk.wake,
    hold: store.hold,
    open: createOpenStep(deps),
    deliveries: store.deliveries,
    lines: async (chatId, limit) => entriesOf(await store.lines(chatId, limit)),
    isReachable: store.isReachable,
    attach(channel) {
      reach.add(channel)
      bulk.attach(channel)
    },
    async detach(channel) {
      await Promise.all([leaveChannel(channel), bulk.leave(channel)])
    },
    async sweep() {
      const before = new Date(now().getTime() - sweepAfterMs)
      for (const chatId of await store.chatsWithUnhandled(before, sweepLimit)) queueHandling(chatId)
      for (const chatId of await reach.chatsToSendTo()) queueDelivery(chatId)
      bulk.wake()
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
      // Whoever sees the chat again at its own address is shown there what they sent.
      return entriesOf(rows).map((entry) => (entry.from === 'bot' ? entry : { ...entry, media: undefined }))
    },
    onTurn: (listener) => void listeners.push(listener),
    async idle() {
      await Promise.all([queue.idle(), bulk.idle()])
      await settler.flush()
    },
  }
}
