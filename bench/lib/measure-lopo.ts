import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { App } from '../../src/app.ts'
import { type Measured, runClosedLoop } from './closed-loop.ts'
import { createLopoBot } from './lopo-bot.ts'

const row = z.object({
  fsync: z.string(),
  synchronous_commit: z.string(),
  received: z.number(),
  unhandled: z.number(),
  sent: z.number(),
  unsent: z.number(),
})

/**
 * Measures the house, and then asks its database whether every message of the run is there, handled, and every
 * reply noted as sent. Throws when one is not, or when the server does not write through to the disk.
 */
export async function measureLopo(
  app: App,
  load: { chats: number; warmUpSeconds: number; seconds: number },
): Promise<Measured> {
  const account = randomUUID()
  const bot = createLopoBot(app, account)
  await bot.greet(load.chats)
  const measured = await runClosedLoop(bot, load)
  await app.conversation.idle()
  bot.leave()
  await proveDurable(app, account, measured, load.chats)
  return measured
}

async function proveDurable(app: App, account: string, run: Measured, greeted: number): Promise<void> {
  const { rows } = await app.storage.database.pool.query(
    `WITH c AS (SELECT id FROM chat WHERE account = $1),
       i AS (SELECT handled_at FROM inbox_message JOIN c ON c.id = chat_id),
       o AS (SELECT status FROM outbox_message JOIN c ON c.id = chat_id)
     SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS synchronous_commit,
       (SELECT count(*)::int FROM i) AS received, (SELECT count(*)::int FROM i WHERE handled_at IS NULL) AS unhandled,
       (SELECT count(*)::int FROM o WHERE status = 'sent') AS sent,
       (SELECT count(*)::int FROM o WHERE status <> 'sent') AS unsent`,
    [account],
  )
  const found = row.parse(rows[0])
  // A greeting is one message, answered by the notice and the menu.
  const wanted = { received: run.said + greeted, unhandled: 0, sent: run.heard + 2 * greeted, unsent: 0 }
  const expected = { fsync: 'on', synchronous_commit: 'on', ...wanted }
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    throw new Error(`the database holds ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`)
  }
}
