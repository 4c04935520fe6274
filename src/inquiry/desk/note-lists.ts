import type { Officer } from '../../staff/officer.ts'
import type { ListUse, TicketFilter } from '../ticket-desk.ts'
import type { DeskDeps } from './perform-deed.ts'

/** What was listed. */
interface Listed {
  readonly count: number
  /** The ticket that was asked for by its number. */
  readonly number?: number
  /** Words were looked for: what residents wrote was opened for it, whatever is shown. */
  readonly isSearch?: boolean
}

/** Notes that an officer was shown a list; what they looked for is not in it. */
export type NoteLists = (viewer: Officer, filter: TicketFilter, use: ListUse, listed: Listed) => Promise<void>

/**
 * Makes the function. A page that is looked at again and again is noted once a minute for each officer and queue: the trail is to
 * tell who read what, not how often. Searches and files are noted each time.
 */
export function createNoteLists({ store, audit, now }: Pick<DeskDeps, 'store' | 'audit' | 'now'>): NoteLists {
  const notedAt = new Map<string, number>()
  return async (viewer, filter, use, listed) => {
    const { count, number, isSearch = false } = listed
    const at = now()
    const minute = Math.floor(at.getTime() / 60_000)
    const page = `${viewer.id} ${filter.queue}`
    if (!isSearch && use !== 'csv') {
      if (use === 'counts' || count === 0) return
      if (number === undefined && notedAt.get(page) === minute) return
    }
    const action = use === 'csv' ? 'ticket.csv' : isSearch ? 'ticket.search' : 'ticket.list'
    const actor = { type: 'staff', id: viewer.id } as const
    const subject = number === undefined ? {} : { subject: String(number) }
    const details = detailsOf(filter, count)
    await store.transact((transaction) =>
      audit.record(transaction, { at, actor, action, ...subject, details }),
    )
    if (action === 'ticket.list' && number === undefined) notedAt.set(page, minute)
  }
}

function detailsOf({ queue, office, kind }: TicketFilter, found: number) {
  return {
    queue,
    ...(office === undefined ? {} : { office }),
    ...(kind === undefined ? {} : { kind }),
    found,
  }
}
