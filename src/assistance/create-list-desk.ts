import { readFile } from 'node:fs/promises'
import type { AuditEntry, AuditTrail } from '../staff/audit-trail.ts'
import type { Officer } from '../staff/officer.ts'
import type { Database, Transaction } from '../storage/database.ts'
import { TableError, type TableFault } from '../tables/table.ts'
import type { UploadFolder } from '../tables/upload-folder.ts'
import type { ImportState, ImportWish } from './import-run.ts'
import type { Mapping, ProgrammeHeading } from './layout.ts'
import type { ListDesk } from './list-desk.ts'
import { previewList } from './preview-list.ts'
import { reportPath } from './purge-uploads-store.ts'
import { createImportRunStore, type ImportChange } from './store-import-run.ts'
import { createListStore } from './store-list.ts'
import { createSwitchBack } from './switch-back.ts'

export interface ListDeskDeps {
  readonly prisma: Database
  readonly audit: AuditTrail<Transaction>
  readonly programmes: () => Promise<readonly ProgrammeHeading[]>
  readonly uploads: UploadFolder
  /** Where imports write what they set aside. */
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

/** Makes the desk's side of lists. A file is looked at when it is brought: what is no table is not even kept. */
export function createListDesk(deps: ListDeskDeps): ListDesk {
  const { prisma, uploads, now } = deps
  const runs = createImportRunStore(prisma)
  const lists = createListStore()
  const switchBack = createSwitchBack({ store: lists, audit: deps.audit })
  return {
    versions: () => lists.versions(prisma),
    switchBack: (kind, { id }) =>
      prisma.$transaction((transaction) =>
        switchBack(transaction, { kind, by: { type: 'staff', id }, now: now() }),
      ),
    beginUpload: () => uploads.begin(),
    addUpload: (id, wish, by) => addUpload(deps, id, { ...wish, by: by.id }),
    dropUpload: (id) => uploads.remove(id),
    runs: () => runs.latest(),
    run: (id) => runs.find(id),
    preview: async ({ id, mapping }) => look(deps, id, mapping),
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
    quarantine: ({ id, reportFile }, by) => readReport(deps, id, reportFile, by),
  }
}

async function addUpload(deps: ListDeskDeps, id: string, wish: ImportWish) {
  const preview = await look(deps, id)
  if (typeof preview !== 'string') return addRun(deps, id, wish)
  await deps.uploads.remove(id)
  await note(deps, deps.prisma, { action: 'upload', by: wish.by, subject: id, outcome: preview })
  return preview
}

function addRun(deps: ListDeskDeps, id: string, wish: ImportWish) {
  return deps.prisma.$transaction(async (transaction) => {
    const run = await createImportRunStore(transaction).add(id, wish, deps.now())
    const details = { kind: wish.kind, bytes: wish.size }
    await note(deps, transaction, {
      action: 'upload',
      by: wish.by,
      subject: id,
      outcome: 'uploaded',
      details,
    })
    return run
  })
}

async function look(deps: ListDeskDeps, id: string, mapping?: Mapping) {
  try {
    return await previewList(deps.uploads.fileOf(id), await deps.programmes(), mapping)
  } catch (error) {
    if (error instanceof TableError) return error.fault satisfies TableFault
    throw error
  }
}

/** The step, its line in the trail and the work that it asks for: all of them or none. */
function take(deps: ListDeskDeps, id: string, by: Officer, { from, change, action }: Step): Promise<boolean> {
  return deps.prisma.$transaction(async (transaction) => {
    const taken = await createImportRunStore(transaction).change(id, from, change, deps.now())
    if (!taken) return false
    await note(deps, transaction, { action, by: by.id, subject: id })
    if (action !== 'cancel') await deps.enqueue(transaction, id)
    return true
  })
}

async function readReport(
  deps: ListDeskDeps,
  id: string,
  reportFile: string | undefined,
  by: Officer,
): Promise<Uint8Array | undefined> {
  if (reportFile === undefined) return undefined
  const file = reportPath(deps.reportsDir, reportFile)
  const bytes = await readFile(file).catch(() => undefined)
  if (bytes === undefined) return undefined
  await note(deps, deps.prisma, { action: 'quarantine', by: by.id, subject: id })
  return bytes
}

async function note(
  { audit, now }: ListDeskDeps,
  transaction: Transaction,
  entry: Pick<AuditEntry, 'subject' | 'outcome' | 'details'> & {
    readonly action: string
    readonly by: string
  },
): Promise<void> {
  const { action, by, ...rest } = entry
  await audit.record(transaction, {
    ...rest,
    at: now(),
    actor: { type: 'staff', id: by },
    action: `assistance.${action}`,
  })
}
