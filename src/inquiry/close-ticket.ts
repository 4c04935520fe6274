import { type DeskDeps, endLive, type PerformDeed, refusalUnlessAdmin } from './perform-deed.ts'
import { closed } from './ticket-change.ts'
import type { TicketDesk } from './ticket-desk.ts'

/** Makes the use case: nobody takes care of the ticket any more, for a reason; a chat that was held goes back to the bot. */
export function createCloseTicket(
  deps: Pick<DeskDeps, 'store' | 'voice'>,
  perform: PerformDeed,
): TicketDesk['close'] {
  return (viewer, number, reason) =>
    perform(viewer, number, 'ticket.close', async (locked) => {
      const refusal = refusalUnlessAdmin(locked.ticket, viewer)
      if (refusal !== undefined) return refusal
      await endLive(deps, locked)
      return {
        type: 'deed',
        change: closed(reason, locked.now),
        entry: { type: 'event', text: 'closed' },
        details: { reason },
      }
    })
}
