/**
 * Chats in which something can go out at time $1, at most $2. Of replies and of the rest only the first one that waits
 * counts, as they are sent in their order, and a reply that is not due yet holds up all behind it. Judged by any other row, a
 * chat in which nothing can go out would take the place of one in which something can. Answers go before all else. Broadcasts
 * go another way, and are not looked at.
 */
const chatsDue = (which: string) => `
  WITH first AS (
    SELECT DISTINCT ON (o.chat_id, o.kind = 'reply') o.chat_id, o.id, o.kind = 'reply' AS asked,
      o.next_attempt_at <= $1 AS due
    FROM outbox_message o JOIN chat c ON c.id = o.chat_id
    WHERE o.settled_at IS NULL AND o.kind <> 'broadcast' AND ${which}
    ORDER BY o.chat_id, o.kind = 'reply', o.id
  ), judged AS (
    SELECT *, lag(asked AND NOT due) OVER (PARTITION BY chat_id ORDER BY id) AS held FROM first
  )
  SELECT chat_id AS id FROM judged WHERE due AND held IS NOT TRUE
  GROUP BY chat_id ORDER BY bool_or(asked) DESC, min(id) LIMIT $2`

/** Such chats on the accounts of channels $3 and names $4. */
export const chatsWithUnsentSql = chatsDue(
  '(c.channel, c.account) IN (SELECT * FROM unnest($3::text[], $4::text[]))',
)

/** Such chats of the people $5 on the account of channel $3 and name $4. */
export const chatsWithUnsentAtSql = chatsDue(
  'c.channel = $3 AND c.account = $4 AND c.external_id = ANY($5::text[])',
)
