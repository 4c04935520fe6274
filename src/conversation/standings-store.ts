import type pg from 'pg'
import { z } from 'zod'

const row = z.object({ step: z.string(), people: z.number() })

/** How many chats of the last day stand at each step, as `flow/step`, most first. */
export async function standings(pool: pg.Pool): Promise<readonly z.infer<typeof row>[]> {
  const { rows } = await pool.query(
    `SELECT flow || '/' || step AS step, count(*)::int AS people FROM chat
     WHERE flow IS NOT NULL AND last_message_at > now() - interval '1 day' GROUP BY 1 ORDER BY 2 DESC, 1`,
  )
  return rows.map((found) => row.parse(found))
}
