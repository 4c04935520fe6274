import { z } from 'zod'
import type { App } from '../../src/app.ts'
import type { PhoneReport } from './phones.ts'

const settings = z.object({ fsync: z.string(), synchronous_commit: z.string() })
const chat = z.object({
  ...{ jid: z.string(), inbox: z.array(z.string()), unhandled: z.number() },
  ...{ outbox: z.array(z.string()), unsent: z.number(), undelivered: z.number() },
})

/** How long the last receipts may take to be noted. Milliseconds. */
const patience = 10_000

/**
 * Asks the phones and the database whether all that was said is in the inbox, once, in its order and handled, and all that
 * the outbox has was read on the phones, once and in its order. Throws when it is not so, or when the server does not write
 * through to the disk. `unkept` messages a person were sent past the outbox.
 */
export async function proveWhatsApp(app: App, report: PhoneReport, unkept: number): Promise<void> {
  const { pool } = app.storage.database
  const { rows } = await pool.query(
    `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS synchronous_commit`,
  )
  same('the database', settings.parse(rows[0]), { fsync: 'on', synchronous_commit: 'on' })
  const { lost, wrong, outstanding, errors, people } = report
  same('the phones', { lost, wrong, outstanding, errors }, { lost: 0, wrong: 0, outstanding: 0, errors: [] })
  const kept = await settledChats(app)
  for (const { jid, said, heard, repeated, unread } of people) {
    same(`the phone of ${jid}`, { repeated, unread }, { repeated: 0, unread: 0 })
    const { outbox, inbox, ...rest } = kept.find((one) => one.jid === jid) ?? {}
    same(`the chat of ${jid}`, rest, { jid, unhandled: 0, unsent: 0, undelivered: 0 })
    same(`the inbox of ${jid}`, inbox, said)
    const known = new Set(outbox)
    const answers = heard.filter((id) => known.has(id))
    same(`the outbox of ${jid}`, outbox, answers)
    same(`what ${jid} heard past the outbox`, heard.length - answers.length, unkept)
  }
}

/** The largest value of the Signal protocol that the account keeps, sealed, in bytes: it must not grow with every message. */
export async function largestKeptKey({ storage }: App): Promise<number> {
  const { rows } = await storage.database.pool.query(
    'SELECT coalesce(max(length(value)), 0) AS bytes FROM whatsapp_key',
  )
  return z.object({ bytes: z.number() }).parse(rows[0]).bytes
}

/** The chats once every receipt is noted, or as they are when that takes too long. */
async function settledChats(app: App): Promise<readonly z.infer<typeof chat>[]> {
  const until = performance.now() + patience
  for (;;) {
    const chats = await readChats(app)
    if (chats.every(({ undelivered }) => undelivered === 0) || performance.now() > until) return chats
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** What is sent has its id of the outbox's token: every message here is one part. */
async function readChats({ storage }: App): Promise<readonly z.infer<typeof chat>[]> {
  const { rows } = await storage.database.pool.query(
    `SELECT c.external_id AS jid, i.*, o.* FROM chat c
     CROSS JOIN LATERAL (
       SELECT coalesce(array_agg(external_id ORDER BY id), '{}') AS inbox,
         (count(*) FILTER (WHERE handled_at IS NULL))::int AS unhandled
       FROM inbox_message WHERE chat_id = c.id) i
     CROSS JOIN LATERAL (
       SELECT coalesce(array_agg('3EB0' || upper(token) || '00' ORDER BY id), '{}') AS outbox,
         (count(*) FILTER (WHERE status <> 'sent'))::int AS unsent,
         (count(*) FILTER (WHERE delivered_at IS NULL))::int AS undelivered
       FROM outbox_message WHERE chat_id = c.id) o
     WHERE c.channel = 'whatsapp'`,
  )
  return z.array(chat).parse(rows)
}

function same(what: string, found: unknown, wanted: unknown): void {
  const [is, should] = [JSON.stringify(found), JSON.stringify(wanted)]
  if (is !== should) throw new Error(`${what}: ${is?.slice(0, 500)}, not ${should?.slice(0, 500)}`)
}
