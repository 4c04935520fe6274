/**
 * Notes news of messages in one statement, in any order and however often: that one arrived is never undone, and holds
 * also for one that was not settled yet or was held for failed.
 */
export const noteProgressSql = `
  WITH news AS (
    SELECT token,
      min(at) FILTER (WHERE state IN ('delivered', 'read')) AS delivered_at,
      min(at) FILTER (WHERE state = 'read') AS read_at,
      min(failure) FILTER (WHERE state = 'failed') AS failure
    FROM unnest($4::text[], $5::text[], $6::timestamptz[], $7::text[]) AS t(token, state, at, failure)
    GROUP BY token
  ), held AS (
    SELECT o.id, news.* FROM news
    JOIN outbox_message o ON o.token = news.token
    JOIN chat c ON c.id = o.chat_id AND c.channel = $1 AND c.account = $2
    -- In the order of their ids, so that two processes never wait for each other.
    ORDER BY o.id FOR NO KEY UPDATE OF o
  )
  UPDATE outbox_message o SET
    status = CASE WHEN coalesce(o.delivered_at, held.delivered_at) IS NULL THEN 'failed' ELSE 'sent' END,
    failure = CASE WHEN coalesce(o.delivered_at, held.delivered_at) IS NULL THEN held.failure END,
    delivered_at = coalesce(o.delivered_at, held.delivered_at),
    read_at = coalesce(o.read_at, held.read_at),
    settled_at = coalesce(o.settled_at, $3)
  FROM held WHERE o.id = held.id
    -- What tells nothing new is no write.
    AND (o.delivered_at IS NULL OR (o.read_at IS NULL AND held.read_at IS NOT NULL))`

/**
 * Has a message tried again later, unless it was settled meanwhile. Once in doubt it stays so until it is settled, and from
 * then on only tries that end in doubt are counted: neither the pace nor an outage uses them up.
 */
export const postponeSql = `
  UPDATE outbox_message SET next_attempt_at = $2, failure = $3,
    status = CASE WHEN $3 = 'unknown' THEN 'unknown' ELSE status END,
    attempts = CASE
      WHEN status <> 'unknown' AND $3 = 'unknown' THEN 1
      WHEN status = 'unknown' AND $3 <> 'unknown' THEN attempts
      ELSE attempts + 1 END
  WHERE id = $1 AND settled_at IS NULL`

/** Settles all that waits in chat $1 as failed, because of $2, at $3. What is being sent just now settles as it ends. */
export const failWaitingSql = `
  UPDATE outbox_message SET status = 'failed', failure = $2, settled_at = $3
  WHERE chat_id = $1 AND settled_at IS NULL AND claimed_at IS NULL`
