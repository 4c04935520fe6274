import pg from 'pg'
import { createTelegramChannel } from '../../src/channels/telegram.ts'
import { createBulkSender } from '../../src/conversation/bulk-sender.ts'
import { createBulkStore } from '../../src/conversation/bulk-store.ts'
import { createOutboxStore } from '../../src/conversation/outbox-store.ts'
import { createSettler } from '../../src/conversation/settle.ts'
import { createLogger } from '../../src/log.ts'
import { createKeyring } from '../../src/storage/keyring.ts'

/** Sends the broadcasts that are due to Telegram, as the process that owns the account does, and ends when none is left. */
async function sendAll(url: string, key: string, token: string, apiRoot: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url })
  const log = createLogger('silent', { write: () => undefined })
  const media = { save: () => Promise.reject(new Error('no files')), read: async () => undefined }
  const telegram = createTelegramChannel({ token, apiRoot, media, log, perSecond: 1_000, commands: [] })
  // Few at once, so that there is something left for the last process.
  const channel = { ...telegram, bulk: { atOnce: 24 } }
  const store = { ...createOutboxStore({ pool }), ...createBulkStore({ pool }) }
  const now = () => new Date()
  const settler = createSettler({ store, now, onError: () => undefined })
  const sender = createBulkSender({ store, settler, sealer: createKeyring([key]), log, now })
  sender.attach(channel)
  await sender.idle()
  await sender.leave(channel)
  await pool.end()
}

if (import.meta.main) {
  const [url = '', key = '', token = '', apiRoot = ''] = process.argv.slice(2)
  await sendAll(url, key, token, apiRoot)
}
