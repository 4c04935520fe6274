import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { openTable } from '../tables/open-table.ts'
import type { Table } from '../tables/table.ts'
import { createHouseholdRenewal } from './household-renewal.ts'
import type {
  ImportOutcome,
  ImportProgress,
  ImportReport,
  ImportRequest,
  ImportWarning,
} from './import-report.ts'
import { type Layout, readLayout } from './layout.ts'
import { createListRules } from './list-rules.ts'
import { writeMapping } from './mapping-file.ts'
import { createPersonEncoder, type EncodePersons } from './person-copy.ts'
import { createQuarantineReport, type ProblemWords, type QuarantineReport } from './quarantine-report.ts'
import type { PersonRow, RowRules } from './read-row.ts'
import { createRowCheck, type RowCheck } from './row-check.ts'
import type { Secrets } from './secrets.ts'
import type { ImportSession, ImportStore } from './store-import.ts'

export interface ImportDeps {
  readonly store: ImportStore
  readonly secrets: Secrets
  readonly findKelurahan: RowRules['findKelurahan']
  /** Where quarantine reports and mapping files are written. */
  readonly reportsDir: string
  /** What the problems of rows mean, for the officer who reads the report. */
  readonly words?: ProblemWords
  readonly now: () => Date
}

/** Imports a list: reads, checks, loads it as a new version, and switches to that at once at the end. */
export type ImportList = (
  request: ImportRequest,
  onProgress?: (progress: ImportProgress) => void,
) => Promise<ImportOutcome>

interface Run {
  readonly deps: ImportDeps
  readonly request: ImportRequest
  readonly table: Table
  readonly layout: Layout
  readonly check: RowCheck
  readonly report: QuarantineReport
  readonly onProgress: (progress: ImportProgress) => void
  readonly now: Date
}

/**
 * Makes the import. A TableError says that the file cannot be read; after any error, and after a crash, the version that
 * was in force before still is.
 */
export function createImportList(deps: ImportDeps): ImportList {
  return async (request, onProgress = () => undefined) => {
    const table = await openTable(request.file)
    const programmes = await deps.store.programmes()
    const reading = readLayout(await table.head(), programmes, request.mapping)
    if (reading.type === 'unknown') {
      const mappingFile = path.join(deps.reportsDir, `mapping-${request.kind}.yaml`)
      await mkdir(deps.reportsDir, { recursive: true, mode: 0o700 })
      await writeMapping(
        mappingFile,
        reading.layout,
        programmes.map(({ code }) => code),
      )
      const { missing, absent, headings } = reading
      return { type: 'unknown_layout', mappingFile, missing, absent, headings }
    }
    const run = startRun(deps, request, table, reading.layout, onProgress)
    if (request.dryRun === true) return dryRun(run)
    return (await deps.store.exclusive(request.kind, (session) => load(run, session))) ?? { type: 'busy' }
  }
}

function startRun(
  deps: ImportDeps,
  request: ImportRequest,
  table: Table,
  layout: Layout,
  onProgress: Run['onProgress'],
): Run {
  const now = deps.now()
  const stamp = now.toISOString().replaceAll(/\D/g, '').slice(0, 14)
  const report = createQuarantineReport(
    deps.reportsDir,
    `quarantine-${request.kind}-${stamp}-${table.hash.slice(0, 8)}`,
    deps.words,
  )
  const check = createRowCheck(layout, createListRules(deps.findKelurahan, now))
  return { deps, request, table, layout, check, report, onProgress, now }
}

async function dryRun(run: Run): Promise<ImportOutcome> {
  for await (const _ of readPersons(run)) void _
  return { type: 'dry_run', report: await reportOf(run, null, false, []) }
}

async function load(run: Run, session: ImportSession): Promise<ImportOutcome> {
  const { deps, request, table, layout, check } = run
  const sameFile = await session.hasFile(table.hash)
  const listId = await session.begin({
    ...(request.id === undefined ? {} : { id: request.id }),
    kind: request.kind,
    title: request.title,
    asOf: request.asOf,
    period: request.period ?? null,
    demo: request.demo ?? false,
    by: request.by,
    at: run.now,
    fileHash: table.hash,
    hashKeyId: deps.secrets.currentId,
    programmes: [...layout.programmes.keys()],
  })
  const renewal = createHouseholdRenewal(deps.secrets, await session.claimHouseholds())
  const encode = createPersonEncoder(deps.secrets, listId)
  await session.load(encodeAll(readPersons(run), encode, renewal.see))
  const counts = check.counts()
  const active = counts.accepted > 0
  if (active) await session.switchTo(listId, counts, renewal.pairs)
  else await session.fail(listId, counts)
  const report = await reportOf(run, listId, active, sameFile ? ['same_file'] : [])
  return { type: active ? 'imported' : 'nothing_accepted', report }
}

async function* readPersons(run: Run): AsyncGenerator<readonly PersonRow[]> {
  const { table, layout, check, report } = run
  let bytes = 0
  const rows = table.rows(layout.headingRow, check.columns, (read) => {
    bytes = read
  })
  for await (const batch of rows) {
    const { persons, quarantined } = check.check(batch)
    await report.add(quarantined)
    run.onProgress({ rows: check.counts().rows, bytes, size: table.size })
    yield persons
  }
  run.onProgress({ rows: check.counts().rows, bytes: table.size, size: table.size })
}

async function* encodeAll(
  batches: AsyncIterable<readonly PersonRow[]>,
  encode: EncodePersons,
  see: (household: string) => void,
): AsyncGenerator<Buffer> {
  for await (const persons of batches) {
    for (const { household } of persons) see(household)
    yield encode(persons)
  }
}

async function reportOf(
  run: Run,
  version: string | null,
  active: boolean,
  warnings: readonly ImportWarning[],
): Promise<ImportReport> {
  const { layout, check, report } = run
  const more: ImportWarning[] = [...warnings]
  if (check.zerosAreSuspicious()) more.push('zeros')
  if (layout.columns.birth_date === undefined) more.push('no_birth_date')
  if (layout.columns.name === undefined) more.push('no_name')
  if (layout.programmes.size === 0) more.push('no_programmes')
  return { ...check.counts(), version, active, reportFile: await report.close(), warnings: more }
}
