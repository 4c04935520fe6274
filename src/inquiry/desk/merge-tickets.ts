import type { Officer } from '../../staff/officer.ts'
import type { Transaction } from '../../storage/database.ts'
import type { StoredTicket, TicketChange } from '../store-rows.ts'
import { isLive } from '../ticket-change.ts'
import type { Done, TicketDesk } from '../ticket-desk.ts'
import { isVisible, sightOf } from '../visible.ts'
import { type DeskDeps, endLive, findVisible, noteDeed, refusalFor } from './perform-deed.ts'

type Pair = { readonly from: StoredTicket; readonly into: StoredTicket }
type Deps = Pick<DeskDeps, 'store' | 'audit' | 'voice' | 'now'>

/**
 * Makes the use case: the entries of one ticket are read in another of the same person from then on. An anonymous ticket cannot
 * be merged: that it can would tell whose it is.
 */
export function createMergeTickets(deps: Deps): TicketDesk['merge'] {
  const { store } = deps
  return (viewer, number, other) =>
    store.transact(async (transaction): Promise<Done> => {
      const pair = await lockBoth(deps, transaction, viewer, { number, other })
      if (pair === undefined) return { type: 'unknown' }
      const refusal = refusalFor(pair.from.ticket, viewer) ?? refusalFor(pair.into.ticket, viewer)
      if (refusal !== undefined) return refusal
      await join(deps, transaction, viewer, pair)
      return { type: 'done' }
    })
}

/** Both tickets, locked after both chats, each in the order of their ids; undefined when they cannot be merged. */
async function lockBoth(
  { store }: Deps,
  transaction: Transaction,
  viewer: Officer,
  { number, other }: { readonly number: number; readonly other: number },
): Promise<Pair | undefined> {
  if (number === other) return undefined
  const [one, two] = [Math.min(number, other), Math.max(number, other)]
  const found = [
    await findVisible({ store }, transaction, viewer, one),
    await findVisible({ store }, transaction, viewer, two),
  ]
  const chats = new Set(found.flatMap((each) => (each === undefined ? [] : [each.chatId])))
  for (const chatId of [...chats].sort((a, b) => (a < b ? -1 : 1))) await store.lockChat(transaction, chatId)
  const [first, second] = [await store.lock(transaction, one), await store.lock(transaction, two)]
  if (first === undefined || second === undefined || first.contactId !== second.contactId) return undefined
  const both = [first, second]
  if (both.some(({ ticket }) => ticket.anonymous || !isVisible(sightOf(viewer), ticket))) return undefined
  return first.ticket.number === number ? { from: first, into: second } : { from: second, into: first }
}

async function join(
  { store, audit, voice, now }: Deps,
  transaction: Transaction,
  viewer: Officer,
  { from, into }: Pair,
): Promise<void> {
  const at = now()
  const [number, other] = [from.ticket.number, into.ticket.number]
  await store.moveEntries(transaction, number, other)
  // In another chat of the person nobody answers live any more: the ticket's answers go to its own.
  if (from.chatId !== into.chatId) {
    const chat = await store.chat(transaction, from.chatId)
    await endLive({ store, voice }, { ...from, transaction, chat, now: at })
  }
  await store.change(transaction, number, {
    ...{ state: 'merged', mergedInto: other, closedAt: at, closeReason: 'duplicate' },
    ...{ holder: null, liveUntil: null, closesAt: null },
  })
  await store.change(transaction, other, goingOn({ from, into }, at))
  for (const ticket of [number, other]) {
    await store.addEntry(transaction, ticket, { type: 'event', text: 'merged', at, by: viewer })
    const details = { from: number, into: other }
    await noteDeed({ audit }, transaction, {
      viewer,
      number: ticket,
      action: 'ticket.merge',
      now: at,
      details,
    })
    await store.signal(transaction, ticket)
  }
}

/** What was owed in one is owed in the other, by the earlier promise. */
function goingOn({ from, into }: Pair, at: Date): TicketChange {
  const { ticket: old } = from
  const { ticket } = into
  const isOwed = old.state === 'open'
  const promises = [old, ticket].flatMap((each) => (each.state === 'open' ? [each.promisedAt.getTime()] : []))
  const isLiveHere = isLive(old, at) && from.chatId === into.chatId && !isLive(ticket, at)
  return {
    ...(isOwed ? { state: 'open', promisedAt: new Date(Math.min(...promises)), closesAt: null } : {}),
    ...(isLiveHere && old.liveUntil !== undefined ? { liveUntil: old.liveUntil } : {}),
    touchedAt: at,
  }
}
