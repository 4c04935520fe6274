import { held } from '../ticket-change.ts'
import type { TicketDesk } from '../ticket-desk.ts'
import { isVisible, sightOf } from '../visible.ts'
import { type PerformDeed, refusalUnlessAdmin } from './perform-deed.ts'

/** Makes the use case: gives a ticket to a colleague who may see it; anybody else is as unknown as a ticket that is not there. */
export function createAssignTicket(perform: PerformDeed): TicketDesk['assign'] {
  return (viewer, number, to) =>
    perform(viewer, number, 'ticket.assign', ({ ticket, now }) => {
      const refusal = refusalUnlessAdmin(ticket, viewer)
      if (refusal !== undefined) return refusal
      if (!isVisible(sightOf(to), ticket)) return { type: 'unknown' }
      if (ticket.holder?.id === to.id) return { type: 'done' }
      const entry = { type: 'event', text: 'assigned' } as const
      return { type: 'deed', change: held(ticket, to, now), entry, details: { to: to.id } }
    })
}
