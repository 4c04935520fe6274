import type { AuditTrail } from '../staff/audit-trail.ts'
import type { Transaction } from '../storage/database.ts'
import type { BroadcastPlan, Source } from './broadcast.ts'
import type { BroadcastChannel } from './broadcast-channels.ts'
import type { Preview } from './broadcast-desk.ts'
import type { BroadcastVoice } from './broadcast-voice.ts'
import type { BroadcastWords } from './broadcast-words.ts'

/** What a channel allows now, as far as its process told: for the forecast before sending. */
export interface ChannelPace {
  readonly channel: BroadcastChannel
  /** Messages in a second, on average. */
  readonly perSecond: number
  /** Messages a day; undefined where there is no budget. */
  readonly perDay: number | undefined
  /** How many of today's are used. */
  readonly usedToday: number
}

/** What the settings say of broadcasts. */
export interface BroadcastSettings {
  /** More people than this need a second person. */
  readonly approvalAbove: number
  /** How many go first; 0: no canary. Audiences of up to three times as many have none. */
  readonly canary: number
  /** How long the signs of the first few are waited for, in minutes. */
  readonly canaryMinutes: number
  /** Pauses by itself above these shares, once 20 were told. */
  readonly mostStops: number
  readonly mostFailures: number
}

/** What staff are told that they should look at. */
export interface BroadcastAlarms {
  /** Tells it anew: what was told of the same subject before is over. */
  raise(
    transaction: Transaction,
    kind: string,
    subject: string,
    details: Readonly<Record<string, string>>,
  ): Promise<void>
  settle(transaction: Transaction, kind: string, subject: string): Promise<void>
}

/** What a broadcast is begun with. */
export interface DraftPlan extends BroadcastPlan {
  /** What is noted in the transaction that makes the broadcast of a digest. */
  readonly onMade?: (transaction: Transaction, number: number, now: Date) => Promise<void>
}

/** What the room is given. */
export interface BroadcastDeps {
  readonly voice: BroadcastVoice
  readonly audit: AuditTrail<Transaction>
  readonly words: () => BroadcastWords
  readonly settings: BroadcastSettings
  readonly paces: () => Promise<readonly ChannelPace[]>
  /** Where the same can be posted publicly: the channels that have a place. */
  readonly postChannels: readonly BroadcastChannel[]
  /** Whether words open a flow. */
  readonly opens: (words: string) => boolean
  /** Every topic that one can subscribe to, with what people call it. */
  readonly topics: () => ReadonlyMap<string, string>
  readonly placeName: (code: string) => string | undefined
  readonly draftFrom: (source: Source) => Promise<DraftPlan | undefined>
  /** Names of what a broadcast was made of and nobody may be shown any more. */
  readonly withdrawn: (
    transaction: Transaction,
    broadcast: { readonly number: number; readonly source?: Source | undefined },
  ) => Promise<readonly string[]>
  /** Where words lead that a person only has to send: into the chats with the bot, as far as their addresses are known. */
  readonly links: (words: string) => readonly { readonly label: string; readonly url: string }[]
  /** How messages look: the house asks the channels. */
  readonly preview: (message: {
    text: string
    buttons: BroadcastPlan['buttons']
    media: BroadcastPlan['media']
  }) => readonly Preview[]
  /** Has the file of a broadcast kept; what was only tried in a form is not. */
  readonly keepFile: (transaction: Transaction, id: string) => Promise<void>
  /** Has a broadcast's messages made, by any process that works, once the transaction is committed. */
  readonly enqueue: (transaction: Transaction, number: number) => Promise<void>
  /** Tells staff of things that they should look at, once the transaction is committed. */
  readonly alarms: BroadcastAlarms
  readonly secrets: { hash(purpose: string, text: string): Uint8Array }
  readonly now: () => Date
}
