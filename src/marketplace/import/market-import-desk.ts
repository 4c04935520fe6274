import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { AuditTrail } from '../../staff/audit-trail.ts'
import type { Officer } from '../../staff/officer.ts'
import type { Transaction } from '../../storage/database.ts'
import { TableError, type TableFault } from '../../tables/table.ts'
import type { UploadFolder } from '../../tables/upload-folder.ts'
import type { ImportState, ImportWish, MarketImport } from './market-import.ts'
import { previewShops, type ShopPreview } from './preview-shops.ts'
import type { ShopMapping } from './shop-columns.ts'
import type { ImportChange, MarketImportStore } from './store-market-imports.ts'

/** What officers do with lists of UMKM at the desk. Everything is in the trail, with the officer's id. */
export interface MarketImportDesk {
  /** Where the bytes of a file that is being brought go; the import is added once it is whole. */
  beginUpload(): Promise<{ readonly id: string; readonly file: string }>
  /** The import of the file that was brought; a fault when it is no table, and then the file is gone. */
  addUpload(id: string, wish: Omit<ImportWish, 'by'>, by: Officer): Promise<MarketImport | TableFault>
  dropUpload(id: string): Promise<void>
  /** The latest. */
  list(): Promise<readonly MarketImport[]>
  find(id: string): Promise<MarketImport | undefined>
  /** What the file seems to hold; a fault when it is no table. */
  preview(run: MarketImport): Promise<ShopPreview | TableFault>
  /** Has the file checked with these columns; false when it is under way or over. */
  check(id: string, mapping: ShopMapping, by: Officer): Promise<boolean>
  /** Has the shops of a checked file loaded; false when it was not checked. */
  load(id: string, by: Officer): Promise<boolean>
  /** Gives the import up and removes its file; false when it is being loaded, or over. */
  cancel(id: string, by: Officer): Promise<boolean>
  /** The report on rows: reading it is noted. */
  report(run: MarketImport, by: Officer): Promise<Uint8Array | undefined>
}

export interface MarketImportDeskDeps {
  readonly transact: <T>(work: (transaction: Transaction) => Promise<T>) => Promise<T>
  /** The imports, within a transaction where one is given. */
  readonly imports: (transaction?: Transaction) => MarketImportStore
  readonly audit: AuditTrail<Transaction>
  readonly uploads: UploadFolder
  /** Where imports write their reports. */
  readonly reportsDir: string
  /** Has a process take the import up once the transaction is committed. */
  readonly enqueue: (transaction: Transaction, id: string) => Promise<void>
  readonly now: () => Date
}

/** A step of an import: from where, to where. */
interface Step {
  readonly from: readonly ImportState[]
  readonly change: ImportChange
  readonly action: 'check' | 'load' | 'cancel'
}

/** Makes it. A file is looked at when it is brought: what is no table is not even kept. */
export function createMarketImportDesk(deps: MarketImportDeskDeps): MarketImportDesk {
  const { uploads, imports } = deps
  return {
    beginUpload: () => uploads.begin(),
    addUpload: (id, wish, by) => addUpload(deps, id, { ...wish, by: by.id }),
    dropUpload: (id) => uploads.remove(id),
    list: () => imports().latest(),
    find: (id) => imports().find(id),
    preview: ({ id, mapping }) => look(deps, id, mapping),
    check: (id, mapping, by) =>
      take(deps, id, by, {
        from: ['uploaded', 'refused', 'checked'],
        change: { state: 'checking', mapping, rows: 0, bytes: 0, fault: null },
        action: 'check',
      }),
    load: (id, by) =>
      take(deps, id, by, {
        from: ['checked'],
        change: { state: 'loading', rows: 0, bytes: 0 },
        action: 'load',
      }),
    async cancel(id, by) {
      const from = ['uploaded', 'checking', 'checked', 'refused'] as const
      const done = await take(deps, id, by, { from, change: { state: 'cancelled' }, action: 'cancel' })
      if (done) await uploads.remove(id)
      return done
    },
    report: (run, by) => readReport(deps, run, by),
  }
}

async function addUpload(
  deps: MarketImportDeskDeps,
  id: string,
  wish: ImportWish,
): Promise<MarketImport | TableFault> {
  const preview = await look(deps, id)
  if (typeof preview === 'string') {
    await deps.uploads.remove(id)
    await deps.transact((transaction) =>
      note(deps, transaction, { action: 'upload', by: wish.by, id, outcome: preview }),
    )
    return preview
  }
  return deps.transact(async (transaction) => {
    const run = await deps.imports(transaction).add(id, wish, deps.now())
    const details = { source: wish.source, bytes: wish.size }
    await note(deps, transaction, { action: 'upload', by: wish.by, id, outcome: 'uploaded', details })
    return run
  })
}

async function look(deps: MarketImportDeskDeps, id: string, mapping?: ShopMapping) {
  try {
    return await previewShops(deps.uploads.fileOf(id), mapping)
  } catch (error) {
    if (error instanceof TableError) return error.fault
    throw error
  }
}

/** The step, its line in the trail and the work that it asks for: all of them or none. */
function take(
  deps: MarketImportDeskDeps,
  id: string,
  by: Officer,
  { from, change, action }: Step,
): Promise<boolean> {
  return deps.transact(async (transaction) => {
    const taken = await deps.imports(transaction).change(id, from, change, deps.now())
    if (!taken) return false
    await note(deps, transaction, { action, by: by.id, id })
    if (action !== 'cancel') await deps.enqueue(transaction, id)
    return true
  })
}

async function readReport(
  deps: MarketImportDeskDeps,
  { id, reportFile }: MarketImport,
  by: Officer,
): Promise<Uint8Array | undefined> {
  if (reportFile === undefined) return undefined
  // Only its base name is ever believed.
  const file = path.join(deps.reportsDir, path.basename(reportFile))
  const bytes = await readFile(file).catch(() => undefined)
  if (bytes === undefined) return undefined
  await deps.transact((transaction) => note(deps, transaction, { action: 'report', by: by.id, id }))
  return bytes
}

async function note(
  { audit, now }: MarketImportDeskDeps,
  transaction: Transaction,
  entry: {
    readonly action: 'upload' | 'check' | 'load' | 'cancel' | 'report'
    readonly by: string
    readonly id: string
    readonly outcome?: string
    readonly details?: Readonly<Record<string, string | number>>
  },
): Promise<void> {
  const { action, by, id, ...rest } = entry
  await audit.record(transaction, {
    ...rest,
    at: now(),
    actor: { type: 'staff', id: by },
    action: `market.import_${action}`,
    subject: id,
  })
}
