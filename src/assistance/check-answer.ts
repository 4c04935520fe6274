/** Who checks, and in which chat. */
export interface Asker {
  readonly contactId: string
  /** The id of the chat's row, in digits. */
  readonly chatId: string
  readonly now: Date
}

/** How a check is made: a claim code, the private form, or details in the chat. */
export type CheckWay = 'code' | 'form' | 'chat'

/** Whether a programme is received, as Cek Bansos writes it. */
export interface ProgrammeAnswer {
  readonly name: string
  readonly title: string
  readonly answer: 'YA' | 'TIDAK'
}

/** What may be told of a list. */
interface ListFacts {
  readonly list: string
  /** `yyyy-mm-dd` */
  readonly asOf: string
}

/** What a list says of a person or a household. */
export interface Found extends ListFacts {
  /** The first member's, for a household. */
  readonly nameMasked: string
  readonly period: string
  readonly programmes: readonly ProgrammeAnswer[]
  /** All members of a household; only the person for other ways. */
  readonly members: readonly { readonly nameMasked: string; readonly programmes: string }[]
}

/**
 * How a check ended. `_stale`: the list is older than the city allows. `not_found` is also a mismatch, a code that expired
 * or was revoked, and details that fit two persons: told apart by nothing.
 */
export type CheckResult =
  | { readonly outcome: FoundOutcome; readonly found: Found }
  | { readonly outcome: 'not_found'; readonly lists: ListFacts }
  /** `until`: `yyyy-mm-dd`, the first day on which the chat may check again. */
  | { readonly outcome: 'locked'; readonly until: string }
  | { readonly outcome: 'not_loaded' }

export type FoundOutcome = 'recipient' | 'recorded' | 'recipient_stale' | 'recorded_stale'
