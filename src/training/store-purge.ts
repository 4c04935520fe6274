import type { Database, Transaction } from '../storage/database.ts'

/** How long who took part is kept after a course ended, in days: as is promised to whoever registers. */
const retentionDays = 2 * 365

/** How long wrong attendance codes count, in days. */
const triesDays = 1

const dayMs = 86_400_000
const batch = 500

/**
 * Erases who was registered for courses that ended two years ago, with certificates and all that was written, and wrong attendance
 * codes of yesterday. Rows stay, without content, so that numbers are never given again and seats can be counted. Returns how many
 * registrations went.
 */
export async function purgeTrainings(prisma: Database, now: Date): Promise<number> {
  await prisma.attendanceTry.deleteMany({ where: { at: { lt: daysBefore(now, triesDays) } } })
  const before = daysBefore(now, retentionDays)
  const isOver = { OR: [{ endedAt: { lt: before } }, { endedAt: null, endsAt: { lt: before } }] }
  for (let gone = 0; ; ) {
    const rows = await prisma.registration.findMany({
      where: { erasedAt: null, course: isOver },
      select: { id: true },
      orderBy: { id: 'asc' },
      take: batch,
    })
    const ids = rows.map(({ id }) => id)
    await prisma.$transaction((transaction) => erase(transaction, ids, now))
    gone += ids.length
    if (ids.length < batch) return gone
  }
}

async function erase(transaction: Transaction, ids: readonly bigint[], now: Date): Promise<void> {
  const registrationId = { in: [...ids] }
  await transaction.registration.updateMany({
    where: { id: registrationId },
    data: {
      ...{ contactId: null, chatId: null, personHash: null, details: null, note: null, erasedAt: now },
      // An officer's words about the person.
      reason: null,
    },
  })
  await transaction.registrationChange.updateMany({ where: { registrationId }, data: { reason: null } })
  await transaction.certificate.updateMany({
    where: { registrationId },
    data: { printed: null, revokeReason: null },
  })
  await transaction.registrationNotice.deleteMany({ where: { registrationId } })
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * dayMs)
}
