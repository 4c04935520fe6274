import { isLive } from '../ticket-change.ts'
import type { TicketDesk } from '../ticket-desk.ts'
import { type DeskDeps, endLive, type PerformDeed, refusalUnlessAdmin } from './perform-deed.ts'

/** Makes the use case: the bot answers in the chat again, and the person is told; the ticket stays with its holder. */
export function createHandBack(
  deps: Pick<DeskDeps, 'store' | 'voice'>,
  perform: PerformDeed,
): TicketDesk['handBack'] {
  return (viewer, number) =>
    perform(viewer, number, 'ticket.hand_back', async (locked) => {
      const refusal = refusalUnlessAdmin(locked.ticket, viewer)
      if (refusal !== undefined) return refusal
      if (!isLive(locked.ticket, locked.now)) return { type: 'done' }
      await endLive(deps, locked)
      const change = { liveUntil: null, touchedAt: locked.now }
      return { type: 'deed', change, entry: { type: 'event', text: 'handed_back' } }
    })
}
