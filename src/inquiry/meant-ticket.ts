import type { Ticket } from './ticket.ts'

/** How a person names a ticket at the beginning of what they write: "nomor 12: …", "no. 12", "#12". */
const named = /^\s*(?:nomor|nomer|no|nmr|tiket)?\s*[.:#]*\s*(\d{1,9})\s*[:.,)-]/iu
const word = /^\s*(?:(?:nomor|nomer|no|nmr|tiket)\s*[.:#]*\s*|#\s*)(\d{1,9})(?!\d)/iu

/**
 * Which of the tickets that are answered live in a chat a message is for: the one it names, else the one that spoke last. But
 * where one of them is anonymous, nothing goes to another by mere guess: what is meant for the one office would tell the
 * other who it is that complains.
 */
export function meantTicket<T extends { readonly ticket: Pick<Ticket, 'number' | 'anonymous'> }>(
  live: readonly T[],
  message: string,
): T | undefined {
  const number = Number((word.exec(message) ?? named.exec(message))?.[1] ?? Number.NaN)
  const byName = live.find(({ ticket }) => ticket.number === number)
  return byName ?? live.find(({ ticket }) => ticket.anonymous) ?? live[0]
}
