import type { Transaction } from '../storage/database.ts'

/** In these a person waits for a seat or a decision, and in these they have a seat to give up: see src/training/registration.ts. */
const waiting = ['registered', 'screened', 'interview', 'reserve']
const seated = ['offered', 'accepted', 'attending']

/**
 * Erases what registrations for trainings hold of a contact. Those that stand are given up, so that their seats are free. Left are
 * rows without content. The caller has locked the contact's chats.
 */
export async function eraseRegistrations(
  transaction: Transaction,
  contactId: string,
  now: Date,
): Promise<void> {
  const rows = await transaction.registration.findMany({
    where: { contactId },
    select: { id: true, courseId: true },
  })
  if (rows.length === 0) return
  const ids = rows.map(({ id }) => id)
  const courseIds = [...new Set(rows.map(({ courseId }) => courseId))]
  // Seats change only while their course is held; of several in the order of all who take several.
  await transaction.$queryRaw`
    SELECT id FROM course WHERE id = ANY(${courseIds}) ORDER BY id FOR NO KEY UPDATE`
  await giveUp(transaction, { ids, from: waiting, to: 'cancelled' }, now)
  await giveUp(transaction, { ids, from: seated, to: 'withdrawn' }, now)
  const registrationId = { in: ids }
  await transaction.registration.updateMany({
    where: { id: registrationId },
    data: {
      ...{ contactId: null, chatId: null, personHash: null, details: null, note: null, reason: null },
      erasedAt: now,
    },
  })
  await transaction.registrationChange.updateMany({ where: { registrationId }, data: { reason: null } })
  await transaction.certificate.updateMany({
    where: { registrationId },
    data: { printed: null, revokeReason: null },
  })
  await transaction.registrationNotice.deleteMany({ where: { registrationId } })
}

async function giveUp(
  transaction: Transaction,
  { ids, from, to }: { readonly ids: readonly bigint[]; readonly from: string[]; readonly to: string },
  now: Date,
): Promise<void> {
  const given = await transaction.registration.updateManyAndReturn({
    where: { id: { in: [...ids] }, state: { in: from } },
    data: { state: to, stateAt: now, offerUntil: null },
    select: { id: true },
  })
  await transaction.registrationChange.createMany({
    data: given.map(({ id }) => ({ registrationId: id, state: to, actor: 'resident', at: now })),
  })
}
