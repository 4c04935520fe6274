import type { Transaction } from '../storage/database.ts'

/**
 * Erases what broadcasts hold of a contact: who they were told, and where an officer has broadcasts shown. What became of the messages
 * stays as a count: they go with the chats. The caller has locked the contact's chats.
 */
export async function eraseBroadcasts(transaction: Transaction, contactId: string): Promise<void> {
  // Messages of broadcasts are sent without holding the chat: none may be taken up after this has looked.
  await transaction.$queryRaw`
    SELECT r.id FROM broadcast_recipient r WHERE r.contact_id = ${contactId}::uuid ORDER BY r.id FOR UPDATE`
  await transaction.$queryRaw`
    SELECT o.id FROM broadcast_recipient r JOIN outbox_message o ON o.id = r.outbox_id
    WHERE r.contact_id = ${contactId}::uuid ORDER BY o.id FOR UPDATE OF o`
  await transaction.$executeRaw`
    UPDATE broadcast_recipient r SET contact_id = NULL, chat_id = NULL, subscription_id = NULL,
      outbox_id = CASE WHEN t.state = 'queued' THEN NULL ELSE r.outbox_id END,
      reason = CASE WHEN t.state IN ('waiting', 'queued') THEN 'erased' ELSE t.reason END,
      status = CASE WHEN t.state IN ('waiting', 'queued', 'left') THEN NULL ELSE t.state END
    FROM (
      SELECT q.id, coalesce(o.failure, q.reason) AS reason,
        CASE WHEN q.status IS NOT NULL THEN q.status
          WHEN q.outbox_id IS NULL THEN CASE WHEN q.reason IS NULL THEN 'waiting' ELSE 'left' END
          WHEN o.id IS NULL THEN 'unknown'
          WHEN o.settled_at IS NULL THEN CASE WHEN o.claimed_at IS NULL THEN 'queued' ELSE 'unknown' END
          WHEN o.status IN ('failed', 'suppressed') THEN o.status WHEN o.status <> 'sent' THEN 'unknown'
          WHEN o.read_at IS NOT NULL THEN 'read' WHEN o.delivered_at IS NOT NULL THEN 'delivered'
          ELSE 'sent' END AS state
      FROM broadcast_recipient q LEFT JOIN outbox_message o ON o.id = q.outbox_id
      WHERE q.contact_id = ${contactId}::uuid) t
    WHERE r.id = t.id`
  await transaction.$executeRaw`
    DELETE FROM broadcast_tester t USING chat c WHERE c.id = t.chat_id AND c.contact_id = ${contactId}::uuid`
  await transaction.contactProfile.deleteMany({ where: { contactId } })
}
