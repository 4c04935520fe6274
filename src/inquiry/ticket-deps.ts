import type { AuditTrail } from '../staff/audit-trail.ts'
import type { Transaction } from '../storage/database.ts'
import type { OfficeVoice } from './office-voice.ts'
import type { Offices } from './offices.ts'
import type { TicketStore } from './store.ts'
import type { Ticket, TicketKind } from './ticket.ts'
import type { TicketTexts } from './ticket-texts.ts'
import { promisedAt } from './working-time.ts'

/** Something that an officer should look at; no identifier of a resident is in it. */
export interface TicketAlarm {
  readonly kind: 'ticket_fraud' | 'ticket_late'
  readonly subject: string
  readonly details: Readonly<Record<string, string>>
  readonly at: Date
}

/** What everything that is done with tickets is given. */
export interface TicketDeps {
  readonly store: TicketStore
  readonly offices: () => Offices
  readonly texts: () => TicketTexts
  readonly audit: AuditTrail<Transaction>
  readonly voice: OfficeVoice
  /** Raises an alarm within the transaction, unless one of the kind is open for the subject. */
  readonly raise: (transaction: Transaction, alarm: TicketAlarm) => Promise<void>
  /** Settles the alarm of a kind that is open for the subject. */
  readonly settle: (transaction: Transaction, alarm: Omit<TicketAlarm, 'details'>) => Promise<void>
  /** For how long the bot is silent after an officer or the person wrote. */
  readonly idleMinutes: number
}

/** By when a matter of the kind is promised to be answered. */
export function promiseOf(offices: Offices, kind: TicketKind, now: Date): Date {
  return promisedAt(now, offices.promises[kind], offices.hours)
}

/** What an office is called; one that is no longer in the file by its code. */
export function titleOf({ offices }: Offices, code: string): string {
  return offices.get(code)?.title ?? code
}

/**
 * Who the trail says did something with a ticket. Of an anonymous one it is not told: by the contact, whoever reads the trail
 * would find the person's other tickets.
 */
export function residentActor({ anonymous }: Pick<Ticket, 'anonymous'>, contactId: string) {
  return { type: 'resident', id: anonymous ? 'anonymous' : contactId } as const
}

/** Until when the bot is silent. */
export function idleEnd(now: Date, idleMinutes: number): Date {
  return new Date(now.getTime() + idleMinutes * 60_000)
}
