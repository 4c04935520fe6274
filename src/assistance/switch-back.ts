import type { Actor, AuditTrail } from '../staff/audit-trail.ts'
import type { Transaction } from './store.ts'
import type { ListStore, SwitchBackOutcome } from './store-list.ts'

/** Makes the way back to the version before: the two change places, at once, so that it can be done again. */
export function createSwitchBack(deps: {
  readonly store: ListStore
  readonly audit: AuditTrail<Transaction>
}) {
  return async (
    transaction: Transaction,
    { kind, by, now }: { readonly kind: string; readonly by: Actor; readonly now: Date },
  ): Promise<SwitchBackOutcome> => {
    const swapped = await deps.store.swap(transaction, kind, by.id, now)
    if (swapped.type !== 'switched') return swapped
    await deps.audit.record(transaction, {
      at: now,
      actor: by,
      action: 'assistance.switch_back',
      subject: swapped.listId,
      outcome: 'switched',
      details: { kind },
    })
    return swapped
  }
}
