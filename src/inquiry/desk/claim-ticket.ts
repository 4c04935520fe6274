import { held } from '../ticket-change.ts'
import type { TicketDesk } from '../ticket-desk.ts'
import { type PerformDeed, refusalFor } from './perform-deed.ts'

/** Makes the use case: of several officers who claim a ticket at once one has it. */
export function createClaimTicket(perform: PerformDeed): TicketDesk['claim'] {
  return (viewer, number) =>
    perform(viewer, number, 'ticket.claim', ({ ticket, now }) => {
      const refusal = refusalFor(ticket, viewer)
      if (refusal !== undefined) return refusal
      if (ticket.holder !== undefined) return { type: 'done' }
      return { type: 'deed', change: held(ticket, viewer, now), entry: { type: 'event', text: 'claimed' } }
    })
}
