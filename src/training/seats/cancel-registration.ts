import type { ActionContext, ActionResult } from '../../flow/action.ts'
import type { Transaction } from '../../storage/database.ts'
import type { TrainingDeps } from '../training-deps.ts'
import { forgetNotices } from './forget-notices.ts'
import { lockOwnRegistration, ownRegistration } from './own-registration.ts'
import { givenUp, statusOf } from './registration-status.ts'
import { noteResidentDeed, residentOf } from './resident-deed.ts'

type Deps = Pick<TrainingDeps, 'store' | 'notices' | 'words' | 'audit'>
type Context = ActionContext<Transaction>

/** Gives up one of the contact's own registrations; a seat is free from then on. The caller holds the chat. */
export async function cancelRegistration(
  deps: Deps,
  context: Context,
  number: number,
): Promise<ActionResult> {
  const result = await cancel(deps, context, number)
  const subject = result.outcome === 'unknown' ? undefined : number
  return noteResidentDeed(deps, context, 'registration.cancel', result, subject)
}

async function cancel(deps: Deps, context: Context, number: number): Promise<ActionResult> {
  const { store } = deps
  const { transaction, now } = context
  const found = await ownRegistration(store, context, number)
  const own = found && (await lockOwnRegistration(store, context, found))
  if (own === undefined) return { outcome: 'unknown', values: {} }
  const state = givenUp(own)
  if (state === undefined) return { outcome: 'over', values: statusOf(deps, own) }
  await store.move(transaction, number, state, residentOf(context), now, { offerUntil: null })
  await forgetNotices(deps, transaction, number)
  return { outcome: 'cancelled', values: { title: own.course.title, name: own.details.name } }
}

/** Notes another number to call for one of the contact's own registrations. */
export async function changePhone(
  deps: Deps,
  context: Context,
  { number, phone }: { readonly number: number; readonly phone: string },
): Promise<ActionResult> {
  const action = 'registration.change_phone'
  const own = await ownRegistration(deps.store, context, number)
  if (own === undefined) return noteResidentDeed(deps, context, action, { outcome: 'unknown', values: {} })
  if (givenUp(own) === undefined)
    return noteResidentDeed(deps, context, action, { outcome: 'over', values: {} }, number)
  await deps.store.changeDetails(context.transaction, number, { ...own.details, phone: phone || undefined })
  return noteResidentDeed(deps, context, action, { outcome: 'changed', values: {} }, number)
}
