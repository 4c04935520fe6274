import type pg from 'pg'

/** How long what was said is kept, in days. */
export const retentionDays = { transcript: 90, unread: 7 } as const

const batch = 5_000

/** Gives up at $2 what nobody came to read since $1; of broadcasts only what is past its own time too, and is not held. */
const giveUpSqls = [
  `UPDATE outbox_message SET status = 'failed', failure = 'expired', settled_at = $2
   WHERE settled_at IS NULL AND kind <> 'broadcast' AND created_at < $1`,
  `UPDATE outbox_message SET settled_at = $2,
     status = CASE WHEN claimed_at IS NULL THEN 'suppressed' ELSE 'unknown' END,
     failure = CASE WHEN claimed_at IS NULL THEN 'expired' ELSE 'unknown' END
   WHERE settled_at IS NULL AND kind = 'broadcast' AND created_at < $1
     AND (batch_id IS NULL OR batch_id NOT IN (SELECT id FROM outbox_batch WHERE expires_at > $2 OR held AND dropped IS NULL))`,
]

/**
 * Deletes handled and settled messages older than the retention with the batches that they were of, and gives up what nobody
 * came to read for a week, and broadcasts whose time is over.
 * Small statements, so that messages of the hour are not held up. Returns how many rows went.
 */
export async function purgeConversations(pool: pg.Pool, now: Date): Promise<number> {
  const before = (days: number) => new Date(now.getTime() - days * 86_400_000)
  for (const sql of giveUpSqls) await pool.query(sql, [before(retentionDays.unread), now])
  const statements = [
    `DELETE FROM inbox_message WHERE id IN
      (SELECT id FROM inbox_message WHERE handled_at < $1 ORDER BY handled_at LIMIT ${batch})`,
    `DELETE FROM outbox_message WHERE id IN
      (SELECT id FROM outbox_message WHERE settled_at < $1 LIMIT ${batch})`,
    `DELETE FROM outbox_batch WHERE id IN
      (SELECT id FROM outbox_batch b WHERE created_at < $1
        AND NOT EXISTS (SELECT 1 FROM outbox_message o WHERE o.batch_id = b.id) LIMIT ${batch})`,
  ]
  let gone = 0
  for (const statement of statements) {
    for (;;) {
      const { rowCount } = await pool.query(statement, [before(retentionDays.transcript)])
      gone += rowCount ?? 0
      if ((rowCount ?? 0) < batch) break
    }
  }
  return gone
}
