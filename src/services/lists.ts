import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { App } from '../app.ts'
import { createListDesk } from '../assistance/create-list-desk.ts'
import { createFindKelurahan } from '../assistance/find-kelurahan.ts'
import { createImportList, type ImportList } from '../assistance/import-list.ts'
import type { ListDesk } from '../assistance/list-desk.ts'
import { purgeUploads } from '../assistance/purge-uploads-store.ts'
import { createRunImport, type RunImport } from '../assistance/run-import.ts'
import { createImportStore } from '../assistance/store-import.ts'
import { createImportRunStore } from '../assistance/store-import-run.ts'
import { findAssistanceTexts } from '../assistance/texts.ts'
import { importListJobName } from '../jobs/import-list-job.ts'
import type { JobQueue } from '../jobs/queue.ts'
import { createAuditTrail } from '../staff/store.ts'
import { createUploadFolder } from '../tables/upload-folder.ts'

/** Where imports write what they set aside. */
function reportsOf({ config }: App): string {
  return path.join(config.dataDir, 'reports')
}

function uploadsOf({ config }: App) {
  return createUploadFolder(path.join(config.dataDir, 'uploads'))
}

/** The import of lists, on an open house; reports go to `reports` in the data directory. */
export function createListImport(app: App): ImportList {
  const { storage, language, texts, now } = app
  const { database, keyring } = storage
  return createImportList({
    store: createImportStore({ database, audit: createAuditTrail(), now }),
    secrets: keyring,
    findKelurahan: createFindKelurahan(language.places),
    reportsDir: reportsOf(app),
    words: findAssistanceTexts(texts.content).quarantine,
    now,
  })
}

/** The work on imports from the desk. */
export function createListWork(app: App): RunImport {
  const uploads = uploadsOf(app)
  return createRunImport({
    store: createImportRunStore(app.storage.database.prisma),
    importList: createListImport(app),
    fileOf: uploads.fileOf,
    removeFile: uploads.remove,
    baseName: (file) => path.basename(file),
    now: app.now,
  })
}

/** What officers do with lists; the queue hands the work to whichever process works. */
export function createLists(app: App, queue: JobQueue): ListDesk {
  const { storage, now } = app
  const { database } = storage
  const audit = createAuditTrail()
  return createListDesk({
    prisma: database.prisma,
    audit,
    programmes: () => createImportStore({ database, audit, now }).programmes(),
    uploads: uploadsOf(app),
    reportsDir: reportsOf(app),
    // Each step of an import is work of its own.
    enqueue: (transaction, id) =>
      queue.send(importListJobName, randomUUID(), { data: { id }, within: transaction }),
    now,
  })
}

/** Removes files and imports that are over; how many things went. */
export function purgeListFiles(app: App): Promise<number> {
  const { prisma } = app.storage.database
  return purgeUploads({ prisma, uploads: uploadsOf(app), reportsDir: reportsOf(app) }, app.now())
}
