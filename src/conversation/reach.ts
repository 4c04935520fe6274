import type { Address, Channel } from '../channels/channel.ts'
import { canBeCutOff, hasPresence, hasReceipts } from '../channels/channel.ts'
import type { Logger } from '../log.ts'
import type { Account, OutboxStore } from './outbox-store.ts'
import type { ConversationStore } from './store.ts'

/** The channels of one process, and whom they reach now. */
export interface Reach {
  /** From now on the channel counts, and what it tells is acted on. */
  add(channel: Channel): void
  /** From now on the channel counts only for these chats, which are under way. */
  close(channel: Channel, underWay: readonly bigint[]): void
  remove(channel: Channel): void
  /** The channel that reaches the chat at the address now, if one does. */
  channelFor(address: Address, chatId: bigint): Channel | undefined
  /** Chats that are reached now and in which something is due. */
  chatsToSendTo(): Promise<readonly bigint[]>
}

interface Deps {
  readonly store: Pick<ConversationStore, 'chatAt'> &
    Pick<OutboxStore, 'chatsWithUnsent' | 'chatsWithUnsentAt' | 'noteProgress'>
  readonly log: Logger
  readonly now: () => Date
  /** Has the chat sent to, without being waited for. */
  readonly deliver: (chatId: bigint) => void
}

/** How many chats of one account are sent to in one go: the next sweep takes more. */
const chatLimit = 200

/** Makes it, with no channel. */
export function createReach({ store, log, now, deliver }: Deps): Reach {
  const channels: Channel[] = []
  const closing = new Map<Channel, ReadonlySet<bigint>>()

  async function chatsOn(channel: Channel): Promise<readonly bigint[]> {
    if (isCutOff(channel)) return []
    if (!hasPresence(channel)) return store.chatsWithUnsent([accountOf(channel)], now(), chatLimit)
    const ids = channel.present()
    return ids.length === 0 ? [] : store.chatsWithUnsentAt(accountOf(channel), ids, now(), chatLimit)
  }

  /** The many accounts that are always there share a statement. */
  async function chatsToSendTo(): Promise<readonly bigint[]> {
    const always = channels.filter((channel) => !hasPresence(channel) && !isCutOff(channel)).map(accountOf)
    const found = always.length === 0 ? [] : await store.chatsWithUnsent(always, now(), chatLimit)
    const present = await Promise.all(channels.filter(hasPresence).map(chatsOn))
    return [...found, ...present.flat()]
  }

  async function sendWaiting(channel: Channel): Promise<void> {
    if (channels.includes(channel)) for (const chatId of await chatsOn(channel)) deliver(chatId)
  }

  async function sendTo(channel: Channel, address: Address): Promise<void> {
    if (!channels.includes(channel)) return
    const chatId = await store.chatAt(address)
    if (chatId !== undefined) deliver(chatId)
  }

  const report = (error: unknown) => log.error({ err: error }, 'could not look up what is to be sent')

  return {
    add(channel) {
      channels.push(channel)
      if (hasPresence(channel)) channel.onPresent((address) => void sendTo(channel, address).catch(report))
      if (canBeCutOff(channel)) channel.onReachable(() => void sendWaiting(channel).catch(report))
      if (hasReceipts(channel)) {
        channel.onProgress((news) => store.noteProgress(accountOf(channel), news, now()))
      }
    },
    close(channel, underWay) {
      const at = channels.indexOf(channel)
      if (at < 0) return
      channels.splice(at, 1)
      closing.set(channel, new Set(underWay))
    },
    remove: (channel) => void closing.delete(channel),
    channelFor: ({ channel: name, account, id }, chatId) =>
      [...channels, ...closing.keys()]
        .filter((channel) => closing.get(channel)?.has(chatId) ?? true)
        .filter((channel) => channel.name === name && channel.account === account && !isCutOff(channel))
        .find((channel) => !hasPresence(channel) || channel.isPresent({ channel: name, account, id })),
    chatsToSendTo,
  }
}

/** Whether nothing can be sent on the channel as a whole. */
export function isCutOff(channel: Channel): boolean {
  return canBeCutOff(channel) && !channel.isReachable()
}

/** The account that a channel is on. */
export function accountOf({ name, account }: Channel): Account {
  return { channel: name, account }
}
