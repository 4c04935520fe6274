import type { Database } from '../storage/database.ts'
import { forgottenBefore } from './sign-in/attempt-limit.ts'
import { idleSince, libraryNow } from './sign-in/session-limits.ts'

/** Deletes sessions that ended, challenges that ran out, used codes and old counts of attempts. Returns how many rows went. */
export async function purgeStaff(prisma: Database, now: Date): Promise<number> {
  const expired = { expiresAt: { lt: libraryNow() } }
  const ended = [expired, { seenAt: { lt: idleSince(now) } }]
  const sessions = await prisma.staffSession.deleteMany({ where: { OR: ended } })
  const challenges = await prisma.staffChallenge.deleteMany({ where: expired })
  const old = forgottenBefore(now)
  const codes = await prisma.staffUsedCode.deleteMany({ where: { usedAt: { lt: old } } })
  const attempts = await prisma.staffAttempts.deleteMany({ where: { lastAt: { lt: old } } })
  return sessions.count + challenges.count + codes.count + attempts.count
}
