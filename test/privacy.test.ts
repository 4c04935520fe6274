import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newKeyEntry } from '../src/storage/keyring.ts'
import { type BotApiServer, startBotApiServer } from './support/bot-api-server.ts'
import { startLopo } from './support/lopo-process.ts'
import { createTestDatabase, type TestDatabase } from './support/test-database.ts'
import { typeLopo } from './support/typed-lopo.ts'

/** A run of 16 digits that stands alone. */
const nikLike = /(?<!\d)\d{16}(?!\d)/

const niks = ['5399012305730001', '5399012305730002', '5399999999999999', '5399013202730003']
const file = `id_keluarga_p3ke;nama;nik;tanggal_lahir;desa_kelurahan;penerima_pkh;pekerjaan
K1;WARGA CONTOH SATU;${niks[0]};23/05/1973;Namosain;YA;rahasia-pekerjaan
K1;WARGA CONTOH DUA;${niks[1]};23/05/1973;Namosain;TIDAK;rahasia-pekerjaan
K2;WARGA CONTOH TIGA;${niks[2]};01/01/1990;Liliba;YA;rahasia-pekerjaan
K3;WARGA CONTOH EMPAT;${niks[3]};01/01/1990;Liliba;YA;rahasia-pekerjaan
K4;WARGA CONTOH LIMA;5.39901E+15;01/01/1990;Liliba;YA;rahasia-pekerjaan
K5;WARGA CONTOH ENAM;${niks[0]};01/01/1990;Tidak Ada;YA;rahasia-pekerjaan
`

let database: TestDatabase
let telegram: BotApiServer
let folder: string
let settings: Record<string, string>
let output = ''

/** Runs a command to its end, and keeps what it wrote. */
async function run(args: readonly string[], stdin = ''): Promise<string> {
  const { all } = await typeLopo(args, settings, stdin)
  output += all
  return all
}

/** A life of the house in which identifiers are typed wherever one can type. */
async function live(): Promise<void> {
  const list = path.join(folder, 'daftar.csv')
  await writeFile(list, file)
  await run(['import', 'assistance', list, '--list', 'p3ke', '--as-of', '2026-01-01', '--json'])
  await run(['claim-code', 'issue', '--list', 'p3ke', '--nik-stdin'], `${niks[0]}\n`)
  const lopo = startLopo(['start'], settings)
  await lopo.until(/Telegram: on/)
  const url = /Web chat: (http:\S+)\/chat/.exec(lopo.output())?.[1] ?? ''
  const person = telegram.person(5_399_002)
  const say = async (text: string) => {
    const before = person.inbox.length
    person.say(text)
    await telegram.until(() => person.inbox.length > before, `an answer to "${text.slice(0, 4)}…"`, 20_000)
  }
  for (const text of [
    'menu',
    niks[0]!,
    'petugas',
    `NIK saya ${niks[0]} dan HP 0812 3456 7890`,
    'menu',
    'bansos',
    '3',
  ]) {
    await say(text)
  }
  for (const text of [niks[1]!, '23-05-1973', 'namosain', niks[0]!, '0001']) await say(text)
  for (const text of ['bansos', '1', niks[0]!, 'menu', 'bansos', '2']) await say(text)
  const told = await person.waitForMessage(({ text }) => text.includes('/cek/'), 20_000)
  const link = /\/cek\/[\w-]+/.exec(told.text)?.[0]
  const send = (nik: string, birthDate: string) =>
    fetch(`${url}${link}`, {
      method: 'POST',
      headers: { Origin: url },
      body: new URLSearchParams({ nik, birth_date: birthDate }),
    })
  const wrong = await send(`${niks[0]}9`, '23-05-1973')
  output += await wrong.text()
  const before = person.inbox.length
  const right = await send(niks[0]!, '23-05-1973')
  const answer = await right.text()
  expect(answer).toContain('W***A C****H S**U')
  output += answer
  await telegram.until(() => person.inbox.length > before, 'word that the check is done', 20_000)
  await lopo.end('SIGTERM')
  output += lopo.output()
  output += person.inbox.map(({ text }) => text).join('\n')
  await run(['inquiries'])
  await run(['lists'])
  await run(['keys', 'rotate'])
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-privacy-'))
  database = await createTestDatabase()
  telegram = await startBotApiServer()
  settings = {
    LOPO_DATA_DIR: path.join(folder, 'data'),
    DATABASE_URL: database.url,
    LOPO_KEYS: newKeyEntry(),
    LOG_LEVEL: 'debug',
    LOPO_DEMO: 'no',
    PORT: '0',
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
  }
  await live()
}, 180_000)
afterAll(async () => {
  await telegram.close()
  await database.close()
  await rm(folder, { recursive: true })
})

const columns = async () =>
  (
    await database.pool.query<{ place: string; type: string; read: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS place, data_type AS type, quote_ident(column_name) AS read
       FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
       WHERE table_schema IN ('public', 'pgboss') AND table_type = 'BASE TABLE'`,
    )
  ).rows

describe('a life of the house in which people type identifiers everywhere', () => {
  it('leaves no NIK in what was logged, printed or answered', () => {
    expect(output).toContain('"accepted"')
    expect(nikLike.exec(output)).toBeNull()
    expect(output).not.toContain('81234567890')
  })

  it('leaves no NIK in any column of any table, jobs included', async () => {
    let looked = 0
    for (const { place, type, read } of await columns()) {
      const column = type === 'bytea' ? `encode(${read}, 'escape')` : `${read}::text`
      const { rows } = await database.pool.query(
        `SELECT ${column} AS text FROM ${place} WHERE ${read} IS NOT NULL`,
      )
      looked += rows.length
      for (const { text } of rows) for (const nik of niks) expect(text, `${place}.${read}`).not.toContain(nik)
      // A random word of sixteen hexadecimal digits is now and then one of sixteen digits.
      if (type === 'bytea' || `${place}.${read}` === 'public.outbox_message.token') continue
      for (const { text } of rows) expect(text, `${place}.${read}`).not.toMatch(nikLike)
    }
    expect(looked).toBeGreaterThan(300)
  })

  it('leaves no NIK in any report, and quarantines what cannot be trusted', async () => {
    const reports = path.join(folder, 'data', 'reports')
    const texts = await Promise.all(
      (await readdir(reports)).map((name) => readFile(path.join(reports, name), 'utf8')),
    )
    expect(texts.join('')).toContain('NIK')
    expect(nikLike.exec(texts.join(''))).toBeNull()
  })

  it('keeps nothing of the columns that the check does not need', async () => {
    for (const { place, read, type } of await columns()) {
      if (type === 'bytea') continue
      const found = await database.pool.query(
        `SELECT 1 FROM ${place} WHERE ${read}::text LIKE '%rahasia-pekerjaan%'`,
      )
      expect(found.rows, `${place}.${read}`).toEqual([])
    }
  })

  it('has the platform forget what answered a secret question', async () => {
    expect(telegram.count('deleteMessage')).toBeGreaterThanOrEqual(4)
  })
})
