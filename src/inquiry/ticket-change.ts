import type { TicketChange } from './store-rows.ts'
import type { CloseReason, Holder, Ticket } from './ticket.ts'

/** A person is given this long to say whether a matter is solved. */
export const confirmMs = 3 * 24 * 3_600_000

/** Whether nobody takes care of the ticket any more. */
export function isOver({ state }: Pick<Ticket, 'state'>): boolean {
  return state === 'closed' || state === 'merged'
}

/** Whether the office owes an answer for longer than it promised. */
export function isLate({ state, promisedAt }: Pick<Ticket, 'state' | 'promisedAt'>, now: Date): boolean {
  return state === 'open' && promisedAt <= now
}

/** Whether an officer answers live in the chat. */
export function isLive({ liveUntil }: Pick<Ticket, 'liveUntil'>, now: Date): boolean {
  return liveUntil !== undefined && liveUntil > now
}

/** The office owes an answer again, by the new promise. Whoever holds the ticket goes on holding it. */
export function reopened(now: Date, promisedAt: Date): TicketChange {
  return {
    ...{ state: 'open', promisedAt, touchedAt: now },
    ...{ closesAt: null, closedAt: null, closeReason: null },
  }
}

/** An answer was given, and the officer stays in the chat for a while. */
export function answered(
  ticket: Ticket,
  by: Omit<Holder, 'since'>,
  now: Date,
  liveUntil: Date,
): TicketChange {
  return { state: 'answered', closesAt: null, liveUntil, ...held(ticket, by, now) }
}

/** The person is asked whether the matter is solved, or will be once no officer answers in the chat. */
export function confirming(now: Date, asksLater = false): TicketChange {
  const closesAt = new Date(now.getTime() + confirmMs)
  return { state: 'confirming', closesAt, liveUntil: null, asksLater }
}

/** Nobody takes care of it any more. */
export function closed(reason: CloseReason, now: Date): TicketChange {
  return {
    ...{ state: 'closed', closedAt: now, closeReason: reason },
    ...{ holder: null, liveUntil: null, closesAt: null },
  }
}

/** The officer holds it from now on, or has held it and did something. */
export function held({ holder }: Ticket, { id, name }: Omit<Holder, 'since'>, now: Date): TicketChange {
  return holder?.id === id ? { touchedAt: now } : { holder: { id, name, since: now } }
}
