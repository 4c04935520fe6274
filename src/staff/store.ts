import type { Transaction } from '../storage/database.ts'
import type { AuditTrail } from './audit-trail.ts'

/** The trail in PostgreSQL. */
export function createAuditTrail(): AuditTrail<Transaction> {
  return {
    // By hand: every check writes one, and a model's `create` costs more than the insert.
    async record(transaction, { at, actor, action, subject, outcome, details }) {
      await transaction.$executeRaw`
        INSERT INTO audit_entry (at, actor_type, actor_id, action, subject, outcome, details)
        VALUES (${at}, ${actor.type}, ${actor.id}, ${action}, ${subject ?? null}, ${outcome ?? null},
          ${JSON.stringify(details ?? {})}::jsonb)`
    },
  }
}
