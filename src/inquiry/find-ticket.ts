import type { ActionContext, ActionResult } from '../flow/action.ts'
import { fill } from '../language/fill-text.ts'
import { dayInWita, formatDate, formatMoment, isoDay } from '../language/format.ts'
import type { Transaction } from '../storage/database.ts'
import { lockOwnTicket } from './own-ticket.ts'
import type { Ticket } from './ticket.ts'
import { isLate } from './ticket-change.ts'
import { residentActor, type TicketDeps, titleOf } from './ticket-deps.ts'

/** A ticket is still listed for so many days after it was closed. */
const listedDays = 30

/** How many of a person's own tickets are listed. */
const mostListed = 20

type Deps = Pick<TicketDeps, 'store' | 'offices' | 'audit' | 'texts'>

/** Where one of the person's own tickets stands; undefined for any other. */
export async function findTicket(
  deps: Deps,
  context: ActionContext<Transaction>,
  number: number,
): Promise<ActionResult | undefined> {
  const { transaction, contactId, now } = context
  const own = await lockOwnTicket(deps.store, context, number)
  if (own === undefined) return undefined
  const { ticket } = own
  const result = standingOf(deps, ticket, now)
  await deps.audit.record(transaction, {
    at: now,
    actor: residentActor(ticket, contactId),
    action: 'ticket.find',
    subject: String(ticket.number),
    outcome: result.outcome,
  })
  return result
}

function standingOf({ offices, texts }: Deps, ticket: Ticket, now: Date): ActionResult {
  const standing = {
    number: ticket.number,
    title: texts().kinds[ticket.kind],
    office: titleOf(offices(), ticket.office),
    opened_on: dayOf(ticket.openedAt),
  }
  switch (ticket.state) {
    case 'open': {
      const values = { ...standing, promise: formatMoment(ticket.promisedAt) }
      return { outcome: isLate(ticket, now) ? 'late' : 'waiting', values }
    }
    case 'answered':
    case 'confirming':
      return { outcome: ticket.state, values: standing }
    case 'closed':
    case 'merged': {
      const values = { ...standing, closed_on: dayOf(ticket.closedAt ?? ticket.openedAt) }
      return { outcome: 'closed', values }
    }
  }
}

/** The person's own tickets that are not long closed, newest first; those that go on under another number are not named. */
export async function listTickets(
  { store, texts }: Deps,
  { transaction, contactId, now }: ActionContext<Transaction>,
): Promise<ActionResult> {
  const since = new Date(now.getTime() - listedDays * 86_400_000)
  const own = (await store.ofContact(transaction, contactId, mostListed)).flatMap(({ ticket }) =>
    ticket.state === 'merged' || (ticket.closedAt !== undefined && ticket.closedAt < since) ? [] : [ticket],
  )
  const [first, ...others] = own
  if (first === undefined) return { outcome: 'none', values: {} }
  if (others.length === 0) return { outcome: 'one', values: { number: first.number } }
  const tickets = own.map(({ number, kind, openedAt }) => {
    const opened_on = formatDate(dayOf(openedAt))
    return { number, label: fill(texts().line, { number, title: texts().kinds[kind], opened_on }) }
  })
  return { outcome: 'many', values: { tickets } }
}

function dayOf(moment: Date): string {
  return isoDay(dayInWita(moment))
}
