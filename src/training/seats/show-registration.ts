import type { ActionContext, ActionResult } from '../../flow/action.ts'
import { formatMoment } from '../../language/format.ts'
import type { Transaction } from '../../storage/database.ts'
import type { TrainingDeps } from '../training-deps.ts'
import { beginText } from './course-words.ts'
import { LISTED_DAYS, LISTED_DAYS_PASSED, MOST_LISTED } from './limits.ts'
import { type OwnRegistration, ownRegistration } from './own-registration.ts'
import { givenUp, isOffered, statusOf } from './registration-status.ts'
import { noteResidentDeed } from './resident-deed.ts'

type Deps = Pick<TrainingDeps, 'store' | 'words' | 'audit'>
type Context = ActionContext<Transaction>

const dayMs = 86_400_000

/** How one of the contact's own registrations stands. */
export async function showRegistration(deps: Deps, context: Context, number: number): Promise<ActionResult> {
  const own = await ownRegistration(deps.store, context, number)
  if (own === undefined)
    return noteResidentDeed(deps, context, 'registration.show', { outcome: 'unknown', values: {} })
  return noteResidentDeed(deps, context, 'registration.show', await standingOf(deps, context, own), number)
}

async function standingOf(
  deps: Deps,
  { transaction, now }: Context,
  own: OwnRegistration,
): Promise<ActionResult> {
  const { registration, course } = own
  const status = statusOf(deps, own)
  if (registration.state === 'certified') return { outcome: 'certified', values: status }
  if (givenUp(own) === undefined || (registration.state === 'offered' && !isOffered(registration, now)))
    return { outcome: 'over', values: { ...status, reason: reasonOf(own) } }
  const whenAndWhere = { schedule: beginText(course), place: course.place }
  if (registration.state === 'offered' && registration.offerUntil !== undefined) {
    const until = formatMoment(registration.offerUntil)
    return { outcome: 'offered', values: { ...status, ...whenAndWhere, until } }
  }
  if (registration.state === 'reserve') {
    const place_in_line = (await deps.store.placeInLine(transaction, registration.number)) ?? 1
    return { outcome: 'waiting', values: { ...status, place_in_line } }
  }
  return { outcome: 'standing', values: { ...status, ...whenAndWhere } }
}

function reasonOf({ registration, course }: OwnRegistration): string {
  return registration.reason ?? (course.state === 'cancelled' ? (course.cancelReason ?? '') : '')
}

/** The contact's registrations that are not long over, newest first. */
export async function listRegistrations(deps: Deps, context: Context): Promise<ActionResult> {
  const { store } = deps
  const { transaction, contactId } = context
  const rows = []
  for (const { number } of await store.ofContact(transaction, contactId, MOST_LISTED)) {
    const own = await ownRegistration(store, context, number)
    if (own === undefined || isLongOver(own, context.now)) continue
    const { title, name, status } = statusOf(deps, own)
    rows.push({ number, label: `${title}: ${name}, ${status}` })
  }
  return noteResidentDeed(deps, context, 'registration.list', listOf(rows))
}

function listOf(rows: readonly { readonly number: number; readonly label: string }[]): ActionResult {
  const [first, ...others] = rows
  if (first === undefined) return { outcome: 'none', values: {} }
  if (others.length === 0) return { outcome: 'one', values: { number: first.number } }
  return { outcome: 'many', values: { registrations: rows } }
}

function isLongOver(own: OwnRegistration, now: Date): boolean {
  if (givenUp(own) !== undefined) return false
  const { state, stateAt } = own.registration
  const days = state === 'certified' || state === 'passed' ? LISTED_DAYS_PASSED : LISTED_DAYS
  return now.getTime() - stateAt.getTime() > days * dayMs
}
