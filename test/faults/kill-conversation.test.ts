import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newKeyEntry } from '../../src/storage/keyring.ts'
import type { Person } from '../support/bot-api/person.ts'
import { type BotApiServer, startBotApiServer } from '../support/bot-api-server.ts'
import { type LopoProcess, startLopo } from '../support/lopo-process.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

let database: TestDatabase
let telegram: BotApiServer
let settings: Record<string, string>
let folder: string
let running: LopoProcess[]

beforeEach(async () => {
  database = await createTestDatabase()
  telegram = await startBotApiServer()
  folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-fault-'))
  running = []
  settings = {
    LOPO_DATA_DIR: folder,
    DATABASE_URL: database.url,
    LOPO_KEYS: newKeyEntry(),
    LOPO_DEMO: 'no',
    PORT: '0',
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
  }
})
afterEach(async () => {
  await Promise.all(running.map((lopo) => lopo.end('SIGKILL')))
  await telegram.close()
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

async function start(...args: string[]): Promise<LopoProcess> {
  const lopo = startLopo(['start', ...args], settings)
  running.push(lopo)
  await lopo.until(/Telegram: on/)
  return lopo
}

const patience = 60_000

/** Four messages, each only after the answer to the one before. */
async function converse(person: Person): Promise<void> {
  const hears = (words: string) => person.waitForMessage(({ text }) => text.includes(words), patience)
  person.say('halo')
  await hears('Ada yang bisa kami bantu')
  person.say('petugas')
  await hears('Silakan tulis pesan')
  person.say(`pesan dari ${person.id}`)
  await hears('kami catat')
  person.say('cek bot')
  await hears('Itu penipuan')
}

/** What the person heard, by first hearing: an answer that was on its way at a kill may come a second time. */
const heard = (person: Person) => [...new Set(person.inbox.map(({ text }) => text))]

/** What each answer holds, in order. */
const dialogue = [
  'Ini bot',
  'Ada yang bisa kami bantu',
  'Silakan tulis pesan',
  'kami catat',
  'Kalau ada tambahan',
  'Alamat resmi',
  'Itu penipuan',
]

async function expectNothingLostOrRepeated(people: readonly Person[], kills: number): Promise<void> {
  const { rows } = await database.pool.query(`SELECT
    (SELECT count(*) FROM inbox_message WHERE handled_at IS NOT NULL AND failure IS NULL)::int AS handled,
    (SELECT count(*) FROM inbox_message)::int AS received,
    (SELECT count(*) FROM ticket)::int AS tickets,
    (SELECT count(*) FROM outbox_message)::int AS said,
    (SELECT count(*) FROM notice_shown)::int AS notices`)
  const n = people.length
  expect(rows[0]).toEqual({
    handled: 4 * n,
    received: 4 * n,
    tickets: n,
    said: dialogue.length * n,
    notices: n,
  })
  for (const person of people) {
    expect(heard(person)).toEqual(dialogue.map((words) => expect.stringContaining(words)))
  }
  const repeated = people.reduce((sum, person) => sum + person.inbox.length - dialogue.length, 0)
  expect(repeated).toBeLessThanOrEqual(2 * kills * n)
}

describe('a process killed with SIGKILL in mid-conversation', () => {
  it('loses and repeats nothing, however often it is killed', async () => {
    const people = Array.from({ length: 12 }, (_, index) => telegram.person(9_001 + index))
    const talks = Promise.all(people.map(converse))
    const kills = 4
    for (let kill = 1; kill <= kills; kill += 1) {
      const lopo = await start()
      await telegram.until(() => telegram.count('sendMessage') >= kill * 9, 'more answers', patience)
      await lopo.end('SIGKILL')
    }
    const last = await start()
    await talks
    await last.end('SIGTERM')
    await expectNothingLostOrRepeated(people, kills)
  }, 180_000)
})

describe('three processes on one database', () => {
  it('answer each message once, also when the one that serves Telegram is killed', async () => {
    const people = Array.from({ length: 12 }, (_, index) => telegram.person(9_101 + index))
    const first = await start()
    const worker = startLopo(['start', '--role', 'worker'], settings)
    running.push(worker)
    const second = startLopo(['start', '--role', 'channels'], settings)
    running.push(second)
    await second.until(/standing by/)
    const talks = Promise.all(people.map(converse))
    await telegram.until(() => telegram.count('sendMessage') >= 12, 'more answers', patience)
    await first.end('SIGKILL')
    await talks
    await second.end('SIGTERM')
    await expectNothingLostOrRepeated(people, 1)
  }, 180_000)
})
