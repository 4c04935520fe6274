import { TableError } from '../tables/table.ts'
import type { ImportList } from './import-list.ts'
import type { ImportOutcome, ImportProgress, ImportReport } from './import-report.ts'
import type { ImportFault, ImportFinding, ImportRun } from './import-run.ts'
import type { ImportRunStore } from './store-import-run.ts'

export interface RunImportDeps {
  readonly store: ImportRunStore
  readonly importList: ImportList
  /** Where the officer's file is kept. */
  readonly fileOf: (id: string) => string
  readonly removeFile: (id: string) => Promise<void>
  readonly baseName: (path: string) => string
  readonly now: () => Date
}

/** Does what is due of one import; rejects when it should be tried again, but for the last try. */
export type RunImport = (id: string, attempt: { readonly isLast: boolean }) => Promise<void>

/** How often the way that is gone is written down, milliseconds. */
const noteEveryMs = 500

/**
 * Makes the work on one import from the desk: the check of an import that is `checking`, the loading of one that is `loading`.
 * Called again after a crash, it does the work again: a list is put in force at once and at the end, and once.
 */
export function createRunImport(deps: RunImportDeps): RunImport {
  return async (id, { isLast }) => {
    const run = await deps.store.find(id)
    if (run === undefined || (run.state !== 'checking' && run.state !== 'loading')) return
    try {
      await workOn(deps, run, isLast)
    } catch (error) {
      if (isLast) await refuse(deps, run, 'failed')
      throw error
    }
  }
}

async function workOn(deps: RunImportDeps, run: ImportRun, isLast: boolean): Promise<void> {
  // Whoever died after the switch had not written down that it was made.
  if (run.state === 'loading' && (await deps.store.isLoaded(run.id))) return finishLoad(deps, run, {})
  const outcome = await importOnce(deps, run)
  if (outcome instanceof TableError) return refuse(deps, run, outcome.fault)
  switch (outcome.type) {
    case 'unknown_layout':
      return refuse(deps, run, 'unknown_layout')
    case 'busy':
      // Another import, or this one in a process that was taken for dead: by the next try it is over.
      if (!isLast) throw new Error('another import of this kind of list is running')
      return refuse(deps, run, 'busy')
    case 'nothing_accepted':
      return refuse(deps, run, 'nothing_accepted', outcome.report)
    case 'dry_run':
      if (outcome.report.accepted === 0) return refuse(deps, run, 'nothing_accepted', outcome.report)
      await deps.store.change(
        run.id,
        [run.state],
        { state: 'checked', ...findingsOf(deps, outcome.report) },
        deps.now(),
      )
      return
    case 'imported':
      return finishLoad(deps, run, findingsOf(deps, outcome.report))
  }
}

/** It is in force now, whatever another process has made of the import meanwhile. */
async function finishLoad(
  { store, removeFile, now }: RunImportDeps,
  { id, state }: ImportRun,
  findings: Partial<ReturnType<typeof findingsOf>>,
): Promise<void> {
  await store.change(id, [state, 'refused'], { state: 'loaded', fault: null, ...findings }, now())
  await removeFile(id)
}

async function importOnce(deps: RunImportDeps, run: ImportRun): Promise<ImportOutcome | TableError> {
  const { id, kind, title, asOf, period, mapping, by } = run
  const dryRun = run.state === 'checking'
  const request = { id, file: deps.fileOf(id), kind, title, asOf, period, mapping, by, dryRun }
  try {
    return await deps.importList(request, createNoter(deps, run))
  } catch (error) {
    if (error instanceof TableError) return error
    throw error
  }
}

/** Notes how far it is now and then; one note at a time, and none is waited for. */
function createNoter({ store, now }: RunImportDeps, { id, state }: ImportRun) {
  let notedAt = 0
  let noting = false
  return ({ rows, bytes }: ImportProgress) => {
    if (noting || performance.now() - notedAt < noteEveryMs) return
    noting = true
    notedAt = performance.now()
    void store
      .change(id, [state], { rows, bytes: Math.round(bytes) }, now())
      .catch(() => undefined)
      .finally(() => {
        noting = false
      })
  }
}

async function refuse(
  deps: RunImportDeps,
  { id, state }: ImportRun,
  fault: ImportFault,
  report?: ImportReport,
): Promise<void> {
  const findings = report === undefined ? {} : findingsOf(deps, report)
  await deps.store.change(id, [state], { state: 'refused', fault, ...findings }, deps.now())
}

function findingsOf(deps: RunImportDeps, report: ImportReport) {
  const { rows, accepted, quarantined, reasons, warnings, reportFile } = report
  const finding: ImportFinding = { rows, accepted, quarantined, reasons, warnings }
  return {
    finding,
    rows,
    reportFile: reportFile === undefined ? null : deps.baseName(reportFile),
  }
}
