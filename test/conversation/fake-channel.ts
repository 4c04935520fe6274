import { randomUUID } from 'node:crypto'
import type {
  Channel,
  IncomingContent,
  IncomingMessage,
  OutgoingMessage,
  Sending,
} from '../../src/channels/channel.ts'

/** One try to send, as a fake channel saw it. */
export interface Sent {
  readonly to: string
  readonly text: string
  readonly token: string | undefined
  readonly purpose: Sending['purpose'] | undefined
}

/** A channel on an account of its own that notes what it is to send; `send` may refuse. */
export function createFakeChannel(
  send: (sent: Sent, message: OutgoingMessage) => Promise<void> = async () => undefined,
): Channel & { readonly sent: Sent[] } {
  const sent: Sent[] = []
  return {
    sent,
    name: 'whatsapp',
    account: randomUUID(),
    start: async () => undefined,
    async send(to, message, id, sending) {
      const one = { to: to.id, text: message.text, token: sending?.token, purpose: sending?.purpose }
      await send(one, message)
      sent.push(one)
      return { externalId: `x${id}` }
    },
    stop: async () => undefined,
  }
}

/** A message from a person on the channel, written just now unless told otherwise. */
export function messageFrom(
  { name, account }: Channel,
  content: string | IncomingContent,
  more: { id?: string; externalId?: string; sentAt?: Date } = {},
): IncomingMessage {
  return {
    from: { channel: name, account, id: more.id ?? 'someone' },
    externalId: more.externalId ?? randomUUID(),
    sentAt: more.sentAt ?? new Date(),
    content: typeof content === 'string' ? { type: 'text', text: content } : content,
  }
}
