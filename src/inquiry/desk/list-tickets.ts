import type { Officer } from '../../staff/officer.ts'
import { masked } from '../entry-text.ts'
import { isLate } from '../ticket-change.ts'
import type { ListUse, TicketDesk, TicketFilter, TicketLine, TicketList } from '../ticket-desk.ts'
import { sightOf } from '../visible.ts'
import { createNoteLists, type NoteLists } from './note-lists.ts'
import type { DeskDeps } from './perform-deed.ts'
import type { QueuedTicket, QueueStore } from './store-queue.ts'

/** Tickets of one page, and of a file: more than a spreadsheet is read for. */
const pageSize = 30
const fileSize = 5_000

/** How many tickets of a queue are looked through for words, the newest first: what is written is sealed and must be opened. */
const searchDepth = 500

/** Characters of what the resident last wrote. */
const excerptLength = 120

type Deps = Pick<DeskDeps, 'now' | 'audit' | 'store'> & { readonly queue: QueueStore }
type Found = Pick<TicketList, 'next'> & { readonly tickets: readonly QueuedTicket[] }

/**
 * Makes the use case. A number finds its ticket in whichever queue it is; words are looked for in the newest `searchDepth`
 * tickets of the queue, and what is found is one page. Whoever is shown what residents wrote, or takes a list away, is in the
 * trail; what is listed for anything else is without it.
 */
export function createListTickets(deps: Deps): TicketDesk['list'] {
  const note = createNoteLists(deps)
  return async (viewer, filter, use = 'page') => {
    const now = deps.now()
    const counts = await deps.queue.counts({ sight: sightOf(viewer), viewerId: viewer.id }, now)
    const { tickets, next } = await find({ ...deps, note }, viewer, filter, use)
    const isShown = use === 'page'
    return { tickets: tickets.map((each) => lineOf(each, now, isShown)), next, counts }
  }
}

async function find(
  { queue: store, note }: Pick<Deps, 'queue'> & { readonly note: NoteLists },
  viewer: Officer,
  filter: TicketFilter,
  use: ListUse,
): Promise<Found> {
  const { queue, office, kind, search = '', after } = filter
  const query = { sight: sightOf(viewer), viewerId: viewer.id, queue, office, kind }
  const number = /^#?\s*(\d{1,15})$/.exec(search.trim())?.[1]
  if (number !== undefined) {
    const found = await store.numbered(query.sight, Number(number))
    if (found !== undefined) await note(viewer, filter, use, { count: 1, number: found.ticket.number })
    return { tickets: found === undefined ? [] : [found], next: undefined }
  }
  const limit = use === 'csv' ? fileSize : pageSize
  const words = wordsOf(search)
  if (words.length > 0) {
    const tickets = (await store.search(query, words, searchDepth)).slice(0, limit)
    await note(viewer, filter, use, { count: tickets.length, isSearch: true })
    return { tickets, next: undefined }
  }
  const { tickets, next } = await store.list(query, { after, limit, isWritten: use === 'page' })
  await note(viewer, filter, use, { count: tickets.length })
  return { tickets, next }
}

function wordsOf(search: string): readonly string[] {
  return search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
}

function lineOf({ ticket, written }: QueuedTicket, now: Date, isShown: boolean): TicketLine {
  const letters = isShown ? [...masked(written).replace(/\s+/g, ' ').trim()] : []
  const excerpt =
    letters.length <= excerptLength ? letters.join('') : `${letters.slice(0, excerptLength - 1).join('')}…`
  return { ...ticket, excerpt, isLate: isLate(ticket, now) }
}
