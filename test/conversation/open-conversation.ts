import type { Channel, IncomingContent, IncomingMessage } from '../../src/channels/channel.ts'
import { type Conversation, createConversation } from '../../src/conversation/conversation.ts'
import { createConversationStore } from '../../src/conversation/store.ts'
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
  /** The chat of the one person who writes on the channel. */
  chatOn(channel: Channel): Promise<bigint>
}

/** Opens it: another process on the same database. */
export function openConversation(app: TestApp): TestConversation {
  const clock = { now: new Date() }
  const conversation = createConversation({
    store: createConversationStore(app.storage.database),
    house: app.house,
    sealer: app.storage.keyring,
    log: app.log,
    now: () => clock.now,
    notify: async () => undefined,
  })
  return {
    conversation,
    clock,
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
