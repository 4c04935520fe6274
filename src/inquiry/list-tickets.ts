import { masked } from './entry-text.ts'
import type { DeskDeps } from './perform-deed.ts'
import type { QueuedTicket, QueueStore } from './store-queue.ts'
import { isLate } from './ticket-change.ts'
import type { TicketDesk, TicketLine } from './ticket-desk.ts'
import { sightOf } from './visible.ts'

/** Tickets of one page. */
const pageSize = 30

/** How many tickets of a queue are looked through for words, the newest first: what is written is sealed and must be opened. */
const searchDepth = 500

/** Characters of what the resident last wrote. */
const excerptLength = 120

/**
 * Makes the use case. A number finds its ticket in whichever queue it is; words are looked for in the newest `searchDepth`
 * tickets of the queue, and what is found is one page.
 */
export function createListTickets(
  deps: Pick<DeskDeps, 'now' | 'audit' | 'store'> & { readonly queue: QueueStore },
): TicketDesk['list'] {
  return async (viewer, { queue, office, kind, search = '', after }) => {
    const now = deps.now()
    const query = { sight: sightOf(viewer), viewerId: viewer.id, queue, office, kind }
    const counts = await deps.queue.counts(query, now)
    const lines = (found: readonly QueuedTicket[]) => found.map((each) => lineOf(each, now))
    const number = /^#?\s*(\d{1,15})$/.exec(search.trim())?.[1]
    if (number !== undefined) {
      const found = await deps.queue.numbered(query.sight, Number(number))
      return { tickets: lines(found === undefined ? [] : [found]), next: undefined, counts }
    }
    const words = search
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '')
    if (words.length > 0) {
      const found = (await deps.queue.search(query, words, searchDepth)).slice(0, pageSize)
      await noteSearch(deps, viewer.id, found.length, now)
      return { tickets: lines(found), next: undefined, counts }
    }
    const { tickets, next } = await deps.queue.list(query, { after, limit: pageSize })
    return { tickets: lines(tickets), next, counts }
  }
}

function lineOf({ ticket, written }: QueuedTicket, now: Date): TicketLine {
  const letters = [...masked(written).replace(/\s+/g, ' ').trim()]
  const excerpt =
    letters.length <= excerptLength ? letters.join('') : `${letters.slice(0, excerptLength - 1).join('')}…`
  return { ...ticket, excerpt, isLate: isLate(ticket, now) }
}

/** A search reads what many residents wrote: that it was made is in the trail, what was looked for is not. */
async function noteSearch(
  { store, audit }: Pick<DeskDeps, 'store' | 'audit'>,
  viewerId: string,
  found: number,
  at: Date,
): Promise<void> {
  const actor = { type: 'staff', id: viewerId } as const
  await store.transact((transaction) =>
    audit.record(transaction, { at, actor, action: 'ticket.search', details: { found } }),
  )
}
