import { mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import { csvLine } from '../../language/csv-cell.ts'
import { maskDigits } from '../../language/mask.ts'
import type { RowFinding } from './row-findings.ts'

/** What is told in the report of rows, in the words of flows/content/meja-umkm-impor.yaml. */
export interface ReportWords {
  readonly columns: readonly [row: string, column: string, reason: string, value: string]
  readonly findings: Readonly<Record<string, string>>
}

/** A report that is being written. */
export interface RowReport {
  add(findings: readonly RowFinding[]): Promise<void>
  /** The path of the file, or undefined when there was nothing to tell. */
  close(): Promise<string | undefined>
}

/** Writes rows as CSV into a new file of `folder`, readable by its owner only; makes none when there is no row. */
export function createRowReport(folder: string, name: string, words: ReportWords): RowReport {
  const file = path.join(folder, `${name}.csv`)
  let handle: Awaited<ReturnType<typeof open>> | undefined
  return {
    async add(findings) {
      if (findings.length === 0) return
      if (handle === undefined) {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        handle = await open(file, 'w', 0o600)
        // With the mark, a spreadsheet program reads the file as UTF-8.
        await handle.write(`\uFEFF${csvLine(words.columns)}`)
      }
      await handle.write(findings.map((finding) => lineOf(finding, words)).join(''))
    },
    async close() {
      await handle?.close()
      return handle === undefined ? undefined : file
    },
  }
}

function lineOf({ row, column, what, value }: RowFinding, { findings }: ReportWords): string {
  return csvLine([String(row), column, findings[what] ?? what, shown(what, value)])
}

/** A kelurahan is shown as it stands; of anything else only its form, which gives no number and no name away. */
function shown(what: RowFinding['what'], value: string): string {
  const short = value.slice(0, 60)
  if (what.startsWith('kelurahan')) return maskDigits(short)
  return short.replaceAll(/\p{Nd}/gu, '#').replaceAll(/\p{L}/gu, (letter) => (letter === 'E' ? letter : 'x'))
}
