import type { Officer } from '../../staff/officer.ts'
import type { Transaction } from '../../storage/database.ts'
import { leaveChat } from '../leave-chat.ts'
import type { TicketChat } from '../store-chat.ts'
import type { NewEntry } from '../store-entries.ts'
import type { StoredTicket, TicketChange } from '../store-rows.ts'
import type { Ticket } from '../ticket.ts'
import { isLive, isOver } from '../ticket-change.ts'
import type { TicketDeps } from '../ticket-deps.ts'
import type { Done, TicketRefusal } from '../ticket-desk.ts'
import { isVisible, sightOf } from '../visible.ts'

/** What the desk is given besides what tickets are. */
export interface DeskDeps extends Omit<TicketDeps, 'raise' | 'settle'> {
  readonly now: () => Date
}

/** A ticket that an officer may see, locked after its chat. */
export interface Locked extends StoredTicket {
  readonly transaction: Transaction
  readonly viewer: Officer
  readonly now: Date
  /** Undefined when the chat is gone. */
  readonly chat: TicketChat | undefined
}

/** What is done with a ticket: what changes, and what is told of it. `done`: it was so before. */
export type Deed =
  | { readonly type: 'done' }
  | TicketRefusal
  | {
      readonly type: 'deed'
      readonly change: TicketChange
      /** The line that tells of it; an event or what was written. */
      readonly entry: Omit<NewEntry, 'at' | 'by'>
      /** For the trail, without content. */
      readonly details?: Readonly<Record<string, string | number | boolean>>
    }

/** Does something with a ticket in one transaction, with a line in the ticket and in the trail, and tells all pages of it. */
export type PerformDeed = (
  viewer: Officer,
  number: number,
  action: string,
  work: (locked: Locked) => Deed | Promise<Deed>,
) => Promise<Done>

/** Makes the function. A ticket that the officer may not see is `unknown`. */
export function createPerformDeed(deps: Pick<DeskDeps, 'store' | 'audit' | 'now'>): PerformDeed {
  const { store } = deps
  return (viewer, number, action, work) =>
    store.transact(async (transaction): Promise<Done> => {
      const found = await findVisible(deps, transaction, viewer, number)
      if (found === undefined) return { type: 'unknown' }
      const chat = await store.lockChat(transaction, found.chatId)
      const stored = await store.lock(transaction, number)
      if (stored === undefined || !isVisible(sightOf(viewer), stored.ticket)) return { type: 'unknown' }
      const now = deps.now()
      const deed = await work({ ...stored, transaction, viewer, now, chat })
      if (deed.type !== 'deed') return deed
      const { change, entry, details = {} } = deed
      await store.change(transaction, number, change)
      await store.addEntry(transaction, number, { ...entry, at: now, by: viewer })
      await noteDeed(deps, transaction, { viewer, number, action, now, details })
      await store.signal(transaction, number)
      return { type: 'done' }
    })
}

/** The ticket, when the officer may see it and its content is not gone. */
export async function findVisible(
  { store }: Pick<DeskDeps, 'store'>,
  transaction: Transaction,
  viewer: Officer,
  number: number,
): Promise<StoredTicket | undefined> {
  const found = Number.isSafeInteger(number) ? await store.find(transaction, number) : undefined
  return found !== undefined && isVisible(sightOf(viewer), found.ticket) ? found : undefined
}

/** Notes in the trail what an officer did with a ticket or read of it. */
export async function noteDeed(
  { audit }: Pick<DeskDeps, 'audit'>,
  transaction: Transaction,
  deed: {
    readonly viewer: Officer
    readonly number: number
    readonly action: string
    readonly now: Date
    readonly details?: Readonly<Record<string, string | number | boolean>>
  },
): Promise<void> {
  const { viewer, number, action, now, details = {} } = deed
  const actor = { type: 'staff', id: viewer.id } as const
  await audit.record(transaction, { at: now, actor, action, subject: String(number), details })
}

/** The refusal when the ticket is over, or a colleague holds it. */
export function refusalFor(
  ticket: Ticket,
  viewer: Officer,
): Extract<TicketRefusal, { type: 'over' | 'held' }> | undefined {
  if (isOver(ticket)) return { type: 'over' }
  const { holder } = ticket
  return holder === undefined || holder.id === viewer.id ? undefined : { type: 'held', by: holder.name }
}

/** The same, but an admin may pass over whoever holds it. */
export function refusalUnlessAdmin(ticket: Ticket, viewer: Officer): TicketRefusal | undefined {
  const refusal = refusalFor(ticket, viewer)
  return refusal?.type === 'held' && viewer.roles.includes('admin') ? undefined : refusal
}

/** Ends that an officer answers live. The person is told that the bot is back, unless another officer still answers. */
export async function endLive(
  deps: Pick<DeskDeps, 'store' | 'voice'>,
  {
    transaction,
    ticket,
    chatId,
    chat,
    now,
  }: Pick<Locked, 'transaction' | 'ticket' | 'chatId' | 'chat' | 'now'>,
): Promise<void> {
  if (!isLive(ticket, now) || chat === undefined) return
  const isBotBack = await leaveChat(deps, transaction, { ticket, chatId }, now)
  if (isBotBack && chat.isReachable) await deps.voice.handBack(transaction, chatId)
}
