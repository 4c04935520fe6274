import { z } from 'zod'
import type { Action, ActionContract } from '../flow/action.ts'
import type { AuditTrail } from '../staff/audit-trail.ts'
import type { Transaction } from '../storage/database.ts'
import type { ResidentStore } from './store.ts'

const none = z.object({})

/** What flows may ask of this room. */
export const residentContracts = {
  stop_messages: { inputs: none, outcomes: { stopped: none, stopped_before: none } },
  resume_messages: { inputs: none, outcomes: { resumed: none, not_stopped: none } },
} as const satisfies Record<string, ActionContract>

/** The wish to hear nothing unasked, and taking it back. */
export function createResidentActions(deps: {
  store: ResidentStore
  audit: AuditTrail<Transaction>
}): Record<keyof typeof residentContracts, Action<Transaction>> {
  const { store, audit } = deps
  const act = (
    name: keyof typeof residentContracts,
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
  return {
    stop_messages: act('stop_messages', store.stop, ['stopped', 'stopped_before']),
    resume_messages: act('resume_messages', store.resume, ['resumed', 'not_stopped']),
  }
}
