import {
  type Address,
  type IncomingMessage,
  type OutgoingMessage,
  type PresenceChannel,
  SendError,
} from './channel.ts'

/** Who sits at the terminal, and as whom they write. */
export interface TerminalDeps {
  /** The address id of the person, such as the name given with `--as`. */
  readonly id: string
  readonly account?: string
  /** Milliseconds. */
  now?(): number
  /** Makes the ids of lines, each different from every id of every other run. */
  newId?(): string
}

/** The terminal as a channel of one person. */
export interface TerminalChannel extends PresenceChannel {
  readonly address: Address
  /** Hands a line over as the person's message; resolves once it is durable. */
  say(text: string): Promise<void>
  /** Hands over any other content, such as an option that was picked. */
  hand(content: IncomingMessage['content']): Promise<void>
  /** Calls `listener` for each message to the person, in order. */
  onMessage(listener: (message: OutgoingMessage) => void): void
}

/** Makes the channel of a person who is present from `start` to `stop`. */
export function createTerminalChannel(deps: TerminalDeps): TerminalChannel {
  const { id, account = 'main', now = Date.now, newId = () => crypto.randomUUID() } = deps
  const address: Address = { channel: 'terminal', account, id }
  const messageListeners: ((message: OutgoingMessage) => void)[] = []
  const presenceListeners: ((address: Address) => void)[] = []
  let receive: ((message: IncomingMessage) => Promise<void>) | undefined

  async function hand(content: IncomingMessage['content']): Promise<void> {
    if (receive === undefined) throw new Error('the terminal channel does not run')
    await receive({ from: address, externalId: newId(), sentAt: new Date(now()), content })
  }

  const isPresent = (to: Address) => receive !== undefined && to.account === account && to.id === id
  return {
    name: 'terminal',
    account,
    address,
    async start(receiver) {
      receive = receiver
      for (const listener of presenceListeners) listener(address)
    },
    async send(to, message, messageId) {
      if (!isPresent(to)) throw new SendError('unavailable')
      for (const listener of messageListeners) listener(message)
      return { externalId: messageId }
    },
    async stop() {
      receive = undefined
    },
    isPresent,
    present: () => (receive === undefined ? [] : [id]),
    onPresent: (listener) => {
      presenceListeners.push(listener)
    },
    say: (text) => hand({ type: 'text', text }),
    hand,
    onMessage: (listener) => {
      messageListeners.push(listener)
    },
  }
}
