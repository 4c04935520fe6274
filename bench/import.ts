import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { from as copyFrom } from 'pg-copy-streams'
import { fullDemo, generateDemo } from '../prisma/demo.ts'
import { demoCsv } from '../prisma/demo-csv.ts'
import { createFindKelurahan } from '../src/assistance/find-kelurahan.ts'
import { createImportList } from '../src/assistance/import-list.ts'
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

// Imports 102,616 persons in a process of its own, and sets its time beside a plain COPY of the same file.
const [role, url, file] = process.argv.slice(2)
const rounds = 3

if (role === 'importer' && url !== undefined && file !== undefined) await importOnce(url, file)
else await compare()

/** One run of the importing process: its peak memory in MB, and its processor time while it imported. */
interface ImportRun {
  readonly seconds: number
  readonly memory: number
  readonly cpuSeconds: number
}

async function compare(): Promise<void> {
  const before = machine()
  const folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-bench-'))
  const server = await startEmbeddedPostgres(path.join(folder, 'postgres'))
  const database = openDatabase(server.url)
  try {
    await applyMigrations(server.url)
    const csv = path.join(folder, 'individu.csv')
    const { places } = createLanguage((await readFlowTexts()).language)
    await pipeline(
      Readable.from(demoCsv('individu', generateDemo(fullDemo, places.all))),
      createWriteStream(csv),
    )
    const copies: number[] = []
    const imports: ImportRun[] = []
    for (let round = 0; round < rounds; round++) {
      copies.push(await copyPlain(database, csv))
      imports.push(await runImporter(server.url, csv))
    }
    printFigures(before, copies, imports)
  } finally {
    await database.close()
    await server.release()
    await rm(folder, { recursive: true, force: true })
  }
}

function printFigures(
  before: ReturnType<typeof machine>,
  copies: readonly number[],
  imports: readonly ImportRun[],
): void {
  const copy = Math.min(...copies)
  const seconds = Math.min(...imports.map((run) => run.seconds))
  const memory = Math.max(...imports.map((run) => run.memory))
  const verdicts = judge([
    { name: 'time over that of COPY, best of each', value: seconds / copy, is: 'at most', limit: 4 },
    { name: 'peak memory, MB, worst', value: memory, is: 'at most', limit: 300 },
  ])
  const lines = imports.map((run, round) => [
    String(round + 1),
    formatFigure(copies[round] ?? 0, 2),
    formatFigure(run.seconds, 2),
    formatFigure(run.cpuSeconds, 2),
    formatFigure(fullDemo.persons / run.seconds),
    formatFigure(run.memory),
  ])
  const heads = ['round', 'COPY s', 'import s', 'processor s, Node', 'rows/s', 'peak MB']
  process.stderr.write(`${[formatTable(heads, lines), formatVerdicts(verdicts)].join('\n\n')}\n`)
  const rows = imports.map((run, round) => ({ copySeconds: copies[round], ...run }))
  const figures = { bench: 'import', ...before, persons: fullDemo.persons, rows, targets: verdicts }
  process.stdout.write(`${JSON.stringify(figures)}\n`)
}

/** Copies the file as it is into a table of texts, and returns the seconds. */
async function copyPlain({ pool }: OpenDatabase, csv: string): Promise<number> {
  const columns = Array.from({ length: 31 }, (_, column) => `c${column} text`)
  await pool.query(`DROP TABLE IF EXISTS plain; CREATE TABLE plain (${columns.join(', ')})`)
  const client = await pool.connect()
  const started = performance.now()
  await pipeline(createReadStream(csv), client.query(copyFrom('COPY plain FROM STDIN (FORMAT csv, HEADER)')))
  const seconds = (performance.now() - started) / 1000
  client.release()
  return seconds
}

async function runImporter(url: string, csv: string): Promise<ImportRun> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), 'importer', url, csv], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += chunk
  })
  const [status] = await once(child, 'exit')
  if (status !== 0) throw new Error('the importer failed')
  const [seconds = 0, memory = 0, cpuSeconds = 0] = printed.trim().split(' ').map(Number)
  return { seconds, memory, cpuSeconds }
}

/** What the importing process does: prints its seconds, its peak memory in MB and its processor seconds. */
async function importOnce(url: string, file: string): Promise<void> {
  const database = openDatabase(url)
  const { places } = createLanguage((await readFlowTexts()).language)
  const now = () => new Date()
  const importList = createImportList({
    store: createImportStore({ database, audit: createAuditTrail(), now }),
    secrets: createKeyring([newKeyEntry()]),
    findKelurahan: createFindKelurahan(places),
    reportsDir: path.dirname(file),
    now,
  })
  const [started, cpu] = [performance.now(), process.cpuUsage()]
  const outcome = await importList({ file, kind: 'p3ke', title: 'P3KE', asOf: '2023-02-01', by: 'bench' })
  const seconds = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(cpu)
  if (outcome.type !== 'imported' || outcome.report.accepted !== fullDemo.persons) {
    throw new Error(`not everybody was imported: ${outcome.type}`)
  }
  await database.close()
  const memory = process.resourceUsage().maxRSS / 1024
  process.stdout.write(`${seconds} ${memory} ${(user + system) / 1e6}\n`)
}
