/** The account of channel $1 and name $2, as the broadcasts of the outbox name it. */
const onAccount = "$1::text || ' ' || $2::text"

/**
 * Takes up broadcasts that are due on the account of channel $1 and name $2 at time $3, oldest first: at most $4, looking at no
 * more than $5. Whoever takes them knows from then on that only they send them. Judged at this moment, what is not wanted any
 * more is settled instead, for its reason. Another process, or whoever drops a batch, takes the same row before or not at all.
 * PostgreSQL goes along the index of what waits on the account, and stops when it has enough: what waits on others, however much,
 * costs nothing.
 */
export const claimBulkSql = `
  WITH due AS (
    SELECT o.id, o.chat_id, o.batch_id, o.created_at FROM outbox_message o
    WHERE o.settled_at IS NULL AND o.kind = 'broadcast' AND o.claimed_at IS NULL AND o.next_attempt_at <= $3
      AND o.on_account = ${onAccount}
      -- Written so that PostgreSQL does not take it to leave nearly nothing, and sort all that waits.
      AND CASE WHEN o.batch_id = ANY (ARRAY(SELECT b.id FROM outbox_batch b WHERE b.held AND b.dropped IS NULL))
        THEN false ELSE true END
    -- As the index of what waits has them.
    ORDER BY o.created_at, o.id LIMIT $5 FOR UPDATE SKIP LOCKED
  ), judged AS (
    SELECT due.id, CASE
      WHEN c.state = 'stopped' THEN 'stopped'
      WHEN b.dropped IS NOT NULL THEN b.dropped
      WHEN EXISTS (SELECT 1 FROM opt_out s WHERE s.contact_id = c.contact_id AND s.ended_at IS NULL)
        THEN 'stopped_by_person'
      WHEN cardinality(b.topics) > 0 AND NOT EXISTS (SELECT 1 FROM subscription s
        WHERE s.contact_id = c.contact_id AND s.topic = ANY(b.topics) AND s.ended_at IS NULL) THEN 'unsubscribed'
      WHEN coalesce(b.expires_at, due.created_at + interval '3 days') <= $3 THEN 'expired'
      END AS reason
    FROM due JOIN chat c ON c.id = due.chat_id LEFT JOIN outbox_batch b ON b.id = due.batch_id
  ), placed AS (
    SELECT id, reason, row_number() OVER (PARTITION BY reason IS NULL ORDER BY id) AS place FROM judged
  ), taken AS (
    UPDATE outbox_message o SET
      status = CASE WHEN p.reason IS NULL THEN 'unknown' WHEN p.reason = 'stopped' THEN 'failed' ELSE 'suppressed' END,
      failure = p.reason,
      claimed_at = CASE WHEN p.reason IS NULL THEN $3::timestamptz END,
      settled_at = CASE WHEN p.reason IS NOT NULL THEN $3::timestamptz END
    FROM placed p WHERE o.id = p.id AND (p.reason IS NOT NULL OR p.place <= $4)
    RETURNING o.id, o.chat_id, o.batch_id, o.token, o.attempts, p.reason, CASE WHEN p.reason IS NULL THEN o.body END AS body
  )
  SELECT t.*, c.channel, c.account, c.external_id AS chat_external_id
  FROM taken t JOIN chat c ON c.id = t.chat_id ORDER BY t.id`

/**
 * Lets the broadcasts $1, taken up at $2 and surely not sent, go out at $4 at the earliest, because of $3: those that are still
 * held by who took them then.
 */
export const giveBackBulkSql = `
  UPDATE outbox_message SET status = 'queued', claimed_at = NULL, failure = $3, next_attempt_at = $4, attempts = attempts + 1
  WHERE id = ANY($1::bigint[]) AND claimed_at = $2 AND settled_at IS NULL`

/** Settles as unknown, at $3, what was taken up on the account of channel $1 and name $2 besides $4: who took it is gone. */
export const takeOverBulkSql = `
  UPDATE outbox_message o SET status = 'unknown', failure = 'unknown', settled_at = $3, attempts = attempts + 1
  WHERE o.settled_at IS NULL AND o.kind = 'broadcast' AND o.claimed_at IS NOT NULL AND o.id <> ALL ($4::bigint[])
    AND o.on_account = ${onAccount}
  RETURNING o.batch_id`
