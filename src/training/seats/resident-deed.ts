import type { ActionContext, ActionResult } from '../../flow/action.ts'
import type { Transaction } from '../../storage/database.ts'
import type { Doer } from '../registration.ts'
import type { TrainingDeps } from '../training-deps.ts'

/** What residents do with registrations, as the trail names it. */
type Deed =
  | 'registration.create'
  | 'registration.list'
  | 'registration.show'
  | 'registration.cancel'
  | 'registration.change_phone'
  | 'registration.answer_offer'

/** Puts what a resident did into the trail, with its result. */
export async function noteResidentDeed(
  { audit }: Pick<TrainingDeps, 'audit'>,
  { transaction, contactId, now }: ActionContext<Transaction>,
  action: Deed,
  result: ActionResult,
  /** The number of the registration; left out where it is none of theirs, as what they wrote may be a NIK. */
  subject?: number | string,
): Promise<ActionResult> {
  await audit.record(transaction, {
    at: now,
    actor: { type: 'resident', id: contactId },
    action,
    ...(subject === undefined ? {} : { subject: String(subject) }),
    outcome: result.outcome,
  })
  return result
}

/** The resident of a turn, as histories name who did something. */
export function residentOf({ contactId }: ActionContext<Transaction>): Doer {
  return { type: 'resident', contactId }
}
