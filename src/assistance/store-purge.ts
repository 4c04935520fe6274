import type { Database } from '../storage/database.ts'

/** How long checks count and are kept, in days. The limits look back seven. */
const checkRetentionDays = 30

const day = 86_400_000

/** Deletes old checks, and links that nobody can use any more. Returns how many rows went. */
export async function purgeChecks(prisma: Database, now: Date): Promise<number> {
  const before = (days: number) => new Date(now.getTime() - days * day)
  const attempts = await prisma.checkAttempt.deleteMany({ where: { at: { lt: before(checkRetentionDays) } } })
  const links = await prisma.checkLink.deleteMany({ where: { expiresAt: { lt: before(1) } } })
  return attempts.count + links.count
}
