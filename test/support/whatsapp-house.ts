import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { BufferJSON } from '@whiskeysockets/baileys'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { createWhatsAppStore } from '../../src/storage/whatsapp-store.ts'
import { type LopoProcess, startLopo } from './lopo-process.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'
import type { BotAccount } from './whatsapp/bot-account.ts'
import type { Person } from './whatsapp/person.ts'
import { startWhatsAppServer, type WhatsAppServer } from './whatsapp-server.ts'

/** A loopback WhatsApp and a database, for real processes of the bot. */
export interface WhatsAppHouse {
  readonly server: WhatsAppServer
  readonly account: BotAccount
  readonly database: TestDatabase
  /** What a process needs in its environment. */
  readonly settings: Readonly<Record<string, string>>
  /** Links the account, as `lopo whatsapp link` does. */
  link(name?: string, account?: BotAccount): Promise<void>
  person(number: number): Person
  /** Starts the bot and waits until it is logged in at WhatsApp; it is ended with the house. */
  start(more?: Record<string, string>): Promise<LopoProcess>
  end(): Promise<void>
}

const patience = 60_000

/** Builds it; no pace, so that tests need not wait. */
export async function openWhatsAppHouse(): Promise<WhatsAppHouse> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-whatsapp-'))
  const database = await createTestDatabase()
  const server = await startWhatsAppServer({ remember: 5_000 })
  const account = server.account({ phone: '6281539900001', lid: '539900000001', name: 'Lopo' })
  const key = newKeyEntry()
  const running: LopoProcess[] = []
  const settings = {
    LOPO_DATA_DIR: folder,
    DATABASE_URL: database.url,
    LOPO_KEYS: key,
    LOPO_DEMO: 'no',
    PORT: '0',
    ...whatsAppSettings(server),
  }
  return {
    ...{ server, account, database, settings },
    link: (name = 'main', linked = account) => linkAccount(database, key, linked, name),
    person: (number) =>
      server.person({
        phone: String(6_281_539_910_000 + number),
        lid: String(539_910_000_000 + number),
        name: `Warga ${number}`,
      }),
    async start(more = {}) {
      const logins = account.logins()
      const lopo = startLopo(['start'], { ...settings, ...more })
      running.push(lopo)
      await Promise.race([
        server.until(() => account.logins() > logins, 'the bot is logged in', patience),
        lopo.until(/this never is printed/),
      ])
      return lopo
    },
    async end() {
      await Promise.all(running.map((lopo) => lopo.end('SIGKILL')))
      await server.close()
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** What a process needs to reach the loopback WhatsApp, without any pace. */
export function whatsAppSettings(server: WhatsAppServer): Record<string, string> {
  return {
    WHATSAPP_ENABLED: 'yes',
    WHATSAPP_SOCKET_URL: server.url,
    WHATSAPP_REPLY_GAP_MS: '0-0',
    WHATSAPP_UNASKED_GAP_MS: '0-0',
    WHATSAPP_UNASKED_PER_DAY: '10000',
    WHATSAPP_WARM_UP_DAYS: '0',
    ...server.environment,
  }
}

/** Links an account, as `lopo whatsapp link` does, with keys sealed by `key`. */
export async function linkAccount(
  database: TestDatabase,
  key: string,
  account: BotAccount,
  name = 'main',
): Promise<void> {
  const store = createWhatsAppStore({
    ...{ pool: database.pool, prisma: database.prisma, account: name },
    keyring: createKeyring([key]),
    now: () => new Date(),
  })
  await store.writeCreds(JSON.stringify(account.prePair(), BufferJSON.replacer))
}
