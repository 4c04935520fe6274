import type { Action, ActionContext, ActionResult } from '../flow/action.ts'
import { fold } from '../language/normalise.ts'
import type { Transaction } from '../storage/database.ts'
import { confirmTicket } from './confirm-ticket.ts'
import { masked } from './entry-text.ts'
import { findTicket, listTickets } from './find-ticket.ts'
import { hearForOfficer, leaveOfficer } from './hear-for-officer.ts'
import { addToTicket, type OpenDeps, openTicket } from './open-ticket.ts'
import { lockOwnTicket } from './own-ticket.ts'
import { ticketContracts as contracts } from './ticket-contracts.ts'
import { residentActor, type TicketDeps } from './ticket-deps.ts'

/** What the actions are given. */
export type TicketActionDeps = OpenDeps & Pick<TicketDeps, 'texts' | 'voice' | 'idleMinutes'>

type TicketActions = Record<keyof typeof contracts, Action<Transaction>>
type Context = ActionContext<Transaction>

/** What flows may do with tickets, and the conversation while an officer answers. */
export function createTicketActions(deps: TicketActionDeps): TicketActions {
  return { ...openingActions(deps), ...ownActions(deps), ...officerActions(deps) }
}

/** By which a ticket comes to be. */
function openingActions(
  deps: TicketActionDeps,
): Pick<TicketActions, 'open_ticket' | 'open_proposal' | 'open_objection'> {
  return {
    open_ticket: {
      contract: contracts.open_ticket,
      run: (input, context) => openTicket(deps, context, contracts.open_ticket.inputs.parse(input)),
    },
    open_proposal: {
      contract: contracts.open_proposal,
      run(input, context) {
        const { reason, kelurahan, name, for_whom, callback } = contracts.open_proposal.inputs.parse(input)
        const brought = { kind: 'proposal', message: reason, photo: '', ...placeOf(kelurahan) } as const
        const named = name === null || name.trim() === '' ? {} : { name: masked(name.trim()) }
        const details = { ...named, for_whom, callback: String(callback) }
        return openTicket(deps, context, { ...brought, details, matter: matterOf(kelurahan, name) })
      },
    },
    open_objection: {
      contract: contracts.open_objection,
      run(input, context) {
        const { about, kelurahan, message, photo } = contracts.open_objection.inputs.parse(input)
        const kind = about === 'self' ? 'objection' : 'objection_other'
        return openTicket(deps, context, { kind, message, photo, ...placeOf(kelurahan) })
      },
    },
  }
}

/** About the person's own tickets. */
function ownActions(
  deps: TicketActionDeps,
): Pick<
  TicketActions,
  'add_to_ticket' | 'hide_identity' | 'list_tickets' | 'find_ticket' | 'confirm_ticket'
> {
  return {
    add_to_ticket: {
      contract: contracts.add_to_ticket,
      async run(input, context) {
        const { number, ...message } = contracts.add_to_ticket.inputs.parse(input)
        const own = await lockOwnTicket(deps.store, context, number)
        return own === undefined
          ? unknown(deps, context, 'ticket.add')
          : addToTicket(deps, context, own.ticket, message)
      },
    },
    hide_identity: {
      contract: contracts.hide_identity,
      run: (input, context) => hideIdentity(deps, context, contracts.hide_identity.inputs.parse(input)),
    },
    list_tickets: { contract: contracts.list_tickets, run: (_, context) => listTickets(deps, context) },
    find_ticket: {
      contract: contracts.find_ticket,
      async run(input, context) {
        const { number } = contracts.find_ticket.inputs.parse(input)
        return (await findTicket(deps, context, number)) ?? unknown(deps, context, 'ticket.find')
      },
    },
    confirm_ticket: {
      contract: contracts.confirm_ticket,
      async run(input, context) {
        const { number, solved } = contracts.confirm_ticket.inputs.parse(input)
        const done = await confirmTicket(deps, context, number, solved)
        return done ?? unknown(deps, context, 'ticket.confirm')
      },
    },
  }
}

/** While an officer answers. */
function officerActions(deps: TicketActionDeps): Pick<TicketActions, 'hear_for_officer' | 'leave_officer'> {
  return {
    hear_for_officer: {
      contract: contracts.hear_for_officer,
      run: (input, context) => hearForOfficer(deps, context, contracts.hear_for_officer.inputs.parse(input)),
    },
    leave_officer: { contract: contracts.leave_officer, run: (_, context) => leaveOfficer(deps, context) },
  }
}

/** A household is one by its kelurahan and how it is called, however that is written. */
function matterOf(kelurahan: string, name: string | null): string {
  return JSON.stringify([
    kelurahan.trim(),
    fold(name ?? '')
      .split(/\s+/)
      .join(' ')
      .trim(),
  ])
}

function placeOf(kelurahan: string) {
  return { kelurahan: kelurahan.trim() === '' ? undefined : kelurahan.trim() }
}

async function hideIdentity(
  deps: TicketActionDeps,
  context: Context,
  { number, hide }: { readonly number: number; readonly hide: boolean },
): Promise<ActionResult> {
  const { store, audit } = deps
  const { transaction, contactId, now } = context
  const own = await lockOwnTicket(store, context, number)
  if (own === undefined) return unknown(deps, context, 'ticket.hide')
  const { ticket } = own
  const outcome = hide ? 'hidden' : 'shown'
  if (ticket.anonymous !== hide) await store.change(transaction, ticket.number, { anonymous: hide })
  // Also where it was hidden all along: what the person said then belongs to the ticket, and is in no transcript of another.
  if (hide || ticket.anonymous) {
    await store.addEntry(transaction, ticket.number, { type: 'event', text: outcome, at: now })
    await store.signal(transaction, ticket.number)
  }
  await audit.record(transaction, {
    at: now,
    actor: residentActor({ anonymous: hide }, contactId),
    action: 'ticket.hide',
    subject: String(ticket.number),
    outcome,
  })
  return { outcome, values: {} }
}

/** The trail is not told the number: it may be a NIK. */
async function unknown(
  { audit }: Pick<TicketDeps, 'audit'>,
  { transaction, contactId, now }: Context,
  action: string,
): Promise<ActionResult> {
  const actor = { type: 'resident', id: contactId } as const
  await audit.record(transaction, { at: now, actor, action, outcome: 'unknown' })
  return { outcome: 'unknown', values: {} }
}
