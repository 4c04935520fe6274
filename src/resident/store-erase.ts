import type { AuditTrail } from '../staff/audit-trail.ts'
import type { Database, Transaction } from '../storage/database.ts'
import { eraseBroadcasts } from './store-erase-broadcasts.ts'
import { eraseShops } from './store-erase-market.ts'
import { eraseRegistrations } from './store-erase-registrations.ts'

const batch = 50
const standing = ['open', 'answered', 'confirming']

/** Has all that is kept of a contact erased from `at` on, once no matter of theirs is open. */
export async function eraseLater(transaction: Transaction, contactId: string, at: Date): Promise<void> {
  await transaction.contact.updateMany({ where: { id: contactId, eraseAt: null }, data: { eraseAt: at } })
}

/**
 * Erases what is kept of contacts who asked for it: chats with all that was written and said, subscriptions, what their
 * tickets and registrations hold, their shops; their files go with the next purge of media. Left are tickets and registrations without
 * content, status checks until their retention ends (they are the limit on guessing), and the trail. Returns how many contacts
 * went.
 */
export async function eraseContacts(
  { prisma, audit }: { readonly prisma: Database; readonly audit: AuditTrail<Transaction> },
  now: Date,
): Promise<number> {
  const due = await prisma.contact.findMany({
    where: { eraseAt: { lte: now } },
    select: { id: true },
    orderBy: { eraseAt: 'asc' },
    take: batch,
  })
  let gone = 0
  for (const { id } of due) {
    gone += await prisma.$transaction(async (transaction) => {
      if (!(await eraseContact(transaction, id, now))) return 0
      const actor = { type: 'system', id: 'retention' } as const
      await audit.record(transaction, { at: now, actor, action: 'resident.erase', subject: id })
      return 1
    })
  }
  return gone
}

async function eraseContact(transaction: Transaction, contactId: string, now: Date): Promise<boolean> {
  // What is under way in a chat ends first; and nothing begins before this ends. Whoever tells many chats something holds a course,
  // for which this waits: they may still name the chats.
  await transaction.$queryRaw`
    SELECT id FROM chat WHERE contact_id = ${contactId}::uuid ORDER BY id FOR NO KEY UPDATE`
  const where = { contactId }
  if ((await transaction.ticket.count({ where: { ...where, state: { in: standing } } })) > 0) return false
  const tickets = await transaction.ticket.updateManyAndReturn({
    where,
    data: { erasedAt: now, details: null, matterHash: null },
    select: { id: true },
  })
  await transaction.ticketEntry.deleteMany({ where: { ticketId: { in: tickets.map(({ id }) => id) } } })
  await eraseRegistrations(transaction, contactId, now)
  await eraseBroadcasts(transaction, contactId)
  await eraseShops(transaction, contactId)
  await transaction.subscription.deleteMany({ where })
  await transaction.optOut.deleteMany({ where })
  await transaction.checkLink.deleteMany({ where })
  await transaction.$executeRaw`
    UPDATE media_file m SET kept_at = NULL, created_at = LEAST(m.created_at, ${hourBefore(now)}::timestamptz)
    FROM chat c WHERE c.contact_id = ${contactId}::uuid
      AND m.owner = c.channel || ':' || c.account || ':' || c.external_id`
  // With the contact go its chats, and with them all that was written and said.
  const { count } = await transaction.contact.deleteMany({ where: { id: contactId } })
  return count > 0
}

/** Files that no step took are erased once they are an hour old. */
function hourBefore(now: Date): Date {
  return new Date(now.getTime() - 3_600_001)
}
