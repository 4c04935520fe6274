/**
 * What became of recipients: a table expression with the rows of `broadcast_recipient` that are `which`. `$1` is the moment by which
 * it is asked. A message that was taken up long ago and never settled may have been sent: nobody knows.
 */
export function recipientSql(which: string): string {
  return `
    SELECT r.id, r.broadcast_id, r.contact_id, r.chat_id, r.subscription_id, r.channel,
      CASE WHEN r.status IS NOT NULL THEN r.status
        WHEN r.outbox_id IS NULL THEN CASE WHEN r.reason IS NULL THEN 'waiting' ELSE 'suppressed' END
        WHEN o.id IS NULL THEN 'unknown'
        WHEN o.settled_at IS NULL THEN
          CASE WHEN o.status = 'unknown' AND o.claimed_at < $1::timestamptz - interval '10 minutes' THEN 'unknown'
            ELSE 'queued' END
        WHEN o.status IN ('failed', 'suppressed') THEN o.status
        WHEN o.status <> 'sent' THEN 'unknown'
        WHEN o.read_at IS NOT NULL THEN 'read' WHEN o.delivered_at IS NOT NULL THEN 'delivered'
        ELSE 'sent' END AS state,
      coalesce(o.failure, r.reason) AS reason, o.settled_at, o.delivered_at, o.read_at
    FROM broadcast_recipient r LEFT JOIN outbox_message o ON o.id = r.outbox_id
    WHERE ${which}`
}

/** Whether a person did something within three days after they were told, of rows of the table expression. */
const within = (moment: string) =>
  `${moment} > t.settled_at AND ${moment} <= t.settled_at + interval '3 days'`

/** Whether the person wanted no more news after they were told: none at all, or none of what they were told by. */
export const stoppedSql = `(EXISTS (SELECT 1 FROM opt_out s WHERE s.contact_id = t.contact_id AND ${within('s.started_at')})
  OR EXISTS (SELECT 1 FROM subscription u WHERE u.id = t.subscription_id AND ${within('u.ended_at')}))`

/** Whether the person wrote after they were told, other than to stop. */
export const repliedSql = `EXISTS (SELECT 1 FROM chat c WHERE c.id = t.chat_id AND c.last_message_at > t.settled_at)
  AND EXISTS (SELECT 1 FROM inbox_message i WHERE i.chat_id = t.chat_id AND ${within('i.received_at')})
  AND NOT ${stoppedSql}`
