import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fullDemo, generateDemo } from '../prisma/demo.ts'
import { demoCsv } from '../prisma/demo-csv.ts'
import { createFindKelurahan } from '../src/assistance/find-kelurahan.ts'
import { createImportList } from '../src/assistance/import-list.ts'
import type { Details } from '../src/assistance/person.ts'
import { createStatusCheck } from '../src/assistance/status-check.ts'
import { createImportStore } from '../src/assistance/store-import.ts'
import { createLanguage } from '../src/language/language.ts'
import { createAuditTrail } from '../src/staff/store.ts'
import { type OpenDatabase, openDatabase } from '../src/storage/database.ts'
import { startEmbeddedPostgres } from '../src/storage/embedded-postgres.ts'
import { readFlowTexts } from '../src/storage/flow-files.ts'
import { createKeyring, newKeyEntry } from '../src/storage/keyring.ts'
import { applyMigrations } from '../src/storage/migrations.ts'
import { machine } from './lib/machine.ts'
import { formatFigure, formatTable } from './lib/table.ts'
import { formatVerdicts, judge } from './lib/target.ts'

// Checks a status by details with the full list loaded: found and not found by turns, each by a chat of its own.
const checks = 4000
const warmUp = 1500
const atOnce = 20

const before = machine()
const folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-bench-'))
const server = await startEmbeddedPostgres(path.join(folder, 'postgres'))
const database = openDatabase(server.url)
const rows: Spread[] = []
try {
  await applyMigrations(server.url)
  const check = await prepare(database)
  await spread(warmUp, 1, check)
  rows.push(await spread(checks, 1, check), await spread(checks, atOnce, check))
} finally {
  await database.close()
  await server.release()
  await rm(folder, { recursive: true, force: true })
}
const limit = 5
const verdicts = judge([
  { name: 'one at a time: p99, ms', value: rows[0]?.p99, is: 'at most' as const, limit },
])
const lines = rows.map(({ lanes, p50, p99, max, cpu }) => [
  String(lanes),
  ...[p50, p99, max, cpu].map((ms) => formatFigure(ms)),
])
const heads = ['checks at once', 'p50 ms', 'p99 ms', 'max ms', 'processor ms a check, Node']
process.stderr.write(`${[formatTable(heads, lines), formatVerdicts(verdicts)].join('\n\n')}\n`)
process.stdout.write(
  `${JSON.stringify({ bench: 'check', ...before, persons: fullDemo.persons, rows, targets: verdicts })}\n`,
)

/** Loads the full list, and returns a check that tells its milliseconds. */
async function prepare({ prisma, ...database }: OpenDatabase): Promise<(at: number) => Promise<number>> {
  const { places } = createLanguage((await readFlowTexts()).language)
  const now = () => new Date()
  const [audit, secrets] = [createAuditTrail(), createKeyring([newKeyEntry()])]
  const file = path.join(folder, 'individu.csv')
  await writeFile(file, demoCsv('individu', generateDemo(fullDemo, places.all)))
  const importList = createImportList({
    store: createImportStore({ database: { prisma, ...database }, audit, now }),
    secrets,
    findKelurahan: createFindKelurahan(places),
    reportsDir: folder,
    now,
  })
  await importList({ file, kind: 'p3ke', title: 'P3KE', asOf: '2023-02-01', by: 'bench' })
  await database.pool.query('VACUUM ANALYZE')
  const persons = sample(places.all)
  const { checkByDetails } = createStatusCheck({ audit, secrets, staleAfterDays: 365 })
  return async (at) => {
    const { id: contactId } = await prisma.contact.create({ data: {} })
    const channel = { channel: 'bench', account: 'main', externalId: randomUUID() }
    const chat = await prisma.chat.create({ data: { contactId, ...channel } })
    const person = persons[at % persons.length]
    if (person === undefined) throw new Error('nobody to check')
    // A failure is about a day of its own: guesses on one day would raise an alarm, which is not what is measured.
    const birthDate = new Date(Date.UTC(1901, 0, 1 + at)).toISOString().slice(0, 10)
    const details = at % 2 === 0 ? person : { ...person, birthDate }
    return prisma.$transaction(async (transaction) => {
      const started = performance.now()
      const asker = { contactId, chatId: String(chat.id), now: now() }
      const { outcome } = await checkByDetails(transaction, asker, details)
      const found = outcome === 'recipient_stale' || outcome === 'recorded_stale'
      if (found !== (at % 2 === 0)) throw new Error(`an unexpected answer: ${outcome}`)
      return performance.now() - started
    })
  }
}

function sample(places: Parameters<typeof generateDemo>[1]): Details[] {
  const details: Details[] = []
  for (const { kelurahan, members } of generateDemo(fullDemo, places)) {
    const [head] = members
    if (head === undefined) continue
    details.push({ birthDate: head.birthDate, kelurahan: kelurahan.code, nikTail: head.nik.slice(-4) })
  }
  return details
}

/** How long checks took, in ms, with so many at once. `cpu`: of this process, making the chat and committing included. */
interface Spread {
  readonly lanes: number
  readonly checks: number
  readonly p50: number
  readonly p99: number
  readonly max: number
  readonly cpu: number
}

async function spread(count: number, lanes: number, check: (at: number) => Promise<number>): Promise<Spread> {
  const times: number[] = []
  let next = 0
  const lane = async () => {
    while (next < count) times.push(await check(next++))
  }
  const started = process.cpuUsage()
  await Promise.all(Array.from({ length: lanes }, lane))
  const { user, system } = process.cpuUsage(started)
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  const cpu = (user + system) / 1000 / count
  return { lanes, checks: count, p50: at(0.5), p99: at(0.99), max: at(1), cpu }
}
