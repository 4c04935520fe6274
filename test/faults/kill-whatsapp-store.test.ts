import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WhatsAppStore } from '../../src/channels/whatsapp-store.ts'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { createWhatsAppStore } from '../../src/storage/whatsapp-store.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'
import { credsOf, entriesOf } from './kill-whatsapp-store-writer.ts'

const writer = fileURLToPath(new URL('./kill-whatsapp-store-writer.ts', import.meta.url))
const node = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url))
const application = 'writer'
/** Some writes long. */
const longestMs = 15
const key = newKeyEntry()

let database: TestDatabase
let store: WhatsAppStore
let running: ChildProcess | undefined

beforeAll(async () => {
  database = await createTestDatabase()
  const { pool, prisma } = database
  store = createWhatsAppStore({
    pool,
    prisma,
    keyring: createKeyring([key]),
    now: () => new Date(),
    account: 'main',
  })
})
afterAll(async () => {
  running?.kill('SIGKILL')
  await database.close()
})

/** Lets a writer go on from a write, kills it at a random moment after so many more, and tells what it acknowledged. */
async function writeAndKill(from: number, writes: number): Promise<{ keys: number; creds: number }> {
  const url = new URL(database.url)
  url.searchParams.set('application_name', application)
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', writer, url.href, key, `${from}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running = child
  let output = ''
  let isDoomed = false
  child.stdout.on('data', (chunk) => {
    output += String(chunk)
    if (isDoomed || lastOf(output, 'creds') < from + writes) return
    isDoomed = true
    setTimeout(() => child.kill('SIGKILL'), Math.random() * longestMs)
  })
  const [, signal] = await once(child, 'close')
  expect(signal).toBe('SIGKILL')
  await untilItsConnectionsAreGone()
  return { keys: lastOf(output, 'keys'), creds: lastOf(output, 'creds') }
}

/** The number of the last whole line that begins with the word. */
function lastOf(output: string, word: string): number {
  return Math.max(
    0,
    ...[...output.matchAll(new RegExp(`^${word} (\\d+)\n`, 'gm'))].map(([, number]) => Number(number)),
  )
}

/** PostgreSQL may still be at what the process asked for last. */
async function untilItsConnectionsAreGone(): Promise<void> {
  const sql = 'SELECT 1 FROM pg_stat_activity WHERE application_name = $1 AND datname = current_database()'
  while ((await database.pool.query(sql, [application])).rows.length > 0);
}

async function keptOf(write: number): Promise<readonly (readonly [string, string, string | null])[]> {
  const kept = []
  for (const type of new Set(entriesOf(write).map((entry) => entry.type))) {
    const ids = entriesOf(write).flatMap((entry) => (entry.type === type ? [entry.id] : []))
    const values = await store.readKeys(type, ids)
    kept.push(...ids.map((id) => [type, id, values.get(id) ?? null] as const))
  }
  return kept
}

describe('a process killed with SIGKILL while it writes what a WhatsApp account keeps', () => {
  it('leaves every write whole or not at all, and the last acknowledged one there', async () => {
    let next = 1
    for (let kill = 1; kill <= 20; kill += 1) {
      const acknowledged = await writeAndKill(next, kill % 4)
      const creds = await store.readCreds()
      const found = (await store.readKeys('session', ['0'])).get('0')
      const write = Number(found?.split(' ')[0])
      expect(write).toBeGreaterThanOrEqual(acknowledged.keys)
      expect(write).toBeLessThanOrEqual(acknowledged.keys + 1)
      expect(await keptOf(write)).toEqual(entriesOf(write).map(({ type, id, value }) => [type, id, value]))
      expect([acknowledged.creds, acknowledged.creds + 1].map(credsOf)).toContain(creds)
      next = write + 1
    }
  }, 60_000)
})
