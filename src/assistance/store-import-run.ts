import { z } from 'zod'
import type { Database, Transaction } from '../storage/database.ts'
import { isoDate } from './answer.ts'
import {
  type ImportFinding,
  type ImportRun,
  type ImportState,
  type ImportWish,
  importFaults,
  importStates,
} from './import-run.ts'
import { fields, type Mapping } from './layout.ts'

/** What changes of an import as it goes on. */
export interface ImportChange {
  readonly state?: ImportState
  readonly mapping?: Mapping
  readonly rows?: number
  readonly bytes?: number
  readonly finding?: ImportFinding
  readonly reportFile?: string | null
  readonly fault?: string | null
}

/** Imports from the desk, in PostgreSQL. */
export interface ImportRunStore {
  add(id: string, wish: ImportWish, now: Date): Promise<ImportRun>
  /** Undefined also for what is no UUID. */
  find(id: string): Promise<ImportRun | undefined>
  /** The newest, at most 20. */
  latest(): Promise<readonly ImportRun[]>
  /** Changes one that is in one of these states; false when it is in none of them. */
  change(id: string, from: readonly ImportState[], change: ImportChange, now: Date): Promise<boolean>
  /** Those that began to be worked on and have not been heard of since: their process died. */
  silentSince(before: Date): Promise<readonly ImportRun[]>
  /** Whether the import has become a version that can be in force. */
  isLoaded(id: string): Promise<boolean>
  /** Removes those that are older, and returns them. */
  removeBefore(before: Date): Promise<readonly ImportRun[]>
}

const mappingShape = z.object({
  columns: z.partialRecord(z.enum(fields), z.string()),
  programmes: z.record(z.string(), z.string()),
})
const warning = z.enum(['zeros', 'same_file', 'no_birth_date', 'no_name', 'no_programmes'])
const findingShape = z.object({
  rows: z.number(),
  accepted: z.number(),
  quarantined: z.number(),
  reasons: z.record(z.string(), z.number()),
  warnings: z.array(warning),
})
const faultShape = z.enum(importFaults)
const stateShape = z.enum(importStates)

/** Makes the store, on a connection or within a transaction. */
export function createImportRunStore(prisma: Transaction): ImportRunStore {
  return {
    async add(id, { asOf, period, size, ...wish }, now) {
      const data = { ...wish, id, asOf: new Date(asOf), period: period ?? null, size: BigInt(size) }
      return runOf(await prisma.importRun.create({ data: { ...data, createdAt: now, changedAt: now } }))
    },
    async find(id) {
      // PostgreSQL would fail at what is no UUID, and an address may hold anything.
      if (!z.guid().safeParse(id).success) return undefined
      const row = await prisma.importRun.findUnique({ where: { id } })
      return row === null ? undefined : runOf(row)
    },
    async latest() {
      return (await prisma.importRun.findMany({ orderBy: { createdAt: 'desc' }, take: 20 })).map(runOf)
    },
    async change(id, from, { finding, mapping, bytes, ...change }, now) {
      const data = {
        ...change,
        ...(bytes === undefined ? {} : { bytes: BigInt(bytes) }),
        ...(finding === undefined ? {} : { report: { ...finding, warnings: [...finding.warnings] } }),
        ...(mapping === undefined ? {} : { mapping: { ...mapping } }),
        changedAt: now,
      }
      const { count } = await prisma.importRun.updateMany({ where: { id, state: { in: [...from] } }, data })
      return count > 0
    },
    async silentSince(before) {
      const where = { state: { in: ['checking', 'loading'] }, changedAt: { lt: before } }
      return (await prisma.importRun.findMany({ where })).map(runOf)
    },
    isLoaded: async (id) => (await prisma.assistanceList.count({ where: { id, state: 'ready' } })) > 0,
    async removeBefore(before) {
      const rows = await prisma.importRun.findMany({ where: { createdAt: { lt: before } } })
      await prisma.importRun.deleteMany({ where: { id: { in: rows.map(({ id }) => id) } } })
      return rows.map(runOf)
    },
  }
}

type Row = NonNullable<Awaited<ReturnType<Database['importRun']['findUnique']>>>

function runOf({ report, mapping, state, fault, ...row }: Row): ImportRun {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    asOf: isoDate(row.asOf),
    period: row.period ?? undefined,
    fileName: row.fileName,
    size: Number(row.size),
    by: row.by,
    state: stateShape.parse(state),
    mapping: mapping === null ? undefined : mappingShape.parse(mapping),
    rows: row.rows,
    bytes: Number(row.bytes),
    finding: report === null ? undefined : findingShape.parse(report),
    reportFile: row.reportFile ?? undefined,
    fault: fault === null ? undefined : faultShape.parse(fault),
    createdAt: row.createdAt,
  }
}
