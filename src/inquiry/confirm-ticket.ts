import type { ActionContext, ActionResult } from '../flow/action.ts'
import type { Transaction } from '../storage/database.ts'
import { leaveChat } from './leave-chat.ts'
import { goOn, receiptOf } from './open-ticket.ts'
import { lockOwnTicket } from './own-ticket.ts'
import type { StoredTicket } from './store-rows.ts'
import { closed, isLive, isOver } from './ticket-change.ts'
import { residentActor, type TicketDeps } from './ticket-deps.ts'

type Deps = Pick<TicketDeps, 'store' | 'offices' | 'audit' | 'voice' | 'raise'>

/**
 * The person says whether the matter is solved: it is closed, or goes on with the same officer by a new promise. Undefined when
 * it is none of theirs.
 */
export async function confirmTicket(
  deps: Deps,
  context: ActionContext<Transaction>,
  number: number,
  solved: boolean,
): Promise<ActionResult | undefined> {
  const { store, audit } = deps
  const { transaction, contactId, now } = context
  const own = await lockOwnTicket(store, context, number)
  if (own === undefined) return undefined
  const result = solved ? await close(deps, context, own) : await reopen(deps, context, own)
  await audit.record(transaction, {
    at: now,
    actor: residentActor(own.ticket, contactId),
    action: 'ticket.confirm',
    subject: String(own.ticket.number),
    outcome: result.outcome,
  })
  await store.signal(transaction, own.ticket.number)
  return result
}

async function close(
  deps: Deps,
  { transaction, chatId, now }: ActionContext<Transaction>,
  stored: StoredTicket,
): Promise<ActionResult> {
  const { store } = deps
  const { ticket } = stored
  if (!isOver(ticket)) {
    // Another chat of the person is not held by this turn: there the officer's hold ends with the next message.
    if (isLive(ticket, now) && String(stored.chatId) === chatId)
      await leaveChat(deps, transaction, stored, now)
    await store.change(transaction, ticket.number, closed('solved', now))
    await store.addEntry(transaction, ticket.number, { type: 'event', text: 'confirmed', at: now })
  }
  return { outcome: 'closed', values: {} }
}

async function reopen(
  deps: Deps,
  context: ActionContext<Transaction>,
  { ticket }: StoredTicket,
): Promise<ActionResult> {
  const { transaction, now } = context
  if (ticket.state !== 'open') {
    await deps.store.addEntry(transaction, ticket.number, { type: 'event', text: 'reopened', at: now })
  }
  return { outcome: 'reopened', values: receiptOf(deps, await goOn(deps, context, ticket)) }
}
