import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { Database } from '../../storage/database.ts'
import type { UploadFolder } from '../../tables/upload-folder.ts'
import type { MarketImport } from './market-import.ts'
import { createMarketImportStore } from './store-market-imports.ts'

const hour = 3_600_000
/** How long an officer's file waits for them, and how long an import is remembered. */
const fileHours = 24
const importHours = 90 * 24
/** An import that was not heard of for so long has lost its process and its job. */
const silentHours = 1

/**
 * Gives up imports that nobody works on any more, and removes files that are over or were left, and imports with their reports once
 * they are old. Returns how many things went. The shops stay. `uploads` must be a folder of these imports alone.
 */
export async function purgeMarketImports(
  deps: { readonly prisma: Database; readonly uploads: UploadFolder; readonly reportsDir: string },
  now: Date,
): Promise<number> {
  const store = createMarketImportStore(deps.prisma)
  const before = (hours: number) => new Date(now.getTime() - hours * hour)
  const silent = await store.silentSince(before(silentHours))
  for (const { id, state } of silent) {
    await store.change(id, [state], { state: 'refused', fault: 'failed' }, now)
  }
  let removed = 0
  for (const { id, changedAt } of await deps.uploads.files()) {
    if (!isOver(await store.find(id), changedAt, before(fileHours))) continue
    await deps.uploads.remove(id)
    removed += 1
  }
  const old = await store.removeBefore(before(importHours))
  for (const { reportFile } of old) {
    if (reportFile !== undefined)
      await rm(path.join(deps.reportsDir, path.basename(reportFile)), { force: true })
  }
  return silent.length + removed + old.length
}

function isOver(run: MarketImport | undefined, changedAt: Date, before: Date): boolean {
  if (run === undefined) return changedAt < before
  if (run.state === 'checking' || run.state === 'loading') return false
  return run.state === 'loaded' || run.state === 'cancelled' || run.createdAt < before
}
