import type { Transaction } from './database.ts'

/** Every table with a column `contact_id`. */
export const contactTables = [
  'chat',
  'subscription',
  'opt_out',
  'ticket',
  'check_link',
  'check_attempt',
  'registration',
  'contact_profile',
  'broadcast_recipient',
  'shop',
  'shop_consent',
  'product_report',
] as const

/**
 * Makes two contacts that turned out to be one person one: all that hangs on the younger is the older's from then on, and the
 * younger is deleted. Turns of their chats that are under way begin again.
 */
export async function joinContacts(transaction: Transaction, one: string, other: string): Promise<void> {
  // What a turn does for a contact it does while it holds the chat: so the chats first, in the order of all who take several.
  await transaction.$queryRaw`
    SELECT id FROM chat WHERE contact_id IN (${one}::uuid, ${other}::uuid) ORDER BY id FOR NO KEY UPDATE`
  const [older, younger] = await transaction.contact.findMany({
    where: { id: { in: [one, other] } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  if (older === undefined || younger === undefined) return
  // Whoever read the chat before this knows its contact no more: the version tells them to read it again.
  await transaction.$executeRaw`UPDATE chat SET version = version + 1 WHERE contact_id = ${younger.id}::uuid`
  await leaveOne(transaction, older.id, younger.id)
  for (const table of contactTables) {
    await transaction.$executeRawUnsafe(
      `UPDATE ${table} SET contact_id = $1::uuid WHERE contact_id = $2::uuid`,
      older.id,
      younger.id,
    )
  }
  await transaction.contact.delete({ where: { id: younger.id } })
}

/** Where a contact has one row only, one of the two is left: what the person told last, and being told once. */
async function leaveOne(transaction: Transaction, older: string, younger: string): Promise<void> {
  await transaction.$executeRaw`
    DELETE FROM contact_profile p USING contact_profile q
    WHERE p.contact_id IN (${older}::uuid, ${younger}::uuid) AND q.contact_id IN (${older}::uuid, ${younger}::uuid)
      AND (p.changed_at, p.contact_id) < (q.changed_at, q.contact_id)`
  await tellOnce(transaction, older, younger)
  // Of a broadcast that both are in, the younger's row is nobody's any more. Its message, where there is one, was for the person too.
  await transaction.$executeRaw`
    UPDATE broadcast_recipient r SET contact_id = NULL, reason = CASE WHEN r.outbox_id IS NULL THEN coalesce(r.reason, 'erased') ELSE r.reason END
    FROM broadcast_recipient o
    WHERE r.contact_id = ${younger}::uuid AND o.contact_id = ${older}::uuid AND o.broadcast_id = r.broadcast_id`
}

/** Of a broadcast that both are in at most one message goes out: none more where one went already, or may have. */
async function tellOnce(transaction: Transaction, older: string, younger: string): Promise<void> {
  await transaction.$executeRaw`
    UPDATE broadcast_recipient o SET reason = 'erased' FROM broadcast_recipient r
    WHERE o.contact_id = ${older}::uuid AND r.contact_id = ${younger}::uuid AND o.broadcast_id = r.broadcast_id
      AND r.outbox_id IS NOT NULL AND o.outbox_id IS NULL AND o.reason IS NULL`
  // The younger's waits for nothing where the older has one; then the older's, where the younger's is under way or gone.
  for (const [given, kept] of [
    [younger, older],
    [older, younger],
  ]) {
    await transaction.$executeRaw`
      WITH waiting AS (
        SELECT m.id FROM broadcast_recipient r
        JOIN broadcast_recipient k ON k.broadcast_id = r.broadcast_id AND k.contact_id = ${kept}::uuid
        JOIN outbox_message m ON m.id = r.outbox_id JOIN outbox_message other ON other.id = k.outbox_id
        WHERE r.contact_id = ${given}::uuid AND m.settled_at IS NULL AND m.claimed_at IS NULL
          AND other.status NOT IN ('failed', 'suppressed')
        ORDER BY m.id FOR UPDATE OF m
      )
      UPDATE outbox_message m SET status = 'suppressed', failure = 'erased', settled_at = now()
      FROM waiting WHERE m.id = waiting.id`
  }
}
