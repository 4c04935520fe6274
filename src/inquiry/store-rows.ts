import { z } from 'zod'
import { openText, type TicketSecrets } from './entry-text.ts'
import {
  type CloseReason,
  closeReasons,
  type Holder,
  type Ticket,
  type TicketEntry,
  type TicketState,
  ticketKinds,
  ticketStates,
} from './ticket.ts'

/** A ticket with what only this room needs of it. */
export interface StoredTicket {
  readonly ticket: Ticket
  readonly contactId: string
  readonly chatId: bigint
  /** When the holder did something, or something new came. */
  readonly touchedAt: Date | undefined
  /** It is `confirming`, but its person is still to be asked: another officer answered in the chat. */
  readonly asksLater: boolean
  /** Its entries and details are gone. */
  readonly isErased: boolean
}

/** What changes of a ticket. A new promise is not yet broken. */
export interface TicketChange {
  readonly state?: TicketState
  readonly office?: string
  readonly anonymous?: boolean
  readonly promisedAt?: Date
  readonly holder?: Holder | null
  /** When the holder did something, or something new came. */
  readonly touchedAt?: Date | null
  readonly liveUntil?: Date | null
  readonly asksLater?: boolean
  readonly closesAt?: Date | null
  readonly closedAt?: Date | null
  readonly closeReason?: CloseReason | null
  readonly mergedInto?: number
}

/** A row of `ticket`. */
export interface TicketRow {
  readonly id: bigint
  readonly contactId: string
  readonly chatId: bigint
  readonly kind: string
  readonly office: string
  readonly kelurahan: string | null
  readonly state: string
  readonly urgent: boolean
  readonly anonymous: boolean
  readonly openedAt: Date
  readonly promisedAt: Date
  readonly holderId: string | null
  readonly holderName: string | null
  readonly holderSince: Date | null
  readonly touchedAt: Date | null
  readonly liveUntil: Date | null
  readonly asksLater: boolean
  readonly closesAt: Date | null
  readonly closedAt: Date | null
  readonly closeReason: string | null
  readonly mergedInto: bigint | null
  readonly erasedAt: Date | null
}

/** A row of `ticket_entry`. */
export interface EntryRow {
  readonly id: bigint
  readonly type: string
  readonly event: string | null
  readonly body: Uint8Array | null
  readonly byId: string | null
  readonly by: string | null
  readonly media: readonly string[]
  readonly outboxId: bigint | null
  readonly at: Date
}

/** An entry with what only this room needs of it. */
export interface StoredEntry {
  readonly entry: TicketEntry
  readonly byId: string | undefined
  readonly outboxId: bigint | undefined
}

const kind = z.enum(ticketKinds)
const state = z.enum(ticketStates)
const reason = z.enum(closeReasons)
const entryType = z.enum(['resident', 'officer', 'note', 'event'])

/** Reads a row of `ticket`. */
export function ticketOf(row: TicketRow): StoredTicket {
  return {
    ticket: {
      number: Number(row.id),
      kind: kind.parse(row.kind),
      office: row.office,
      kelurahan: row.kelurahan ?? undefined,
      state: state.parse(row.state),
      urgent: row.urgent,
      anonymous: row.anonymous,
      openedAt: row.openedAt,
      promisedAt: row.promisedAt,
      holder: holderOf(row),
      liveUntil: row.liveUntil ?? undefined,
      closesAt: row.closesAt ?? undefined,
      closedAt: row.closedAt ?? undefined,
      closeReason: row.closeReason === null ? undefined : reason.parse(row.closeReason),
      mergedInto: row.mergedInto === null ? undefined : Number(row.mergedInto),
    },
    contactId: row.contactId,
    chatId: row.chatId,
    touchedAt: row.touchedAt ?? undefined,
    asksLater: row.asksLater,
    isErased: row.erasedAt !== null,
  }
}

function holderOf({ holderId, holderName, holderSince }: TicketRow): Holder | undefined {
  if (holderId === null || holderName === null || holderSince === null) return undefined
  return { id: holderId, name: holderName, since: holderSince }
}

/** Reads a row of `ticket_entry`; the text is as it was written. */
export function entryOf(row: EntryRow, secrets: Pick<TicketSecrets, 'open'>): StoredEntry {
  const { id, event, body, by, byId, media, outboxId, at } = row
  const text = event ?? (body === null ? '' : openText(secrets, body))
  return {
    entry: { id, type: entryType.parse(row.type), at, text, by: by ?? undefined, media, delivery: undefined },
    byId: byId ?? undefined,
    outboxId: outboxId ?? undefined,
  }
}

/** The columns of a change. */
export function columnsOf({ holder, mergedInto, ...change }: TicketChange) {
  return {
    ...change,
    ...(change.promisedAt === undefined ? {} : { lateAt: null }),
    ...(mergedInto === undefined ? {} : { mergedInto: BigInt(mergedInto) }),
    ...(holder === undefined
      ? {}
      : {
          holderId: holder?.id ?? null,
          holderName: holder?.name ?? null,
          holderSince: holder?.since ?? null,
          touchedAt: change.touchedAt ?? holder?.since ?? null,
        }),
  }
}
