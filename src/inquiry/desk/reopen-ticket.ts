import { isOver, reopened } from '../ticket-change.ts'
import { promiseOf } from '../ticket-deps.ts'
import type { TicketDesk } from '../ticket-desk.ts'
import { type DeskDeps, type PerformDeed, refusalUnlessAdmin } from './perform-deed.ts'

/** Makes the use case: the office owes an answer again. What was merged goes on in the other; what was erased does not go on. */
export function createReopenTicket(
  deps: Pick<DeskDeps, 'offices'>,
  perform: PerformDeed,
): TicketDesk['reopen'] {
  return (viewer, number) =>
    perform(viewer, number, 'ticket.reopen', ({ ticket, isErased, now }) => {
      if (ticket.state === 'merged' || isErased) return { type: 'over' }
      if (ticket.state === 'open') return { type: 'done' }
      const refusal = isOver(ticket) ? undefined : refusalUnlessAdmin(ticket, viewer)
      if (refusal !== undefined) return refusal
      const change = reopened(now, promiseOf(deps.offices(), ticket.kind, now))
      return { type: 'deed', change, entry: { type: 'event', text: 'reopened' } }
    })
}
