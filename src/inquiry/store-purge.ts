import type { Database } from '../storage/database.ts'

/** How long what was written in a ticket is kept after it was closed, in days. */
const ticketRetentionDays = 365

const batch = 500

/**
 * Erases entries and details of tickets that were closed or merged a year ago. The row stays, without content, so that its
 * number is never given again and what was promised can be counted. Returns how many tickets went.
 */
export async function purgeTickets(prisma: Database, now: Date): Promise<number> {
  const before = new Date(now.getTime() - ticketRetentionDays * 86_400_000)
  let gone = 0
  for (;;) {
    const where = { erasedAt: null, closedAt: { lt: before }, state: { in: ['closed', 'merged'] } }
    const rows = await prisma.ticket.findMany({ where, select: { id: true }, take: batch })
    const ids = rows.map(({ id }) => id)
    await prisma.$transaction(async (transaction) => {
      // Somebody may have opened one again since.
      const still = await transaction.ticket.updateManyAndReturn({
        where: { ...where, id: { in: ids } },
        data: { erasedAt: now, details: null, matterHash: null },
        select: { id: true },
      })
      await transaction.ticketEntry.deleteMany({ where: { ticketId: { in: still.map(({ id }) => id) } } })
      gone += still.length
    })
    if (ids.length < batch) return gone
  }
}
