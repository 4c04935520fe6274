/** Locks a chat until the end of the transaction. */
export const lockSql = 'SELECT id FROM chat WHERE id = $1 FOR NO KEY UPDATE'

/** How a locked chat stands. A statement of its own: one that waits for the lock would not see notices shown meanwhile. */
export const lockedSql = `
  SELECT c.session, c.version, c.last_message_at,
    ARRAY(SELECT n.version FROM notice_shown n WHERE n.chat_id = c.id) AS notices
  FROM chat c WHERE c.id = $1`

/** Has a person answer in the chat until then. A turn that was begun before is done again: its version is gone. */
export const holdSql = 'UPDATE chat SET held_until = $2, version = version + 1 WHERE id = $1'

/** Puts a session in the place of the chat's. What the program opens counts as the chat's last message. */
export const standSql = `
  UPDATE chat SET session = $2, flow = $3, step = $4, version = version + 1, last_message_at = $5 WHERE id = $1`

/** Notes that the chat is shown a version of the privacy notice. */
export const noticedSql = `
  INSERT INTO notice_shown (chat_id, version, text_hash, shown_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (chat_id, version) DO NOTHING`

/** What became of messages of the outbox. What was not sent because nobody wanted it any more counts as failed here. */
export const deliveriesSql = `
  SELECT id, CASE WHEN status = 'suppressed' THEN 'failed' WHEN status <> 'sent' THEN status WHEN read_at IS NOT NULL THEN 'read'
    WHEN delivered_at IS NOT NULL THEN 'delivered' ELSE status END AS delivery
  FROM outbox_message WHERE id = ANY($1::bigint[])`
