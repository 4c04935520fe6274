import type { ActionContext, ActionResult } from '../flow/action.ts'
import type { Transaction } from '../storage/database.ts'
import { addMessage } from './add-message.ts'
import { meantTicket } from './meant-ticket.ts'
import { goOn, type OpenDeps } from './open-ticket.ts'
import type { StoredTicket } from './store-rows.ts'
import { isLive } from './ticket-change.ts'
import { idleEnd, residentActor, type TicketDeps } from './ticket-deps.ts'

type Deps = OpenDeps & Pick<TicketDeps, 'voice' | 'idleMinutes'>

/** Adds what came to the ticket that an officer answers in the chat, and has the bot be silent for longer. */
export async function hearForOfficer(
  deps: Deps,
  context: ActionContext<Transaction>,
  { message, photo }: { readonly message: string; readonly photo: string },
): Promise<ActionResult> {
  const { store, voice, keepMedia, idleMinutes } = deps
  const { transaction, contactId, chatId, now } = context
  const meant = meantTicket(await lockLive(deps, context), message)
  if (meant === undefined) return { outcome: 'over', values: {} }
  const { ticket } = meant
  const liveUntil = idleEnd(now, idleMinutes)
  await addMessage(store, transaction, { number: ticket.number, contactId, text: message, photo, now })
  if (photo !== '') await keepMedia(transaction, photo, chatId)
  await goOn(deps, context, ticket)
  await store.change(transaction, ticket.number, { liveUntil })
  await voice.hold(transaction, BigInt(chatId), liveUntil)
  await store.signal(transaction, ticket.number)
  return { outcome: 'heard', values: {} }
}

/** Gives the chat back to the bot; the ticket stays as it is. */
export async function leaveOfficer(
  deps: Pick<TicketDeps, 'store' | 'voice' | 'audit'>,
  context: ActionContext<Transaction>,
): Promise<ActionResult> {
  const { store, voice, audit } = deps
  const { transaction, contactId, chatId, now } = context
  const live = await lockLive(deps, context)
  // One moment in two tickets would tell whoever sees both that they are of one person.
  const told = meantTicket(live, '')
  for (const { ticket } of live) {
    const subject = String(ticket.number)
    await store.change(transaction, ticket.number, { liveUntil: null })
    if (ticket.number !== told?.ticket.number) continue
    await store.addEntry(transaction, ticket.number, { type: 'event', text: 'left', at: now })
    const actor = residentActor(ticket, contactId)
    await audit.record(transaction, { at: now, actor, action: 'ticket.leave', subject })
    await store.signal(transaction, ticket.number)
  }
  await voice.hold(transaction, BigInt(chatId), null)
  return { outcome: 'left', values: {} }
}

/** The tickets that are answered live in the chat, the latest first, locked in the order of all who lock several. */
async function lockLive(
  { store }: Pick<TicketDeps, 'store'>,
  { transaction, chatId, now }: ActionContext<Transaction>,
): Promise<readonly StoredTicket[]> {
  const numbers = await store.live(transaction, BigInt(chatId), now)
  const locked = new Map<number, StoredTicket>()
  for (const number of [...numbers].sort((one, other) => one - other)) {
    const stored = await store.lock(transaction, number)
    if (stored !== undefined && isLive(stored.ticket, now)) locked.set(number, stored)
  }
  return numbers.flatMap((number) => locked.get(number) ?? [])
}
