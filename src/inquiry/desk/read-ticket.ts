import type { Officer } from '../../staff/officer.ts'
import type { Transaction } from '../../storage/database.ts'
import { masked } from '../entry-text.ts'
import type { StoredTicket } from '../store-rows.ts'
import type { Ticket, TicketEntry } from '../ticket.ts'
import type { TicketDesk } from '../ticket-desk.ts'
import { isVisible, sightOf } from '../visible.ts'
import { type DeskDeps, findVisible, noteDeed } from './perform-deed.ts'

/** Other matters of a person that are shown, the newest. */
const mostHistory = 30

/** What became of messages of the outbox, by their ids. */
export type Deliveries = (
  outboxIds: readonly bigint[],
) => Promise<ReadonlyMap<bigint, NonNullable<TicketEntry['delivery']>>>

type Deps = Pick<DeskDeps, 'store' | 'audit' | 'now'> & { readonly deliveries: Deliveries }

/** Makes the use case: an officer reads a ticket, and that they did is in the trail. */
export function createReadTicket(deps: Deps): TicketDesk['read'] {
  const { store } = deps
  return async (viewer, number) => {
    const read = await store.transact(async (transaction) => {
      const found = await findVisible(deps, transaction, viewer, number)
      if (found === undefined) return undefined
      await noteDeed(deps, transaction, { viewer, number, action: 'ticket.read', now: deps.now() })
      const chat = await store.chat(transaction, found.chatId)
      return {
        ticket: found.ticket,
        stored: await store.entries(transaction, number),
        details: await store.details(transaction, number),
        channel: found.ticket.anonymous ? undefined : chat?.channel,
        reachable: chat?.isReachable ?? false,
        history: await historyOf(deps, transaction, viewer, found),
      }
    })
    if (read === undefined) return undefined
    const { stored, ...view } = read
    const sent = await deps.deliveries(stored.flatMap(({ outboxId }) => outboxId ?? []))
    const entries = stored.map(({ entry, outboxId }) => ({
      ...entry,
      text: entry.type === 'event' ? entry.text : masked(entry.text),
      delivery: outboxId === undefined ? undefined : (sent.get(outboxId) ?? 'unknown'),
    }))
    return { ...view, entries }
  }
}

/** Other tickets of the person that the viewer may see; never one in which they are not to be known. */
async function historyOf(
  { store }: Deps,
  transaction: Transaction,
  viewer: Officer,
  { ticket, contactId }: StoredTicket,
): Promise<readonly Ticket[]> {
  if (ticket.anonymous) return []
  const sight = sightOf(viewer)
  const all = await store.ofContact(transaction, contactId, mostHistory)
  return all.flatMap(({ ticket: other }) =>
    other.number !== ticket.number && !other.anonymous && isVisible(sight, other) ? [other] : [],
  )
}
