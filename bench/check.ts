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

// Checks a status by details with the full list loaded: found and not found by turns, each by a chat of its own.
const checks = 2000
const warmUp = 300
const atOnce = 20

const folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-bench-'))
const server = await startEmbeddedPostgres(path.join(folder, 'postgres'))
const database = openDatabase(server.url)
try {
  await applyMigrations(server.url)
  const check = await prepare(database)
  await spread(warmUp, 1, check)
  const alone = await spread(checks, 1, check)
  const together = await spread(checks, atOnce, check)
  process.stdout.write(`persons in the list   ${fullDemo.persons}\n`)
  process.stdout.write(`one at a time         ${figures(alone)} (target: p99 under 5 ms)\n`)
  process.stdout.write(`${atOnce} at once            ${figures(together)}\n`)
} finally {
  await database.close()
  await server.release()
  await rm(folder, { recursive: true, force: true })
}

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

async function spread(
  count: number,
  lanes: number,
  check: (at: number) => Promise<number>,
): Promise<number[]> {
  const times: number[] = []
  let next = 0
  const lane = async () => {
    while (next < count) times.push(await check(next++))
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return times.sort((a, b) => a - b)
}

function figures(times: readonly number[]): string {
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(2)
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, worst ${at(0.9999)} ms`
}
