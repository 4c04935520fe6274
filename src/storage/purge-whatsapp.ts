import type pg from 'pg'

const retentionDays = 14
const batch = 5_000

/**
 * Deletes what was kept to be sent again, and what came in and was never handed over, after two weeks; also the empty rows of
 * deleted keys. Returns how many messages went.
 */
export async function purgeWhatsApp(pool: pg.Pool, now: Date): Promise<number> {
  const before = new Date(now.getTime() - retentionDays * 86_400_000)
  const sent = `DELETE FROM whatsapp_sent WHERE (account, id) IN
    (SELECT account, id FROM whatsapp_sent WHERE sent_at < $1 ORDER BY sent_at LIMIT ${batch})`
  const arrivals = `DELETE FROM whatsapp_arrival WHERE id IN
    (SELECT id FROM whatsapp_arrival WHERE received_at < $1 LIMIT ${batch})`
  // A key that somebody writes just now is left alone: waiting for several in no order could block both.
  const keys = `DELETE FROM whatsapp_key WHERE (account, type, id_hash) IN
    (SELECT account, type, id_hash FROM whatsapp_key WHERE value IS NULL LIMIT ${batch} FOR UPDATE SKIP LOCKED)`
  await deleteAll(pool, keys, [])
  return (await deleteAll(pool, sent, [before])) + (await deleteAll(pool, arrivals, [before]))
}

async function deleteAll(pool: pg.Pool, statement: string, values: readonly unknown[]): Promise<number> {
  for (let gone = 0; ; ) {
    const { rowCount } = await pool.query(statement, [...values])
    gone += rowCount ?? 0
    if ((rowCount ?? 0) < batch) return gone
  }
}
