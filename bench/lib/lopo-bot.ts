import type { App } from '../../src/app.ts'
import type { Channel } from '../../src/channels/channel.ts'
import type { Bot } from './closed-loop.ts'

/** Lopo as a bot to be measured: a channel in this process, whose sends are taken at once. */
export interface LopoBot extends Bot {
  /** Takes every chat past the notice that only its first message gets. */
  greet(chats: number): Promise<void>
  leave(): void
}

/** Attaches the channel `account` to the conversation. */
export function createLopoBot({ conversation }: App, account: string): LopoBot {
  const listeners: ((chat: number, text: string) => void)[] = []
  let messages = 0
  const channel: Channel = {
    name: 'webchat',
    account,
    start: async () => undefined,
    async send(to, { text }, id) {
      for (const listener of listeners) listener(Number(to.id), text)
      return { externalId: id }
    },
    stop: async () => undefined,
  }
  conversation.attach(channel)

  const receive = (chat: number, text: string): Promise<void> => {
    messages += 1
    return conversation.receive({
      from: { channel: channel.name, account, id: String(chat) },
      externalId: String(messages),
      sentAt: new Date(),
      content: { type: 'text', text },
    })
  }

  return {
    say: receive,
    onReply: (listener) => void listeners.push(listener),
    async greet(chats) {
      await Promise.all(Array.from({ length: chats }, (_, chat) => receive(chat, 'menu')))
      await conversation.idle()
    },
    leave: () => conversation.detach(channel),
  }
}
