import { z } from 'zod'
import type { Database, Transaction } from '../../storage/database.ts'
import {
  type ImportFinding,
  type ImportState,
  type ImportWish,
  importFaults,
  importStates,
  type MarketImport,
} from './market-import.ts'
import { type ShopMapping, shopFields } from './shop-columns.ts'

/** What changes of an import as it goes on. */
export interface ImportChange {
  readonly state?: ImportState
  readonly mapping?: ShopMapping
  readonly rows?: number
  readonly bytes?: number
  readonly finding?: ImportFinding
  readonly reportFile?: string | null
  readonly fault?: string | null
}

/** Imports of UMKM from the desk, in PostgreSQL. */
export interface MarketImportStore {
  add(id: string, wish: ImportWish, now: Date): Promise<MarketImport>
  /** Undefined also for what is no UUID. */
  find(id: string): Promise<MarketImport | undefined>
  /** The newest, at most 20. */
  latest(): Promise<readonly MarketImport[]>
  /** Changes one that is in one of these states; false when it is in none of them. */
  change(id: string, from: readonly ImportState[], change: ImportChange, now: Date): Promise<boolean>
  /** Those that began to be worked on and have not been heard of since: their process died. */
  silentSince(before: Date): Promise<readonly MarketImport[]>
  /** Removes those that are older, and returns them. */
  removeBefore(before: Date): Promise<readonly MarketImport[]>
}

const counts = z.record(z.string(), z.number())
const findingShape = z.object({
  rows: z.number(),
  accepted: z.number(),
  quarantined: z.number(),
  reasons: counts,
  notes: counts,
  shops: z.object({ added: z.number(), changed: z.number(), unchanged: z.number(), owned: z.number() }),
})
const mappingShape = z.partialRecord(z.enum(shopFields), z.string())
const faultShape = z.enum(importFaults)
const stateShape = z.enum(importStates)

/** Makes the store, on a connection or within a transaction. */
export function createMarketImportStore(prisma: Transaction): MarketImportStore {
  return {
    async add(id, { size, ...wish }, now) {
      const data = { ...wish, id, size: BigInt(size), createdAt: now, changedAt: now }
      return importOf(await prisma.marketImport.create({ data }))
    },
    async find(id) {
      // PostgreSQL would fail at what is no UUID, and an address may hold anything.
      if (!z.guid().safeParse(id).success) return undefined
      const row = await prisma.marketImport.findUnique({ where: { id } })
      return row === null ? undefined : importOf(row)
    },
    async latest() {
      return (await prisma.marketImport.findMany({ orderBy: { createdAt: 'desc' }, take: 20 })).map(importOf)
    },
    async change(id, from, { finding, mapping, bytes, ...change }, now) {
      const data = {
        ...change,
        ...(bytes === undefined ? {} : { bytes: BigInt(bytes) }),
        ...(finding === undefined ? {} : { report: findingShape.parse(finding) }),
        ...(mapping === undefined ? {} : { mapping: { ...mapping } }),
        changedAt: now,
      }
      const { count } = await prisma.marketImport.updateMany({
        where: { id, state: { in: [...from] } },
        data,
      })
      return count > 0
    },
    async silentSince(before) {
      const where = { state: { in: ['checking', 'loading'] }, changedAt: { lt: before } }
      return (await prisma.marketImport.findMany({ where })).map(importOf)
    },
    async removeBefore(before) {
      const rows = await prisma.marketImport.findMany({ where: { createdAt: { lt: before } } })
      await prisma.marketImport.deleteMany({ where: { id: { in: rows.map(({ id }) => id) } } })
      return rows.map(importOf)
    },
  }
}

type Row = NonNullable<Awaited<ReturnType<Database['marketImport']['findUnique']>>>

function importOf({ report, mapping, state, fault, ...row }: Row): MarketImport {
  return {
    ...{ id: row.id, source: row.source, fileName: row.fileName, by: row.by, rows: row.rows },
    size: Number(row.size),
    bytes: Number(row.bytes),
    state: stateShape.parse(state),
    mapping: mapping === null ? undefined : mappingShape.parse(mapping),
    finding: report === null ? undefined : findingShape.parse(report),
    reportFile: row.reportFile ?? undefined,
    fault: fault === null ? undefined : faultShape.parse(fault),
    createdAt: row.createdAt,
  }
}
