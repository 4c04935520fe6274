import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOutboxStore } from '../../src/conversation/outbox-store.ts'
import { createTellMany } from '../../src/conversation/tell-many.ts'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { createBulkWorld, type Listener } from '../conversation/bulk-world.ts'
import { type BotApiServer, startBotApiServer } from '../support/bot-api-server.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

const sender = fileURLToPath(new URL('./kill-broadcast-sender.ts', import.meta.url))
const node = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url))
const application = 'sender'
const kills = 20
const audience = 2_000
/** Some messages, and some statements, long. */
const [mostMessages, longestMs] = [60, 15]
/** Everybody of the thousands has another id than a person of Telegram's first ones. */
const firstId = 50_000

const key = newKeyEntry()
let database: TestDatabase
let telegram: BotApiServer
let running: ChildProcess | undefined
beforeAll(async () => {
  database = await createTestDatabase()
  telegram = await startBotApiServer()
})
afterAll(async () => {
  running?.kill('SIGKILL')
  await telegram.close()
  await database.close()
})

/** Starts a process that sends, and kills it a moment after so many messages more, or lets it finish. */
async function send(messages?: number): Promise<void> {
  const url = new URL(database.url)
  url.searchParams.set('application_name', application)
  const args = [
    '--disable-warning=ExperimentalWarning',
    sender,
    url.href,
    key,
    telegram.token,
    telegram.apiRoot,
  ]
  const child = spawn(node, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  running = child
  const closed = once(child, 'close')
  if (messages !== undefined) {
    const enough = telegram.count('sendMessage') + messages
    await telegram.until(() => telegram.count('sendMessage') >= enough, 'more messages', 30_000)
    setTimeout(() => child.kill('SIGKILL'), Math.random() * longestMs)
  }
  const [, signal] = await closed
  expect(signal).toBe(messages === undefined ? null : 'SIGKILL')
  await untilItsConnectionsAreGone()
}

/** PostgreSQL may still be at what the process asked for last. */
async function untilItsConnectionsAreGone(): Promise<void> {
  const sql = 'SELECT 1 FROM pg_stat_activity WHERE application_name = $1 AND datname = current_database()'
  while ((await database.pool.query(sql, [application])).rows.length > 0);
}

/** Puts one broadcast for so many people into the outbox; the first ones blocked the bot, the last ones wrote STOP. */
async function putBroadcast(): Promise<void> {
  const account = telegram.token.split(':')[0]!
  const world = createBulkWorld(database, account)
  const people: Listener[] = await world.seat(audience)
  await database.pool.query(
    "UPDATE chat SET channel = 'telegram', external_id = (external_id::int + $1)::text",
    [firstId],
  )
  for (let id = firstId; id < firstId + audience; id += 1) telegram.person(id)
  for (let id = firstId; id < firstId + 20; id += 1) telegram.person(id).block()
  for (const person of people.slice(-20)) await world.stop(person)
  const sealer = createKeyring([key])
  const tellMany = createTellMany({ store: createOutboxStore(database), sealer, now: () => new Date() })
  await world.tell({ tellMany }, people)
}

interface Outcome {
  readonly id: number
  readonly status: string
  readonly failure: string | null
}

async function outcomes(): Promise<Outcome[]> {
  const { rows } = await database.pool.query<Outcome>(
    `SELECT c.external_id::int AS id, o.status, o.failure FROM outbox_message o JOIN chat c ON c.id = o.chat_id
     WHERE o.settled_at IS NOT NULL`,
  )
  return rows
}

describe('a process killed with SIGKILL while it sends a broadcast', () => {
  it('tells nobody twice, and knows of everybody what became of the message', async () => {
    await putBroadcast()
    for (let kill = 1; kill <= kills; kill += 1) await send(1 + Math.floor(Math.random() * mostMessages))
    const before = (await outcomes()).length
    expect(before).toBeLessThan(audience)
    await send()
    const all = await outcomes()
    const withStatus = (status: string) => all.filter((outcome) => outcome.status === status)
    const [sent, unknown, failed, suppressed] = ['sent', 'unknown', 'failed', 'suppressed'].map(withStatus)
    expect(sent!.length + unknown!.length + failed!.length + suppressed!.length).toBe(audience)
    const received = (id: number) => telegram.person(id).inbox.length
    for (const { id } of all) expect(received(id)).toBeLessThanOrEqual(1)
    expect(sent!.filter(({ id }) => received(id) !== 1)).toEqual([])
    for (const outcome of [...failed!, ...suppressed!]) expect(received(outcome.id)).toBe(0)
    expect(suppressed).toHaveLength(20)
    expect(failed!.length).toBeLessThanOrEqual(20)
    // A kill leaves in doubt only what was under way.
    expect(unknown!.length).toBeGreaterThan(0)
    expect(sent!.length).toBeGreaterThan(audience / 2)
  }, 120_000)
})
