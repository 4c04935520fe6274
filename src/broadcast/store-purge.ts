import type { Database } from '../storage/database.ts'
import { recipientSql } from './sending/recipient-sql.ts'
import { createFigureStore } from './sending/store-figures.ts'

/** How long it is kept who was told, in days after a broadcast ended. */
const retentionDays = 90
/** Until then figures may change: people answer, and messages arrive. */
const liveDays = 14
/** Messages are deleted 90 days after they were settled: what became of them is noted before. */
const noteDays = 80

const dayMs = 86_400_000
const batch = 5_000

/**
 * Notes what became of messages that are soon deleted, keeps the figures of broadcasts that are over, and deletes who was told 90
 * days after the end. Returns how many recipients went.
 */
export async function purgeBroadcasts(prisma: Database, now: Date): Promise<number> {
  await noteOutcomes(prisma, now)
  await keepFigures(prisma, now)
  const before = daysBefore(now, retentionDays)
  for (let gone = 0; ; ) {
    const count = await prisma.$executeRaw`
      DELETE FROM broadcast_recipient WHERE id IN (
        SELECT r.id FROM broadcast b JOIN broadcast_recipient r ON r.broadcast_id = b.id
        WHERE b.ended_at < ${before} AND b.figures IS NOT NULL LIMIT ${batch})`
    gone += count
    if (count < batch) return gone
  }
}

async function noteOutcomes(prisma: Database, now: Date): Promise<void> {
  const which = 'r.status IS NULL AND o.settled_at < $2::timestamptz'
  const sql = `UPDATE broadcast_recipient r SET status = t.state, reason = t.reason
    FROM (${recipientSql(which)} LIMIT ${batch}) t WHERE r.id = t.id`
  while ((await prisma.$executeRawUnsafe(sql, now, daysBefore(now, noteDays))) === batch);
}

/** Those that ended lately are counted once more; the others stay as they are. */
async function keepFigures(prisma: Database, now: Date): Promise<void> {
  const figures = createFigureStore()
  const rows = await prisma.broadcast.findMany({
    where: { endedAt: { gte: daysBefore(now, liveDays + 1) } },
    select: { id: true },
  })
  for (const { id } of rows) {
    const counted = (await figures.of(prisma, [Number(id)], now)).get(Number(id))
    if (counted === undefined) continue
    const data = { figures: { ...counted, reasons: { ...counted.reasons } } }
    await prisma.broadcast.update({ where: { id }, data, select: { id: true } })
  }
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * dayMs)
}
