/** The platforms a person can write on. */
export const channelNames = ['telegram', 'whatsapp', 'webchat', 'terminal'] as const
export type ChannelName = (typeof channelNames)[number]

/** Where a person is reached. Opaque: nothing may be derived from `id`, least of all a phone number. */
export interface Address {
  readonly channel: ChannelName
  /** The bot's own account on the platform, such as a bot id; `main` where there is only one. */
  readonly account: string
  readonly id: string
}

/** A file that a person sent or that the bot sends, kept by the media store under `id`. */
export interface Media {
  readonly id: string
  readonly type: 'photo' | 'document'
  /** As the content says, not as the sender says: `image/jpeg`. */
  readonly mime: string
  readonly name?: string | undefined
}

/** What arrived. A kind the bot cannot read is still told apart, so that it can be answered politely. */
export type IncomingContent =
  | { readonly type: 'text'; readonly text: string }
  /** A button: `value` is what the bot put on it. */
  | { readonly type: 'choice'; readonly value: string }
  | { readonly type: 'media'; readonly media: Media; readonly caption: string }
  | { readonly type: 'location'; readonly latitude: number; readonly longitude: number }
  | { readonly type: 'unreadable'; readonly what: Unreadable }

export const unreadable = [
  'voice',
  'video',
  'sticker',
  'contact',
  'poll',
  'edited',
  'view_once',
  'too_large',
  'wrong_time',
  'undecryptable',
  'other',
] as const
export type Unreadable = (typeof unreadable)[number]

/** One message from a person, as a channel hands it over. */
export interface IncomingMessage {
  readonly from: Address
  /** The platform's id of this message: the same message has the same id however often it is delivered. */
  readonly externalId: string
  /** When the person sent it, by the platform's clock. */
  readonly sentAt: Date
  readonly content: IncomingContent
}

/** A numbered choice. `value` comes back in a `choice`; at most 60 bytes. */
export interface Option {
  readonly label: string
  readonly value: string
}

/** One message to a person. Options are offered as buttons where the channel has them; the text names them too. */
export interface OutgoingMessage {
  readonly text: string
  readonly options?: readonly Option[] | undefined
  readonly media?: readonly Media[] | undefined
}

/** The outbox row that is being sent: the same id for a repeat of the same message. */
export type MessageId = string

/** Why a message goes out: it answers, it tells something unasked, or it goes to many. Answers go before all else. */
export type Purpose = 'reply' | 'notice' | 'broadcast'

/** How a message is to be sent. */
export interface Sending {
  /** 16 hexadecimal digits, random and kept with the message: for platforms where the sender names the message. */
  readonly token: string
  readonly purpose: Purpose
}

/** What the platform said of a message that it took. */
export interface Receipt {
  readonly externalId: string
}

/** What became of a message that the platform had taken: it reached the person, was seen, or was refused after all. */
export interface Progress {
  /** The token that the message was sent with. */
  readonly token: string
  readonly state: 'delivered' | 'read' | 'failed'
  readonly at: Date
  /** Of `failed`. */
  readonly failure?: SendErrorKind | undefined
}

/** Why a send failed. */
export type SendErrorKind =
  /** The person blocked the bot or left: the contact is stopped. */
  | 'stopped'
  /** The platform asks for a slower pace. */
  | 'too_fast'
  /** The platform refuses this message, whoever would get it. */
  | 'refused'
  /** The platform forbids writing to this person now; trying again makes it worse. */
  | 'restricted'
  /** Nothing was sent: no connection, or the platform is down. */
  | 'unavailable'
  /** The connection broke after sending began: sent or not, nobody knows. */
  | 'unknown'

/** A message that could not be sent. `retryAfter` is in seconds. */
export class SendError extends Error {
  override readonly name = 'SendError'
  readonly kind: SendErrorKind
  readonly retryable: boolean
  readonly retryAfter: number | undefined

  constructor(kind: SendErrorKind, options: { retryAfter?: number; cause?: unknown } = {}) {
    super(`send failed: ${kind}`, { cause: options.cause })
    this.kind = kind
    this.retryable = kind === 'too_fast' || kind === 'unavailable'
    this.retryAfter = options.retryAfter
  }
}

/** A platform: it connects, receives, sends and stops. `receive` resolves once the message is durable. */
export interface Channel {
  readonly name: ChannelName
  readonly account: string
  start(receive: (message: IncomingMessage) => Promise<void>): Promise<void>
  /** Without `sending` the message is a reply and has a token of its own. */
  send(to: Address, message: OutgoingMessage, id: MessageId, sending?: Sending): Promise<Receipt>
  stop(): Promise<void>
}

/** A channel that tells later what became of a message, in no certain order and perhaps more than once. */
export interface ReceiptChannel extends Channel {
  /** The listener resolves once the news are durable. */
  onProgress(listener: (news: readonly Progress[]) => Promise<void>): void
}

/** A channel where a person is reachable only now and then, such as a web page that may be closed. */
export interface PresenceChannel extends Channel {
  isPresent(address: Address): boolean
  /** The ids of all who are there. */
  present(): readonly string[]
  onPresent(listener: (address: Address) => void): void
}

/** A channel that is now and then cut off as a whole: what is due waits until it is reachable again. */
export interface ReachableChannel extends Channel {
  isReachable(): boolean
  onReachable(listener: () => void): void
}

/**
 * A channel that is given broadcasts many at a time. It keeps the pace of its platform itself: `send` waits its turn, answers first, or
 * rejects with `too_fast` and says when it may be tried again.
 */
export interface BulkChannel extends Channel {
  /** How many broadcasts may be under way at once; they are the ones that a word to stop may come too late for. */
  readonly bulk: { readonly atOnce: number }
}

/** A channel with public places that anybody can follow, such as a Telegram channel. */
export interface PostingChannel extends Channel {
  /** Posts at the place once; rejects with a SendError. */
  post(place: string, message: OutgoingMessage, sending: Sending): Promise<Receipt>
}

/** What a channel's platform and settings allow, for a forecast of how long something takes. */
export interface Forecast {
  /** Messages in a second, on average. */
  readonly perSecond: number
  /** Messages today; undefined where there is no budget. */
  readonly perDay: number | undefined
  /** How many of today's are used. */
  readonly usedToday: number
}

/** A channel that can say how fast it may send what nobody asked for. */
export interface ForecastingChannel extends Channel {
  forecast(): Promise<Forecast>
}

/** How a message looks on a channel: what is sent, one after the other, and the buttons below the last. */
export interface MessagePreview {
  readonly parts: readonly { readonly text: string; readonly media: string | undefined }[]
  readonly buttons: readonly string[]
}

/** A channel that can take back a message that a person sent, such as one with a secret in it. */
export interface DeletingChannel extends Channel {
  deleteIncoming(from: Address, externalId: string): Promise<void>
}

/** Whether a channel tells who is there. */
export function hasPresence(channel: Channel): channel is PresenceChannel {
  return 'isPresent' in channel
}

/** Whether a channel can be cut off as a whole. */
export function canBeCutOff(channel: Channel): channel is ReachableChannel {
  return 'isReachable' in channel
}

/** Whether a channel tells what became of its messages. */
export function hasReceipts(channel: Channel): channel is ReceiptChannel {
  return 'onProgress' in channel
}

/** Whether a channel can delete what a person wrote. */
export function canDelete(channel: Channel): channel is DeletingChannel {
  return 'deleteIncoming' in channel
}

/** Whether a channel is given broadcasts many at a time. */
export function takesBulk(channel: Channel): channel is BulkChannel {
  return 'bulk' in channel
}
