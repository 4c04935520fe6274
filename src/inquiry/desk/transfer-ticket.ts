import { reopened } from '../ticket-change.ts'
import { promiseOf } from '../ticket-deps.ts'
import type { TicketDesk } from '../ticket-desk.ts'
import { type DeskDeps, endLive, type PerformDeed, refusalUnlessAdmin } from './perform-deed.ts'

/** Makes the use case: another office owes the answer, by a promise of its own, and nobody holds the ticket. */
export function createTransferTicket(
  deps: Pick<DeskDeps, 'store' | 'voice' | 'offices'>,
  perform: PerformDeed,
): TicketDesk['transfer'] {
  return (viewer, number, office) =>
    perform(viewer, number, 'ticket.transfer', async (locked) => {
      const { ticket, now } = locked
      const refusal = refusalUnlessAdmin(ticket, viewer)
      if (refusal !== undefined) return refusal
      const offices = deps.offices()
      if (!offices.offices.has(office)) return { type: 'unknown' }
      if (ticket.office === office) return { type: 'done' }
      await endLive(deps, locked)
      const promisedAt = promiseOf(offices, ticket.kind, now)
      return {
        type: 'deed',
        change: { ...reopened(now, promisedAt), office, holder: null, liveUntil: null },
        entry: { type: 'event', text: 'transferred' },
        details: { from: ticket.office, to: office },
      }
    })
}
