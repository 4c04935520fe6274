import type { Transaction } from '../storage/database.ts'
import { issueAction } from './claim-code.ts'

/**
 * How many households a member of staff has looked up for a code since then, by the trail. Until the transaction ends nobody
 * else can count for the same person, so that two look-ups at once are not both the last.
 */
export async function countLookUps(transaction: Transaction, actorId: string, since: Date): Promise<number> {
  const lock = `lopo look-ups ${actorId}`
  await transaction.$queryRaw`SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(${lock}, 0))`
  return transaction.auditEntry.count({
    where: {
      ...{ action: issueAction, actorType: 'staff', actorId, at: { gt: since } },
      outcome: { in: ['issued', 'not_found'] },
    },
  })
}
