import type { Database } from './database.ts'

/** How long it is known which message of the staff group belongs to which ticket, in days. */
const lineDays = 365

/** Forgets where tickets were told that are erased by now, and lines of a year ago. Returns how many rows went. */
export async function purgeTicketTopics(prisma: Database, now: Date): Promise<number> {
  const before = new Date(now.getTime() - lineDays * 86_400_000)
  const lines = await prisma.ticketTopicLine.deleteMany({ where: { at: { lt: before } } })
  const topics = await prisma.$executeRaw`
    DELETE FROM ticket_topic p USING ticket t WHERE t.id = p.number AND t.erased_at IS NOT NULL`
  return lines.count + topics
}
