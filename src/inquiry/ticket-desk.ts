import type { Officer } from '../staff/officer.ts'
import type { CloseReason, Ticket, TicketEntry, TicketKind } from './ticket.ts'

/** Which tickets are listed. Left out: of any. */
export interface TicketFilter {
  /** `due`: an answer is owed. `mine`: held by the viewer. `waiting`: the resident's turn. */
  readonly queue: 'due' | 'mine' | 'waiting' | 'closed'
  readonly office?: string | undefined
  readonly kind?: TicketKind | undefined
  /** A ticket's number, or words of its text. */
  readonly search?: string | undefined
  /** The list goes on after this place. */
  readonly after?: string | undefined
}

/**
 * What a list is for. `page`: to be read; it alone has excerpts. `counts`: how many there are, and which. `csv`: a file, which is
 * one list of up to 5,000.
 */
export type ListUse = 'page' | 'counts' | 'csv'

/** A ticket in a list. */
export interface TicketLine extends Ticket {
  /** The beginning of what the resident last wrote, at most 120 characters, masked; empty unless for a page. */
  readonly excerpt: string
  readonly isLate: boolean
}

export interface TicketList {
  readonly tickets: readonly TicketLine[]
  /** Where the next page goes on; undefined on the last. */
  readonly next: string | undefined
  readonly counts: Readonly<Record<'due' | 'late' | 'mine' | 'waiting', number>>
}

/** A ticket as an officer reads it. */
export interface TicketView {
  readonly ticket: Ticket
  readonly entries: readonly TicketEntry[]
  /** What the flow asked for, such as `name`, `for_whom`, `place`, `callback`: the words of the key are the desk's. */
  readonly details: Readonly<Record<string, string>>
  /** Undefined when anonymous. */
  readonly channel: string | undefined
  /** Whether the resident can still be written to. */
  readonly reachable: boolean
  /** Other matters of the same person that the viewer may see; empty when anonymous. */
  readonly history: readonly Ticket[]
}

/** Why nothing was done. `held`: a colleague answers it. `moved`: the resident or a colleague wrote since it was read. */
export type TicketRefusal =
  | { readonly type: 'unknown' }
  | { readonly type: 'held'; readonly by: string }
  | { readonly type: 'moved' }
  | { readonly type: 'over' }
  | { readonly type: 'unreachable' }
  | { readonly type: 'unreadable'; readonly why: 'empty' | 'too_long' | 'identifier' | 'secret' }

export type Done = { readonly type: 'done' } | TicketRefusal

/**
 * What officers do with tickets. A ticket that the viewer may not see is `unknown`, as one that does not exist. Reading one and
 * everything done with one is in the trail, with its number as the reason.
 */
export interface TicketDesk {
  /** For a page, unless told otherwise. Who is shown a page or takes a file is in the trail. */
  list(viewer: Officer, filter: TicketFilter, use?: ListUse): Promise<TicketList>
  read(viewer: Officer, number: number): Promise<TicketView | undefined>
  /** What was said between the person and the bot before, masked, oldest first; empty when anonymous. */
  transcript(viewer: Officer, number: number): Promise<readonly TicketEntry[]>
  claim(viewer: Officer, number: number): Promise<Done>
  release(viewer: Officer, number: number): Promise<Done>
  assign(viewer: Officer, number: number, to: Officer): Promise<Done>
  transfer(viewer: Officer, number: number, office: string): Promise<Done>
  /** Sends an answer signed by the office, and has the bot be silent for a while. A free ticket is claimed by it. */
  answer(
    viewer: Officer,
    number: number,
    answer: {
      readonly text: string
      /** The id of the last entry that the viewer had read. */
      readonly seen: bigint
      /** Makes a repeated request the same answer. */
      readonly key: string
    },
  ): Promise<Done>
  note(viewer: Officer, number: number, text: string): Promise<Done>
  /** The bot answers in the chat again. */
  handBack(viewer: Officer, number: number): Promise<Done>
  /** Asks the resident whether the matter is solved; three days without an answer close it. */
  askSolved(viewer: Officer, number: number): Promise<Done>
  /** The person is told, unless the matter was none or they cannot be reached. */
  close(viewer: Officer, number: number, reason: CloseReason): Promise<Done>
  /**
   * Has all that is kept of the person erased within the hour, or once no other matter of theirs is open, and closes the ticket:
   * for the ticket of somebody who asked for it only.
   */
  erase(viewer: Officer, number: number): Promise<Done>
  reopen(viewer: Officer, number: number): Promise<Done>
  /** Puts a ticket of the same person into another: its entries are read there from then on. */
  merge(viewer: Officer, number: number, into: number): Promise<Done>
  /** A photo or document of the ticket; undefined when it is none of it. Read once, noted once. */
  media(
    viewer: Officer,
    number: number,
    mediaId: string,
  ): Promise<
    { readonly mime: string; readonly bytes: Uint8Array; readonly name: string | undefined } | undefined
  >
}
