import { randomUUID } from 'node:crypto'
import { sendReceipt } from './confirmations.ts'
import { deliver } from './deliveries.ts'
import { createSending, type Sending } from './person-content.ts'
import type { Addressing, Arrival, Phone, ReceiptOfBot, ReceivedMessage } from './phone.ts'
import { pollVote } from './poll-vote.ts'
import { askAgain } from './retries.ts'
import { need, secondsOf, stanza } from './stanza.ts'
import { transmit, type World } from './world.ts'
import { recipientOf, type WritingOptions, write } from './writing.ts'

/** Which bot a receipt goes to, and by which name; the name that the bot used, by default. */
export interface ReceiptOptions {
  readonly to?: { readonly pn: string }
  readonly addressing?: Addressing
}

/** A simulated person: what they do reaches the bot, what the bot does to them is in `inbox`. */
export interface Person extends Sending, Waiting {
  /** `62…@s.whatsapp.net` */
  readonly pn: string
  /** `…@lid` */
  readonly lid: string
  readonly name: string
  /** Messages of the bot's in order, each id once. */
  readonly inbox: readonly ReceivedMessage[]
  /** Every stanza of the bot's that reached the phone, repeats of the same id among them. */
  readonly arrivals: readonly Arrival[]
  /** How often a message reached the phone. */
  copiesOf(id: string): number
  /** The bot's receipts for what the person sent; `read` is its read mark. */
  readonly receipts: readonly ReceiptOfBot[]
  /** `composing`, `recording` and `paused`, as the bot showed them. */
  readonly chatStates: readonly string[]
  /** Whether the number has WhatsApp at all. */
  setRegistered(registered: boolean): void
  /** Whether the phone tells by itself that a message arrived, and after how long; at once by default. */
  setDelivery(delivery: { automatic?: boolean; milliseconds?: number }): void
  confirmDelivery(ids: string | readonly string[], options?: ReceiptOptions): void
  read(ids: string | readonly string[], options?: ReceiptOptions): void
  /** The phone lost its session and asks the bot to send a message again. */
  askAgain(id: string, options?: ReceiptOptions): void
  /** The stanza of a message sent before goes to the bot once more. */
  repeat(id: string, options?: WritingOptions): Promise<void>
  vote(poll: ReceivedMessage, labels: readonly string[], options?: WritingOptions): Promise<string>
  sayInGroup(text: string, options?: WritingOptions): Promise<string>
  /** Posts a status (a story) that the bot sees. */
  postStatus(text: string, options?: WritingOptions): Promise<string>
  /** A photo to be seen once, as linked clients get it: without any content. */
  sendHiddenViewOnce(options?: WritingOptions): string
  showTyping(options?: WritingOptions): void
  /** Forgets what went through the phone, so that long runs stay small. */
  clear(): void
}

/** Puts a phone into somebody's hands. */
export function createPerson(world: World, phone: Phone): Person {
  const account = (options: { readonly to?: { readonly pn: string } } = {}) => recipientOf(world, options.to)
  const addressingOf = (id: string, options: ReceiptOptions = {}) =>
    options.addressing ?? phone.received.get(id)?.addressing ?? world.addressing
  const receipt = (given: string | readonly string[], type: string | undefined, options?: ReceiptOptions) => {
    const ids = typeof given === 'string' ? [given] : given
    const addressing = addressingOf(ids[0] ?? '', options)
    sendReceipt(world, account(options), phone, { ids, addressing, ...(type !== undefined && { type }) })
  }
  return {
    pn: phone.pn,
    lid: phone.lid,
    name: phone.identity.name,
    inbox: phone.inbox,
    arrivals: phone.arrivals,
    receipts: phone.receipts,
    chatStates: phone.chatStates,
    copiesOf: (id) => phone.arrivals.filter((arrival) => arrival.id === id).length,
    setRegistered(registered) {
      phone.registered = registered
    },
    setDelivery: (delivery) => Object.assign(phone.delivery, delivery),
    confirmDelivery: (ids, options) => receipt(ids, undefined, options),
    read: (ids, options) => receipt(ids, 'read', options),
    askAgain: (id, options) =>
      askAgain(world, account(options), phone, { id, addressing: addressingOf(id, options) }),
    ...createSending(world, phone),
    ...createOddities(world, phone),
    ...createWaiting(world, phone),
    clear() {
      for (const list of [phone.inbox, phone.arrivals, phone.receipts, phone.chatStates]) list.length = 0
      phone.received.clear()
      phone.sent.clear()
    },
  }
}

type Oddities = Pick<
  Person,
  'repeat' | 'vote' | 'sayInGroup' | 'postStatus' | 'sendHiddenViewOnce' | 'showTyping'
>

function createOddities(world: World, phone: Phone): Oddities {
  const account = (options: WritingOptions = {}) => recipientOf(world, options.to)
  const inBroadcast = (text: string, from: string, options: WritingOptions = {}) =>
    write(
      world,
      phone,
      { conversation: text },
      {
        ...options,
        extra: { from, participant: phone.lid, participant_pn: phone.pn, sender_pn: undefined },
      },
    )
  const nameOf = ({ addressing = world.addressing }: WritingOptions = {}) =>
    addressing === 'lid' ? phone.lid : phone.pn
  return {
    async repeat(id, options) {
      const sent = need(phone.sent.get(id), `message ${id} that was sent`)
      deliver(world, account(options), sent.stanza)
    },
    vote: (poll, labels, options) => {
      const names = { creator: account(options).phone.lid, voter: phone.pn, at: world.now() }
      return write(world, phone, pollVote(poll, labels, names), options)
    },
    sayInGroup: (text, options) => inBroadcast(text, '120363025399000001@g.us', options),
    postStatus: (text, options) => inBroadcast(text, 'status@broadcast', options),
    sendHiddenViewOnce(options) {
      const id = options?.id ?? `3A${randomUUID().replaceAll('-', '').slice(0, 18).toUpperCase()}`
      const attrs = { from: nameOf(options), id, t: secondsOf(world.now()), type: 'media' }
      const unavailable = stanza('unavailable', { type: 'view_once' })
      deliver(world, account(options), stanza('message', attrs, [unavailable]))
      return id
    },
    showTyping(options) {
      const { session } = account(options)
      if (session === undefined) return
      transmit(world, session, stanza('chatstate', { from: nameOf(options) }, [stanza('composing')]))
    },
  }
}

interface Waiting {
  /** Waits for the bot's next message that `next` has not answered yet. */
  next(timeout?: number): Promise<ReceivedMessage>
  /** Waits until the inbox holds so many messages, and answers the inbox. */
  waitFor(count: number, timeout?: number): Promise<readonly ReceivedMessage[]>
  /** Waits for the first message of the inbox of which this is so. */
  waitForMessage(isIt: (message: ReceivedMessage) => boolean, timeout?: number): Promise<ReceivedMessage>
}

function createWaiting({ changes }: World, phone: Phone): Waiting {
  let taken = 0
  const who = phone.identity.name
  return {
    next(timeout) {
      const wanted = taken
      taken += 1
      return changes.until(() => phone.inbox[wanted], `${who} has message ${wanted + 1}`, timeout)
    },
    waitFor: (count, timeout) =>
      changes.until(
        () => phone.inbox.length >= count && phone.inbox,
        `${who} has ${count} messages`,
        timeout,
      ),
    waitForMessage: (isIt, timeout) =>
      changes.until(() => phone.inbox.find(isIt), `${who} has a certain message`, timeout),
  }
}
