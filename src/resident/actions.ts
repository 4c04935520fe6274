import type { Action } from '../flow/action.ts'
import type { AuditTrail } from '../staff/audit-trail.ts'
import type { Transaction } from '../storage/database.ts'
import { residentContracts } from './resident-contracts.ts'
import type { ResidentStore } from './store.ts'

export { residentContracts } from './resident-contracts.ts'

type Name = 'stop_messages' | 'resume_messages'

/** The wish to hear nothing unasked, and taking it back. */
export function createResidentActions(deps: {
  store: ResidentStore
  audit: AuditTrail<Transaction>
  /** Gives up what waits to be told to the contact unasked. */
  forget: (transaction: Transaction, contactId: string) => Promise<unknown>
}): Record<Name, Action<Transaction>> {
  const { store, audit, forget } = deps
  const act = (
    name: Name,
    change: ResidentStore['stop'],
    outcomes: readonly [changed: string, unchanged: string],
  ): Action<Transaction> => ({
    contract: residentContracts[name],
    async run(_, { transaction, contactId, chatId, now }) {
      const changed = await change(transaction, { contactId, chatId, now })
      const outcome = changed ? outcomes[0] : outcomes[1]
      await audit.record(transaction, {
        at: now,
        actor: { type: 'resident', id: contactId },
        action: `resident.${name}`,
        subject: contactId,
        outcome,
      })
      return { outcome, values: {} }
    },
  })
  const stop: ResidentStore['stop'] = async (transaction, person) => {
    const isNew = await store.stop(transaction, person)
    await forget(transaction, person.contactId)
    return isNew
  }
  return {
    stop_messages: act('stop_messages', stop, ['stopped', 'stopped_before']),
    resume_messages: act('resume_messages', store.resume, ['resumed', 'not_stopped']),
  }
}
