const chatColumns = `
  c.id AS chat_id, c.contact_id, c.channel, c.account, c.external_id AS chat_external_id, c.session, c.version,
  c.last_message_at, c.held_until,
  ARRAY(SELECT n.version FROM notice_shown n WHERE n.chat_id = c.id) AS notices`

/** Puts messages in the inbox. Who is not known yet, and what is there already, is left out. */
export const receiveSql = `
  WITH told AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[],
      $7::bytea[]) WITH ORDINALITY AS t(channel, account, chat, external_id, sent_at, received_at, body, n)
  ), put AS (
    INSERT INTO inbox_message (chat_id, external_id, sent_at, received_at, body)
    SELECT c.id, t.external_id, t.sent_at, t.received_at, t.body FROM told t
    JOIN chat c ON c.channel = t.channel AND c.account = t.account AND c.external_id = t.chat
    -- In the same order in every process, so that two never wait for each other.
    ORDER BY c.id, t.n
    ON CONFLICT (chat_id, external_id) DO NOTHING
    RETURNING id, chat_id, external_id
  )
  SELECT put.id AS inbox_id, put.external_id, ${chatColumns},
    NOT EXISTS (SELECT 1 FROM inbox_message o WHERE o.chat_id = c.id AND o.handled_at IS NULL)
      AND put.id = min(put.id) OVER (PARTITION BY put.chat_id) AS first
  FROM put JOIN chat c ON c.id = put.chat_id`

/** The oldest message of a chat that nobody handled. */
export const nextSql = `
  SELECT i.id AS inbox_id, i.external_id, i.sent_at, i.body, i.attempts, ${chatColumns}
  FROM inbox_message i JOIN chat c ON c.id = i.chat_id
  WHERE i.chat_id = $1 AND i.handled_at IS NULL
  ORDER BY i.id LIMIT 1`

// One statement is one transaction: a chat whose version moved on changes in nothing.
const saveTurns = (locked: 'wait' | 'skip' | 'mine') => `
  WITH turn AS (
    SELECT * FROM unnest($1::bigint[], $2::int[], $3::bytea[], $4::text[], $5::text[], $6::timestamptz[],
      $7::bytea[], $8::text[], $9::bigint[], $10::text[], $11::text[], $12::text[])
      AS t(chat_id, version, session, flow, step, now, transcript, failure, inbox_id, notice, text_hash, language)
  ), held AS (
    SELECT c.id FROM chat c JOIN turn t ON c.id = t.chat_id ${locked === 'mine' ? '' : 'AND c.version = t.version'}
    FOR NO KEY UPDATE OF c ${locked === 'skip' ? 'SKIP LOCKED' : ''}
  ), handled AS (
    UPDATE inbox_message i SET handled_at = t.now, body = NULL, transcript = t.transcript, failure = t.failure
    FROM turn t JOIN held ON held.id = t.chat_id
    WHERE i.chat_id = t.chat_id AND i.id = t.inbox_id AND i.handled_at IS NULL RETURNING t.*
  ), moved AS (
    UPDATE chat c SET session = t.session, flow = t.flow, step = t.step, version = c.version + 1,
      last_message_at = t.now, state = 'active', language = coalesce(t.language, c.language)
    FROM handled t WHERE c.id = t.chat_id
  ), said AS (
    INSERT INTO outbox_message (chat_id, body, created_at, next_attempt_at)
    SELECT t.chat_id, r.body, t.now, t.now
    FROM unnest($13::bigint[], $14::bytea[]) WITH ORDINALITY AS r(chat_id, body, n)
    JOIN handled t ON t.chat_id = r.chat_id ORDER BY r.n RETURNING id, chat_id, token
  ), noticed AS (
    INSERT INTO notice_shown (chat_id, version, text_hash, shown_at)
    SELECT t.chat_id, t.notice, t.text_hash, t.now FROM handled t WHERE t.notice IS NOT NULL
    ON CONFLICT (chat_id, version) DO NOTHING
  )
  SELECT t.chat_id, ARRAY(SELECT id FROM said WHERE said.chat_id = t.chat_id ORDER BY id) AS ids,
    ARRAY(SELECT token FROM said WHERE said.chat_id = t.chat_id ORDER BY id) AS tokens,
    EXISTS (SELECT 1 FROM outbox_message o WHERE o.chat_id = t.chat_id AND o.settled_at IS NULL
      AND o.kind <> 'broadcast') AS others_wait
  FROM handled t`

/** Saves turns, one a chat, and tells which were saved: whoever finds the version moved on saves nothing. */
export const saveTurnsSql = saveTurns('wait')

/** The same, but a chat that somebody holds is left out: the others are not to wait for it. */
export const saveFreeTurnsSql = saveTurns('skip')

/** The same for whoever has locked the chat and found the version to be the turn's: their own changes do not count. */
export const saveLockedTurnSql = saveTurns('mine')

/**
 * What waits to be sent in a chat, oldest first, besides broadcasts; of replies and of the rest so many each, so that none
 * hides the other.
 */
export const unsentSql = `
  SELECT o.id, o.chat_id, c.channel, c.account, c.external_id AS chat_external_id, o.body, o.kind,
    o.attempts, o.status, o.token, o.created_at, o.next_attempt_at
  FROM (
    SELECT *, row_number() OVER (PARTITION BY kind = 'reply' ORDER BY id) AS place
    FROM outbox_message WHERE chat_id = $1 AND settled_at IS NULL AND kind <> 'broadcast'
  ) o JOIN chat c ON c.id = o.chat_id
  WHERE o.place <= 100 ORDER BY o.id`

/** Puts messages into the outbox; the signal goes out when the transaction is committed. */
export const saySql = `
  WITH said AS (
    INSERT INTO outbox_message (chat_id, body, kind, created_at, next_attempt_at)
    SELECT $1, t.body, $3, $4, $4 FROM unnest($2::bytea[]) WITH ORDINALITY AS t(body, n) ORDER BY t.n RETURNING id
  )
  SELECT ARRAY(SELECT id FROM said ORDER BY id) AS ids, pg_notify('outbox', $1::text)::text AS told`

/**
 * Puts a message for each of many chats into the outbox, in the order of $1, and tells the last one's id of each. Chats that
 * are gone, or whose person blocked the bot, are left out. A broadcast goes the way of broadcasts where there is one, as part
 * of batch $6, and is a notice elsewhere. Of few chats each is signalled; many are found by the sweeps, within seconds and so
 * many at a time: a word for each would have all of them looked up at once, before the answers. For broadcasts one word does.
 */
export const sayManySql = `
  WITH reached AS (
    SELECT c.id, c.channel || ' ' || c.account AS account, t.body, t.n,
      CASE WHEN $3 = 'broadcast' AND c.channel NOT IN ('telegram', 'whatsapp') THEN 'notice' ELSE $3 END AS kind
    FROM unnest($1::bigint[], $2::bytea[]) WITH ORDINALITY AS t(chat_id, body, n)
    JOIN chat c ON c.id = t.chat_id WHERE c.state <> 'stopped' FOR KEY SHARE OF c
  ), said AS (
    INSERT INTO outbox_message (chat_id, body, kind, created_at, next_attempt_at, batch_id, on_account)
    SELECT id, body, kind, $4, $4, CASE WHEN kind = 'broadcast' THEN $6::bigint END,
      CASE WHEN kind = 'broadcast' THEN account END
    FROM reached ORDER BY n
    RETURNING id, chat_id, kind
  ), told AS (SELECT chat_id, kind, max(id) AS id FROM said GROUP BY chat_id, kind)
  SELECT chat_id, id, CASE
    WHEN kind = 'broadcast' THEN (SELECT pg_notify('outbox', 'bulk')::text)
    WHEN (SELECT count(*) FROM told WHERE kind <> 'broadcast') <= $5 THEN pg_notify('outbox', chat_id::text)::text
    END AS signalled
  FROM told`

// After an outbox id, only what the bot said since. A broadcast counts as said once it is being sent.
const latestLines = (which: string, after: string, limit: string) => `
  WITH here AS (SELECT id FROM chat WHERE ${which})
  SELECT id, "from", body, at FROM (
    SELECT o.id::text AS id, 'bot' AS "from", o.body, o.created_at AS at, o.id AS place
    FROM outbox_message o JOIN here ON here.id = o.chat_id
    WHERE (${after}::bigint IS NULL OR o.id > ${after}) AND (o.kind <> 'broadcast' OR o.status NOT IN ('queued', 'suppressed'))
    UNION ALL
    SELECT i.external_id, 'person', i.transcript, i.received_at, i.id
    FROM inbox_message i JOIN here ON here.id = i.chat_id
    WHERE i.transcript IS NOT NULL AND ${after}::bigint IS NULL
    ORDER BY at DESC, "from" ASC, place DESC LIMIT ${limit}
  ) latest ORDER BY at, "from" DESC, place`

/** The last lines of the chat at an address, oldest first; after an outbox id, only what the bot said since. */
export const historySql = latestLines('channel = $1 AND account = $2 AND external_id = $3', '$4', '$5')

/** The last lines of a chat, oldest first. */
export const linesSql = latestLines('id = $1', 'NULL', '$2')

/** What was or is to be said on one account under a token. */
export const outgoingSql = `
  SELECT o.body FROM outbox_message o JOIN chat c ON c.id = o.chat_id
  WHERE o.token = $3 AND c.channel = $1 AND c.account = $2`

/** How many messages went out on one account since a time that nobody had asked for, or may have gone out. */
export const unaskedSql = `
  SELECT count(*)::int AS n FROM outbox_message o JOIN chat c ON c.id = o.chat_id
  WHERE o.kind <> 'reply' AND o.status IN ('sent', 'unknown') AND o.settled_at >= $3 AND c.channel = $1 AND c.account = $2`
