import type pg from 'pg'

/** How long what was said is kept, in days. */
export const retentionDays = { transcript: 90, unread: 7 } as const

const batch = 5_000

/**
 * Deletes handled and settled messages older than the retention, and gives up what nobody came to read for a week.
 * Small statements, so that messages of the hour are not held up. Returns how many rows went.
 */
export async function purgeConversations(pool: pg.Pool, now: Date): Promise<number> {
  const before = (days: number) => new Date(now.getTime() - days * 86_400_000)
  await pool.query(
    `UPDATE outbox_message SET status = 'failed', failure = 'expired', settled_at = $2
     WHERE settled_at IS NULL AND created_at < $1`,
    [before(retentionDays.unread), now],
  )
  const statements = [
    `DELETE FROM inbox_message WHERE id IN
      (SELECT id FROM inbox_message WHERE handled_at < $1 ORDER BY handled_at LIMIT ${batch})`,
    `DELETE FROM outbox_message WHERE id IN
      (SELECT id FROM outbox_message WHERE settled_at < $1 LIMIT ${batch})`,
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
