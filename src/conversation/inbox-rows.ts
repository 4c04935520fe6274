import type { Address } from '../channels/channel.ts'

/** What people write in: the language of the country, or that of the city. */
export type Dialect = 'indonesia' | 'kupang'

/** A message in the inbox, with the chat as it stands. `version` is what a turn must name to be saved. */
export interface Pending {
  readonly inboxId: bigint
  readonly chatId: bigint
  readonly contactId: string
  readonly address: Address
  readonly externalId: string
  readonly sentAt: Date
  readonly body: Uint8Array
  readonly attempts: number
  readonly session: Uint8Array | null
  /** When the chat's last message was handled. */
  readonly lastMessageAt: Date | null
  /** A person answers in the chat until then. */
  readonly heldUntil: Date | null
  readonly version: number
  /** Versions of the privacy notice that this chat was shown. */
  readonly notices: readonly string[]
}

/** What a turn changed. It is saved whole or not at all. */
export interface SavedTurn {
  readonly pending: Pending
  readonly session: Uint8Array
  readonly flow: string | null
  readonly step: string | null
  readonly transcript: Uint8Array
  readonly replies: readonly Uint8Array[]
  readonly notice: { readonly version: string; readonly textHash: string } | undefined
  /** The class of failure that set this message aside. */
  readonly failure: string | undefined
  /** What the message was written in; undefined when it does not tell. */
  readonly language?: Dialect | undefined
  readonly now: Date
}

/** What saving a turn told. Undefined: somebody else saved a turn of this chat first. */
export interface TurnSaved {
  readonly outboxIds: readonly bigint[]
  /** The tokens of the same messages. */
  readonly tokens: readonly string[]
  /** Whether something older still waits to be sent: then these must wait too. */
  readonly othersWait: boolean
}

/** A message as it goes into the inbox; `body` is sealed. */
export interface NewMessage {
  readonly from: Address
  readonly externalId: string
  readonly sentAt: Date
  readonly receivedAt: Date
  readonly body: Uint8Array
}

export interface Received {
  readonly chatId: bigint
  /** The message itself, when it is the chat's oldest and can be handled without asking again. */
  readonly pending: Pending | undefined
}

/** What `receiveSql` takes. */
export function receiveValues(messages: readonly NewMessage[]): unknown[] {
  return [
    messages.map(({ from }) => from.channel),
    messages.map(({ from }) => from.account),
    messages.map(({ from }) => from.id),
    messages.map(({ externalId }) => externalId),
    messages.map(({ sentAt }) => sentAt),
    messages.map(({ receivedAt }) => receivedAt),
    messages.map(({ body }) => body),
  ]
}

/** What `saveTurnsSql` takes. */
export function saveTurnsValues(turns: readonly SavedTurn[]): unknown[] {
  return [
    turns.map(({ pending }) => pending.chatId),
    turns.map(({ pending }) => pending.version),
    turns.map(({ session }) => session),
    turns.map(({ flow }) => flow),
    turns.map(({ step }) => step),
    turns.map(({ now }) => now),
    turns.map(({ transcript }) => transcript),
    turns.map(({ failure }) => failure ?? null),
    turns.map(({ pending }) => pending.inboxId),
    turns.map(({ notice }) => notice?.version ?? null),
    turns.map(({ notice }) => notice?.textHash ?? null),
    turns.map(({ language }) => language ?? null),
    turns.flatMap(({ pending, replies }) => replies.map(() => pending.chatId)),
    turns.flatMap(({ replies }) => replies),
  ]
}
