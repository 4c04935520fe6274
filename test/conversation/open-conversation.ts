import type { Channel, IncomingContent, IncomingMessage } from '../../src/channels/channel.ts'
import {
  type Conversation,
  type ConversationDeps,
  createConversation,
} from '../../src/conversation/conversation.ts'
import type { House } from '../../src/conversation/converse.ts'
import { type ConversationStore, createConversationStore } from '../../src/conversation/store.ts'
import type { Transaction } from '../../src/storage/database.ts'
import type { TestApp } from '../support/test-app.ts'
import { messageFrom } from './fake-channel.ts'

/** A conversation on the house of a test, with a clock that the test turns. */
export interface TestConversation {
  readonly conversation: Conversation
  readonly clock: { now: Date }
  /** Hears a message, written just now unless told otherwise, to its end. */
  hear(channel: Channel, content: string | IncomingContent, sentAt?: Date): Promise<IncomingMessage>
  /** Turns the clock on, and sweeps. */
  sweepAfter(seconds: number): Promise<void>
  /** Has a person answer in the chat for so long; null: the bot answers again. */
  hold(chatId: bigint, minutes: number | null): Promise<void>
  /** The chat of the one person who writes on the channel. */
  chatOn(channel: Channel): Promise<bigint>
}

/** What a conversation is on: a house, or only its storage with a house of the test's own. */
export type Site = Pick<TestApp, 'storage' | 'house' | 'log'>

type Opened = Partial<Pick<ConversationDeps, 'isQuiet' | 'dialectOf'>> & {
  readonly house?: () => House
  readonly store?: Partial<ConversationStore>
}

/** Opens it: another process on the same database. `store` is put in the place of the store's own functions. */
export function openConversation(
  app: Site,
  { house = app.house, store = {}, ...more }: Opened = {},
): TestConversation {
  const clock = { now: new Date() }
  const conversation = createConversation({
    store: { ...createConversationStore(app.storage.database), ...store },
    house,
    sealer: app.storage.keyring,
    log: app.log,
    now: () => clock.now,
    notify: async () => undefined,
    ...more,
  })
  return {
    conversation,
    clock,
    hold: (chatId, minutes) =>
      app.storage.database.prisma.$transaction((transaction: Transaction) =>
        conversation.hold(
          chatId,
          minutes === null ? null : new Date(clock.now.getTime() + minutes * 60_000),
          transaction,
        ),
      ),
    async hear(channel, content, sentAt = clock.now) {
      const message = messageFrom(channel, content, { sentAt })
      await conversation.receive(message)
      await conversation.idle()
      return message
    },
    async sweepAfter(seconds) {
      clock.now = new Date(clock.now.getTime() + seconds * 1_000)
      await conversation.sweep()
      await conversation.idle()
    },
    async chatOn({ name, account }) {
      const chatId = await conversation.chatAt({ channel: name, account, id: 'someone' })
      if (chatId === undefined) throw new Error('nobody wrote on the channel')
      return chatId
    },
  }
}
