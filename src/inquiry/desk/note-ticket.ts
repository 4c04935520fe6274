import type { TicketDesk } from '../ticket-desk.ts'
import type { PerformDeed } from './perform-deed.ts'
import { refusalOfNote } from './written-text.ts'

/** Makes the use case: something for colleagues to read, at any time and whoever holds the ticket. */
export function createNoteTicket(perform: PerformDeed): TicketDesk['note'] {
  return async (viewer, number, text) => {
    const unreadable = refusalOfNote(text)
    if (unreadable !== undefined) return unreadable
    return perform(viewer, number, 'ticket.note', ({ ticket, isErased, now }) => {
      if (isErased) return { type: 'over' }
      const change = ticket.holder?.id === viewer.id ? { touchedAt: now } : {}
      return { type: 'deed', change, entry: { type: 'note', text: text.trim() } }
    })
  }
}
