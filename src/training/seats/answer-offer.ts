import type { ActionContext, ActionResult } from '../../flow/action.ts'
import type { Transaction } from '../../storage/database.ts'
import type { TrainingDeps } from '../training-deps.ts'
import { beginText } from './course-words.ts'
import { forgetNotices } from './forget-notices.ts'
import { lockOwnRegistration, type OwnRegistration, ownRegistration } from './own-registration.ts'
import { isOffered, statusOf } from './registration-status.ts'
import { noteResidentDeed, residentOf } from './resident-deed.ts'

type Deps = Pick<TrainingDeps, 'store' | 'notices' | 'words' | 'audit'>
type Context = ActionContext<Transaction>

/** What a person says to an offered seat. */
export interface OfferAnswer {
  readonly number: number
  readonly take: boolean
}

/** Takes an offered seat or gives it back, before the deadline only. The caller holds the chat. */
export async function answerOffer(deps: Deps, context: Context, answer: OfferAnswer): Promise<ActionResult> {
  const result = await reply(deps, context, answer)
  const subject = result.outcome === 'unknown' ? undefined : answer.number
  return noteResidentDeed(deps, context, 'registration.answer_offer', result, subject)
}

async function reply(deps: Deps, context: Context, { number, take }: OfferAnswer): Promise<ActionResult> {
  const { store } = deps
  const found = await ownRegistration(store, context, number)
  if (found === undefined) return { outcome: 'unknown', values: {} }
  const own = await lockOwnRegistration(store, context, found)
  if (own === undefined) return { outcome: 'unknown', values: {} }
  const { registration, course } = own
  if (!['offered', 'lapsed'].includes(registration.state) || course.state === 'cancelled')
    return { outcome: 'over', values: statusOf(deps, own) }
  // It may have been moved to an earlier time than the answer was asked for.
  if (!isOffered(registration, context.now) || course.startsAt <= context.now)
    return lapse(deps, context, own, take)
  if (!take) return decline(deps, context, own)
  // An offer counts as an active training: nobody can have got into another since.
  return accept(deps, context, own)
}

async function accept(
  { store }: Deps,
  context: Context,
  { registration: { number }, course, details }: OwnRegistration,
): Promise<ActionResult> {
  const { transaction, now } = context
  const change = { offerUntil: null, acceptedAt: now }
  await store.move(transaction, number, 'accepted', residentOf(context), now, change)
  const { title, place } = course
  return { outcome: 'taken', values: { title, name: details.name, schedule: beginText(course), place } }
}

async function decline(
  deps: Deps,
  context: Context,
  { registration: { number }, course: { title } }: OwnRegistration,
): Promise<ActionResult> {
  const { transaction, now } = context
  await deps.store.move(transaction, number, 'withdrawn', residentOf(context), now, { offerUntil: null })
  await forgetNotices(deps, transaction, number)
  return { outcome: 'declined', values: { title } }
}

/** The time is over, whether or not anybody noticed before. The person learns it here, so that no notice follows. */
async function lapse(
  deps: Deps,
  { transaction, now }: Context,
  { registration: { number, state }, course }: OwnRegistration,
  take: boolean,
): Promise<ActionResult> {
  if (state === 'offered')
    await deps.store.move(transaction, number, 'lapsed', { type: 'time' }, now, { offerUntil: null })
  await forgetNotices(deps, transaction, number)
  const { title } = course
  return take
    ? { outcome: 'late', values: { title, course_id: course.number } }
    : { outcome: 'declined', values: { title } }
}
