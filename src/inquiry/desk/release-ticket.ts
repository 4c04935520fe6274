import type { TicketDesk } from '../ticket-desk.ts'
import { type DeskDeps, endLive, type PerformDeed, refusalUnlessAdmin } from './perform-deed.ts'

/** Makes the use case: whoever holds a ticket, or an admin, lets it go, and the bot answers again. */
export function createReleaseTicket(
  deps: Pick<DeskDeps, 'store' | 'voice'>,
  perform: PerformDeed,
): TicketDesk['release'] {
  return (viewer, number) =>
    perform(viewer, number, 'ticket.release', async (locked) => {
      const refusal = refusalUnlessAdmin(locked.ticket, viewer)
      if (refusal !== undefined) return refusal
      if (locked.ticket.holder === undefined) return { type: 'done' }
      await endLive(deps, locked)
      // Without the time an answer would be asked about never: see `createTendTickets`.
      const change = { holder: null, liveUntil: null, touchedAt: locked.now }
      return { type: 'deed', change, entry: { type: 'event', text: 'released' } }
    })
}
