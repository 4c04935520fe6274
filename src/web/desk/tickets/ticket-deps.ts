import type { Ticket } from '../../../inquiry/ticket.ts'
import type { TicketDesk } from '../../../inquiry/ticket-desk.ts'
import type { StaffAccounts } from '../../../staff/staff-accounts.ts'
import type { SealedSearch } from '../sealed-search.ts'
import type { CannedAnswer } from './canned-answers.ts'
import type { TicketChanges } from './ticket-changes.ts'
import type { TicketTexts } from './ticket-texts.ts'

/** An office that takes care of tickets. */
export interface OfficeName {
  readonly code: string
  readonly title: string
}

/** What the ticket pages are made of. */
export interface TicketPagesDeps {
  readonly desk: TicketDesk
  /** Colleagues to whom a ticket may be given. */
  readonly accounts: Pick<StaffAccounts, 'list'>
  readonly offices: readonly OfficeName[]
  /** When offices are open, in words: what a canned answer says. */
  readonly openingHours: string
  /** The name of a kelurahan by its code; undefined for none of the city's. */
  kelurahanName(code: string): string | undefined
  readonly changes: TicketChanges
  readonly searches: SealedSearch
  readonly texts: TicketTexts
  readonly answers: readonly CannedAnswer[]
  readonly now: () => Date
  /** A key that no other answer has. */
  readonly newKey: () => string
}

/** The longest answer or note, in characters, that a form takes. */
export const longestText = 3500

/** What officers call an office; its code when it is none of those that are known. */
export function officeTitle({ offices }: Pick<TicketPagesDeps, 'offices'>, code: string): string {
  return offices.find((office) => office.code === code)?.title ?? code
}

/** The name of a ticket's kelurahan; undefined when it has none. */
export function placeName(
  { kelurahanName }: Pick<TicketPagesDeps, 'kelurahanName'>,
  { kelurahan }: Pick<Ticket, 'kelurahan'>,
): string | undefined {
  return kelurahan === undefined ? undefined : (kelurahanName(kelurahan) ?? kelurahan)
}
