import { SingleBar } from 'cli-progress'
import type { ImportProgress } from '../assistance/import-report.ts'

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
