import type { AuditTrail } from '../../staff/audit-trail.ts'
import type { Transaction } from '../../storage/database.ts'
import { openTable } from '../../tables/open-table.ts'
import type { Table } from '../../tables/table.ts'
import type {
  ImportShops,
  ShopCounts,
  ShopImportOutcome,
  ShopImportProgress,
  ShopImportReport,
  ShopImportRequest,
} from './import-outcome.ts'
import type { ShopRowRules } from './read-shop-row.ts'
import { createRowReport, type ReportWords, type RowReport } from './row-report.ts'
import { createShopCheck, type ShopCheck } from './shop-check.ts'
import { readShopLayout, type ShopLayout } from './shop-columns.ts'
import type { ImportedShopStore } from './store-imported-shops.ts'

export interface ImportShopsDeps extends ShopRowRules {
  readonly store: ImportedShopStore
  readonly audit: AuditTrail<Transaction>
  /** Where reports on rows are written. */
  readonly reportsDir: string
  readonly words: () => ReportWords
  readonly now: () => Date
}

interface Run {
  readonly deps: ImportShopsDeps
  readonly request: ShopImportRequest
  readonly table: Table
  readonly layout: ShopLayout
  readonly check: ShopCheck
  readonly report: RowReport
  readonly onProgress: (progress: ShopImportProgress) => void
}

/** So many shops are written in one transaction. */
const batchSize = 500

/**
 * Makes the import. A TableError says that the file cannot be read. A shop is known again by its source and its key there: bringing
 * the same list twice changes nothing. Nothing is ever removed, and what has an owner is left to them.
 */
export function createImportShops(deps: ImportShopsDeps): ImportShops {
  return async (request, onProgress = () => undefined) => {
    const table = await openTable(request.file)
    const reading = readShopLayout(await table.head(), request.mapping)
    if (reading.type === 'unknown') {
      const { missing, absent, layout } = reading
      return { type: 'unknown_layout', missing, absent, layout }
    }
    const { layout } = reading
    const stamp = deps.now().toISOString().replaceAll(/\D/g, '').slice(0, 14)
    const name = `umkm-${request.source}-${stamp}-${table.hash.slice(0, 8)}`
    const report = createRowReport(deps.reportsDir, name, deps.words())
    return work({ deps, request, table, layout, check: createShopCheck(layout, deps), report, onProgress })
  }
}

async function work(run: Run): Promise<ShopImportOutcome> {
  const { request, check, report } = run
  const shops = await takeRows(run).finally(() => report.close())
  const counts = check.counts()
  const whole: ShopImportReport = { ...counts, shops, reportFile: await report.close() }
  if (request.dryRun !== true) await note(run, whole)
  if (counts.accepted === 0) return { type: 'nothing_accepted', report: whole }
  return { type: request.dryRun === true ? 'dry_run' : 'imported', report: whole }
}

async function takeRows({
  deps,
  request,
  table,
  layout,
  check,
  report,
  onProgress,
}: Run): Promise<ShopCounts> {
  const { store, now } = deps
  let bytes = 0
  let counts: ShopCounts = { added: 0, changed: 0, unchanged: 0, owned: 0 }
  const onBytes = (read: number) => {
    bytes = read
  }
  for await (const batch of table.rows(layout.headingRow, check.columns, onBytes)) {
    const { shops, findings } = check.check(batch)
    await report.add(findings)
    for (let at = 0; at < shops.length; at += batchSize) {
      const some = shops.slice(at, at + batchSize)
      counts = sum(counts, await store.take(request.source, some, now(), request.dryRun === true))
    }
    onProgress({ rows: check.counts().rows, bytes, size: table.size })
  }
  return counts
}

function sum(one: ShopCounts, other: ShopCounts): ShopCounts {
  return {
    added: one.added + other.added,
    changed: one.changed + other.changed,
    unchanged: one.unchanged + other.unchanged,
    owned: one.owned + other.owned,
  }
}

function note(
  { deps, request }: Run,
  { rows, accepted, quarantined, shops }: ShopImportReport,
): Promise<void> {
  return deps.store.transact((transaction) =>
    deps.audit.record(transaction, {
      at: deps.now(),
      actor: { type: 'staff', id: request.by },
      action: 'market.import',
      subject: request.source,
      outcome: accepted === 0 ? 'nothing_accepted' : 'imported',
      details: { rows, accepted, quarantined, ...shops },
    }),
  )
}
