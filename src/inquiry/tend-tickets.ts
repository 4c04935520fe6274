import type { Transaction } from '../storage/database.ts'
import { leaveChat } from './leave-chat.ts'
import type { StoredTicket, TicketChange } from './store-rows.ts'
import type { TendedTicket, TendStore } from './store-tend.ts'
import { closed, confirming, confirmMs, isLive } from './ticket-change.ts'
import type { TicketDeps } from './ticket-deps.ts'
import { promisedAt } from './working-time.ts'

/** An officer who did nothing with an open ticket for so long holds it no more. */
const staleWorkingHours = 4

type Deps = Pick<TicketDeps, 'store' | 'offices' | 'audit' | 'voice' | 'raise' | 'settle'> & {
  readonly tend: TendStore
}

/** An answer that nobody took up for so long is asked about: else its ticket would stand open for ever. */
const settledMs = 3 * 24 * 3_600_000

/** What time does to a ticket, if it still stands as it was found. */
interface Tending {
  readonly action: 'ticket.expire' | 'ticket.release'
  readonly event: 'expired' | 'released'
  readonly applies: (stored: StoredTicket) => boolean
  readonly change: TicketChange
}

/**
 * Makes what time does to tickets: asks whether those are solved whose answer was left standing, closes those whose person did
 * not say whether they are solved, gives back those that their holder does not touch, raises an alarm for each office that broke a
 * promise, and settles it once the office owes nothing that is late. Returns how many things it did. Any process may run it at any
 * time; after an hour or a week without, one run does what is due.
 */
export function createTendTickets(deps: Deps): (now: Date) => Promise<number> {
  return async (now) => {
    let done = 0
    const settledBefore = new Date(now.getTime() - settledMs)
    for (const ticket of await deps.tend.unasked(settledBefore)) done += await askOne(deps, ticket, now)
    for (const ticket of await deps.tend.unconfirmed(now)) {
      done += await tendOne(deps, ticket, now, expiry(now))
    }
    const before = new Date(now.getTime() - staleWorkingHours * 3_600_000)
    for (const ticket of await deps.tend.untouched(before)) {
      const { touchedAt } = ticket
      if (!isStale(deps, touchedAt, now)) continue
      done += await tendOne(deps, ticket, now, staleness(deps, now))
    }
    return done + (await noteLate(deps, now))
  }
}

/** Asks the person, or closes the ticket of somebody who cannot be asked any more. */
function askOne(deps: Deps, { number, chatId }: TendedTicket, now: Date): Promise<number> {
  const { store, voice } = deps
  return store.transact(async (transaction) => {
    const chat = await store.lockChat(transaction, chatId)
    const stored = await store.lock(transaction, number)
    if (stored === undefined || !isUnasked(stored, now)) return 0
    const isReachable = chat?.isReachable === true
    if (isReachable) {
      // What the bot asks while an officer answers would be answered to the officer, and of two questions only the last is answered.
      if ((await store.liveBesides(transaction, chatId, number, now)) !== undefined) return 0
      if (await store.asksBesides(transaction, chatId, number)) return 0
      const closesAt = new Date(now.getTime() + confirmMs)
      await voice.askSolved(transaction, chatId, { number, closesAt })
    }
    await store.change(transaction, number, isReachable ? confirming(now) : closed('unreachable', now))
    // That an officer's question was put off is not told: see `createAskSolved`.
    const event = isReachable ? 'asked_by_time' : 'expired'
    if (!isReachable || !stored.asksLater)
      await store.addEntry(transaction, number, { type: 'event', text: event, at: now })
    await noteAsked(deps, transaction, number, { at: now, outcome: isReachable ? 'asked' : 'unreachable' })
    return 1
  })
}

/** Whether the person is to be asked: the answer was left standing, or an officer's question was put off. */
function isUnasked({ ticket, touchedAt, asksLater }: StoredTicket, now: Date): boolean {
  if (ticket.state === 'confirming') return asksLater
  if (ticket.state !== 'answered' || touchedAt === undefined || isLive(ticket, now)) return false
  return touchedAt.getTime() <= now.getTime() - settledMs
}

async function noteAsked(
  { store, audit }: Deps,
  transaction: Transaction,
  number: number,
  { at, outcome }: { readonly at: Date; readonly outcome: string },
): Promise<void> {
  const actor = { type: 'system', id: 'tickets' } as const
  const action = 'ticket.ask_solved'
  await audit.record(transaction, { at, actor, action, subject: String(number), outcome })
  await store.signal(transaction, number)
}

function expiry(now: Date): Tending {
  return {
    action: 'ticket.expire',
    event: 'expired',
    applies: ({ ticket: { state, closesAt }, asksLater }) =>
      state === 'confirming' && !asksLater && closesAt !== undefined && closesAt <= now,
    change: closed('no_answer', now),
  }
}

function staleness(deps: Deps, now: Date): Tending {
  return {
    action: 'ticket.release',
    event: 'released',
    applies: ({ ticket, touchedAt }) =>
      ticket.state === 'open' && ticket.holder !== undefined && isStale(deps, touchedAt, now),
    change: { holder: null, liveUntil: null },
  }
}

function isStale({ offices }: Deps, touchedAt: Date | undefined, now: Date): boolean {
  if (touchedAt === undefined) return false
  return promisedAt(touchedAt, { working_hours: staleWorkingHours }, offices().hours) <= now
}

function tendOne(
  deps: Deps,
  { number, chatId }: TendedTicket,
  now: Date,
  { action, event, applies, change }: Tending,
): Promise<number> {
  const { store, audit } = deps
  return store.transact(async (transaction) => {
    const chat = await store.lockChat(transaction, chatId)
    const stored = await store.lock(transaction, number)
    // Another process was faster, or somebody did something since.
    if (stored === undefined || !applies(stored)) return 0
    if (chat !== undefined && isLive(stored.ticket, now)) await leaveChat(deps, transaction, stored, now)
    await store.change(transaction, number, change)
    await store.addEntry(transaction, number, { type: 'event', text: event, at: now })
    const actor = { type: 'system', id: 'tickets' } as const
    await audit.record(transaction, { at: now, actor, action, subject: String(number) })
    await store.signal(transaction, number)
    return 1
  })
}

async function noteLate({ store, tend, offices, raise, settle }: Deps, now: Date): Promise<number> {
  return store.transact(async (transaction: Transaction) => {
    const late = await tend.markLate(transaction, now)
    for (const office of new Set(late.map((each) => each.office))) {
      const count = late.filter((each) => each.office === office).length
      const details = { office, count: String(count) }
      await raise(transaction, { kind: 'ticket_late', subject: office, details, at: now })
    }
    const lateOffices = await tend.lateOffices(transaction, now)
    for (const office of offices().offices.keys()) {
      if (!lateOffices.has(office))
        await settle(transaction, { kind: 'ticket_late', subject: office, at: now })
    }
    for (const { number } of late) await store.signal(transaction, number)
    return late.length
  })
}
