import type { Transaction } from '../storage/database.ts'
import type { AuditTrail } from './audit-trail.ts'

/** The trail in PostgreSQL. */
export function createAuditTrail(): AuditTrail<Transaction> {
  return {
    async record(transaction, { at, actor, action, subject, outcome, details }) {
      await transaction.auditEntry.create({
        data: {
          at,
          actorType: actor.type,
          actorId: actor.id,
          action,
          subject: subject ?? null,
          outcome: outcome ?? null,
          details: details ?? {},
        },
      })
    },
  }
}
