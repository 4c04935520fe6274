/**
 * What a resident wants of a person. `objection` is about one's own data, `objection_other` about somebody else's: then nothing
 * about that person is ever confirmed or denied. `fraud` is the complaint with a fast lane; `late` a message that came too late
 * to be answered by the bot.
 */
export const ticketKinds = [
  'question',
  'complaint',
  'fraud',
  'proposal',
  'objection',
  'objection_other',
  'deletion',
  'late',
] as const
export type TicketKind = (typeof ticketKinds)[number]

/**
 * `open`: the office owes an answer. `answered`: it gave one, and the person may go on. `confirming`: the person was asked whether
 * the matter is solved; without an answer it closes by itself. `closed`. `merged`: goes on under another number.
 */
export const ticketStates = ['open', 'answered', 'confirming', 'closed', 'merged'] as const
export type TicketState = (typeof ticketStates)[number]

/** Why a ticket was closed. */
export const closeReasons = [
  'solved',
  'no_answer',
  'duplicate',
  'not_for_us',
  'spam',
  'unreachable',
  'done',
] as const
export type CloseReason = (typeof closeReasons)[number]

/** One matter that a person takes care of. The number is what the resident is told. */
export interface Ticket {
  readonly number: number
  readonly kind: TicketKind
  /** Code of the office, as `flows/content/kantor.yaml` has it. */
  readonly office: string
  /** Kemendagri code with dots, where the matter is of one kelurahan. */
  readonly kelurahan: string | undefined
  readonly state: TicketState
  /** In the fast lane. */
  readonly urgent: boolean
  /** The office must not learn who it is: no channel, no history, no talk with the bot is shown. */
  readonly anonymous: boolean
  readonly openedAt: Date
  /** By when an answer is promised; counts while `open`. */
  readonly promisedAt: Date
  /** Whoever answers it now: nobody else may. */
  readonly holder: Holder | undefined
  /** The bot is silent in the chat until then. */
  readonly liveUntil: Date | undefined
  readonly closesAt: Date | undefined
  readonly closedAt: Date | undefined
  readonly closeReason: CloseReason | undefined
  readonly mergedInto: number | undefined
}

/** An officer who holds a ticket. `id` is an officer's id, or `telegram:` and a keyed hash for somebody in the staff group. */
export interface Holder {
  readonly id: string
  readonly name: string
  readonly since: Date
}

/** One line of a ticket, oldest first. Notes and events are for staff only. */
export interface TicketEntry {
  readonly id: bigint
  readonly type: 'resident' | 'officer' | 'note' | 'event'
  readonly at: Date
  /** What was written, with long numbers masked; of an event its name, such as `claimed` or `transferred`. */
  readonly text: string
  readonly by: string | undefined
  /** Media ids of what was attached. */
  readonly media: readonly string[]
  /** What became of an answer on its way; undefined for everything else. */
  readonly delivery: 'queued' | 'sent' | 'delivered' | 'read' | 'failed' | 'unknown' | undefined
}
