import type { ActionContext, ActionResult } from '../flow/action.ts'
import { formatMoment } from '../language/format.ts'
import type { Transaction } from '../storage/database.ts'
import { addMessage } from './add-message.ts'
import type { Ticket, TicketKind } from './ticket.ts'
import { reopened } from './ticket-change.ts'
import { promiseOf, residentActor, type TicketDeps, titleOf } from './ticket-deps.ts'

/** What a resident brings before an office. */
export interface Brought {
  readonly kind: TicketKind
  readonly message: string
  /** A media id, or an empty text. */
  readonly photo: string
  readonly kelurahan?: string | undefined
  readonly details?: Readonly<Record<string, string>>
  /** What tells the matter from others of the kind; left out: there is one of a kind. */
  readonly matter?: string
}

/** What opening and adding need. */
export type OpenDeps = Pick<TicketDeps, 'store' | 'offices' | 'audit' | 'raise'> & {
  /** Says that the photo is part of a ticket now, so that it is kept. */
  readonly keepMedia: (transaction: Transaction, mediaId: string, chatId: string) => Promise<void>
}

/**
 * Whoever reports others is not known to the office until they say otherwise. What came too late to be heard by the bot may be such
 * a report: nobody asked.
 */
const anonymousKinds: ReadonlySet<TicketKind> = new Set(['complaint', 'fraud', 'objection_other', 'late'])

/** Whether the person is not known to the office at first; what comes later to one that was made known is a ticket of its own. */
export function isAnonymousKind(kind: TicketKind): boolean {
  return anonymousKinds.has(kind)
}

/**
 * Opens a ticket, or adds to the chat's standing one of the matter; the outcome is `opened` or `added`, with what the resident is
 * told. The caller holds the chat.
 */
export async function openTicket(
  deps: OpenDeps,
  context: ActionContext<Transaction>,
  brought: Brought,
): Promise<ActionResult> {
  const { store } = deps
  const { transaction, chatId } = context
  const { kind, kelurahan, matter } = brought
  const isAnonymous = isAnonymousKind(kind)
  const asked = { chatId: BigInt(chatId), kind, kelurahan, matter, isAnonymous }
  const standing = await store.standing(transaction, asked)
  const stored = standing === undefined ? undefined : await store.lock(transaction, standing)
  // From another chat the person may have made it known meanwhile.
  if (stored !== undefined && (stored.ticket.anonymous || !isAnonymous))
    return addToTicket(deps, context, stored.ticket, brought)
  const number = await create(deps, context, brought)
  const made = await store.find(transaction, number)
  if (made === undefined) throw new Error('a ticket that was just made is not there')
  await write(deps, context, made.ticket, brought)
  return note(deps, context, made.ticket, 'opened')
}

/** Adds a message to a ticket that is locked; one that waits for the person or is closed goes on, by a new promise. */
export async function addToTicket(
  deps: OpenDeps,
  context: ActionContext<Transaction>,
  ticket: Ticket,
  message: Pick<Brought, 'message' | 'photo'>,
): Promise<ActionResult> {
  await write(deps, context, ticket, message)
  return note(deps, context, await goOn(deps, context, ticket), 'added')
}

/** The ticket as it stands once the office owes an answer; an open one keeps its promise. */
export async function goOn(
  deps: Pick<TicketDeps, 'store' | 'offices' | 'raise'>,
  { transaction, now }: Pick<ActionContext<Transaction>, 'transaction' | 'now'>,
  ticket: Ticket,
): Promise<Ticket> {
  if (ticket.state === 'open') return ticket
  const promisedAt = promiseOf(deps.offices(), ticket.kind, now)
  await deps.store.change(transaction, ticket.number, reopened(now, promisedAt))
  await alarm(deps, transaction, ticket, now)
  return { ...ticket, state: 'open', promisedAt }
}

/** What a resident is told of a ticket. */
export function receiptOf({ offices }: Pick<TicketDeps, 'offices'>, ticket: Ticket) {
  const { number, office, promisedAt } = ticket
  return { number, office: titleOf(offices(), office), promise: formatMoment(promisedAt) }
}

async function create(
  { store, offices, raise }: OpenDeps,
  { transaction, contactId, chatId, now }: ActionContext<Transaction>,
  { kind, kelurahan, details = {}, matter }: Brought,
): Promise<number> {
  const { code: office } = offices().routes[kind]
  const number = await store.create(transaction, {
    ...{ kind, office, kelurahan, details, matter, contactId, chatId: BigInt(chatId) },
    urgent: kind === 'fraud',
    anonymous: isAnonymousKind(kind),
    openedAt: now,
    promisedAt: promiseOf(offices(), kind, now),
  })
  await alarm({ raise }, transaction, { number, kind, office }, now)
  return number
}

async function write(
  { store, keepMedia }: OpenDeps,
  { transaction, contactId, chatId, now }: ActionContext<Transaction>,
  { number }: Ticket,
  { message, photo }: Pick<Brought, 'message' | 'photo'>,
): Promise<void> {
  await addMessage(store, transaction, { number, contactId, text: message, photo, now })
  if (photo !== '') await keepMedia(transaction, photo, chatId)
}

async function alarm(
  { raise }: Pick<TicketDeps, 'raise'>,
  transaction: Transaction,
  { number, kind, office }: Pick<Ticket, 'number' | 'kind' | 'office'>,
  now: Date,
): Promise<void> {
  if (kind !== 'fraud') return
  const subject = String(number)
  await raise(transaction, { kind: 'ticket_fraud', subject, details: { number: subject, office }, at: now })
}

async function note(
  deps: OpenDeps,
  { transaction, contactId, now }: ActionContext<Transaction>,
  ticket: Ticket,
  outcome: 'opened' | 'added',
): Promise<ActionResult> {
  await deps.audit.record(transaction, {
    at: now,
    actor: residentActor(ticket, contactId),
    action: outcome === 'opened' ? 'ticket.open' : 'ticket.add',
    subject: String(ticket.number),
    details: { kind: ticket.kind },
  })
  await deps.store.signal(transaction, ticket.number)
  return { outcome, values: receiptOf(deps, ticket) }
}
