import path from 'node:path'
import { TableError } from '../../tables/table.ts'
import type {
  ImportShops,
  ShopImportOutcome,
  ShopImportProgress,
  ShopImportReport,
} from './import-outcome.ts'
import type { ImportFault, MarketImport } from './market-import.ts'
import type { MarketImportStore } from './store-market-imports.ts'

export interface RunMarketImportDeps {
  readonly imports: MarketImportStore
  readonly importShops: ImportShops
  /** Where the officer's file is kept. */
  readonly uploads: { fileOf(id: string): string; remove(id: string): Promise<void> }
  readonly now: () => Date
}

/** Does what is due of one import; rejects when it should be tried again, but for the last try. */
export type RunMarketImport = (id: string, attempt: { readonly isLast: boolean }) => Promise<void>

/** How often the way that is gone is written down, milliseconds. */
const noteEveryMs = 500

/**
 * Makes the work on one import from the desk: the check of one that is `checking`, the loading of one that is `loading`. Called again
 * after a crash, it does the work again, and every shop is there once.
 */
export function createRunMarketImport(deps: RunMarketImportDeps): RunMarketImport {
  return async (id, { isLast }) => {
    const run = await deps.imports.find(id)
    if (run === undefined || (run.state !== 'checking' && run.state !== 'loading')) return
    try {
      await workOn(deps, run)
    } catch (error) {
      if (isLast) await refuse(deps, run, 'failed')
      throw error
    }
  }
}

async function workOn(deps: RunMarketImportDeps, run: MarketImport): Promise<void> {
  const outcome = await importOnce(deps, run)
  if (outcome instanceof TableError) return refuse(deps, run, outcome.fault)
  if (outcome.type === 'unknown_layout') return refuse(deps, run, 'unknown_layout')
  const { report } = outcome
  if (report.accepted === 0) return refuse(deps, run, 'nothing_accepted', report)
  const state = outcome.type === 'dry_run' ? 'checked' : 'loaded'
  await deps.imports.change(run.id, [run.state], { state, fault: null, ...findingsOf(report) }, deps.now())
  if (state === 'loaded') await deps.uploads.remove(run.id)
}

async function importOnce(
  deps: RunMarketImportDeps,
  run: MarketImport,
): Promise<ShopImportOutcome | TableError> {
  const { id, source, mapping, by } = run
  const request = { file: deps.uploads.fileOf(id), source, mapping, by, dryRun: run.state === 'checking' }
  try {
    return await deps.importShops(request, createNoter(deps, run))
  } catch (error) {
    if (error instanceof TableError) return error
    throw error
  }
}

/** Notes how far it is now and then; one note at a time, and none is waited for. */
function createNoter({ imports, now }: RunMarketImportDeps, { id, state }: MarketImport) {
  let notedAt = 0
  let noting = false
  return ({ rows, bytes }: ShopImportProgress) => {
    if (noting || performance.now() - notedAt < noteEveryMs) return
    noting = true
    notedAt = performance.now()
    void imports
      .change(id, [state], { rows, bytes: Math.round(bytes) }, now())
      .catch(() => undefined)
      .finally(() => {
        noting = false
      })
  }
}

async function refuse(
  { imports, now }: RunMarketImportDeps,
  { id, state }: MarketImport,
  fault: ImportFault,
  report?: ShopImportReport,
): Promise<void> {
  const findings = report === undefined ? {} : findingsOf(report)
  await imports.change(id, [state], { state: 'refused', fault, ...findings }, now())
}

function findingsOf({ reportFile, ...finding }: ShopImportReport) {
  const base = reportFile === undefined ? null : path.basename(reportFile)
  return { finding, rows: finding.rows, reportFile: base }
}
