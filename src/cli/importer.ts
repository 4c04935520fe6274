import path from 'node:path'
import { SingleBar } from 'cli-progress'
import type { App } from '../app.ts'
import { createFindKelurahan } from '../assistance/find-kelurahan.ts'
import { createImportList, type ImportList } from '../assistance/import-list.ts'
import type { ImportProgress } from '../assistance/import-report.ts'
import { createImportStore } from '../assistance/store-import.ts'
import { findAssistanceTexts } from '../assistance/texts.ts'
import { createAuditTrail } from '../staff/store.ts'
import type { CliContext } from './context.ts'

/** The import of lists, on an open house. Reports are written to `reports` in the data directory. */
export function createImporter({ storage, language, texts }: App, context: CliContext): ImportList {
  const { database, keyring } = storage
  const now = context.now
  return createImportList({
    store: createImportStore({ database, audit: createAuditTrail(), now }),
    secrets: keyring,
    findKelurahan: createFindKelurahan(language.places),
    reportsDir: path.join(context.dataDir, 'reports'),
    words: findAssistanceTexts(texts.content).quarantine,
    now,
  })
}

/** A progress bar on standard error; nothing where that is no terminal. */
export function createImportBar(): { update(progress: ImportProgress): void; stop(): void } {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined }
  const bar = new SingleBar({
    stream: process.stderr,
    format: '{bar} {percentage}% | {rows} rows | {duration_formatted}',
    hideCursor: true,
  })
  let started = false
  return {
    update({ rows, bytes, size }) {
      if (!started) bar.start(size, 0, { rows: 0 })
      started = true
      bar.update(Math.min(bytes, size), { rows })
    },
    stop: () => {
      if (started) bar.stop()
    },
  }
}
