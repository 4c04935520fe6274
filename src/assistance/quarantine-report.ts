import { mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import { csvLine } from '../language/csv-cell.ts'
import { maskDigits, maskNik } from '../language/mask.ts'
import type { RowProblem } from './row-problem.ts'

/** One row that could not be trusted. `value` is the cell as it stands in the file. */
export interface QuarantinedRow {
  readonly row: number
  readonly column: string
  readonly problem: RowProblem
  readonly value: string
}

/** A report that is being written. */
export interface QuarantineReport {
  add(rows: readonly QuarantinedRow[]): Promise<void>
  /** The path of the file, or undefined when no row was added. */
  close(): Promise<string | undefined>
}

/** Words for an officer, by problem. */
export type ProblemWords = Readonly<Record<string, string>>

/** Writes rows as CSV into a new file of `folder`, readable by its owner only; makes none when there is no row. */
export function createQuarantineReport(
  folder: string,
  name: string,
  words: ProblemWords = {},
): QuarantineReport {
  const file = path.join(folder, `${name}.csv`)
  let handle: Awaited<ReturnType<typeof open>> | undefined
  return {
    async add(rows) {
      if (rows.length === 0) return
      if (handle === undefined) {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        handle = await open(file, 'w', 0o600)
        // With the mark, a spreadsheet program reads the file as UTF-8.
        await handle.write('\uFEFFrow,column,reason,value,explanation\r\n')
      }
      await handle.write(rows.map((row) => reportLine(row, words)).join(''))
    },
    async close() {
      await handle?.close()
      return handle === undefined ? undefined : file
    },
  }
}

function reportLine({ row, column, problem, value }: QuarantinedRow, words: ProblemWords): string {
  return csvLine([String(row), column, problem, maskValue(problem, value), words[problem] ?? ''])
}

/** Shows what kind of thing stood in a cell without giving a number away. */
function maskValue(problem: RowProblem, value: string): string {
  const short = value.slice(0, 60)
  if (problem.startsWith('kelurahan') || problem.startsWith('programme')) return maskDigits(short)
  if (/^\d{16}$/.test(short)) return maskNik(short)
  return short.replaceAll(/\p{Nd}/gu, '#').replaceAll(/\p{L}/gu, (letter) => (letter === 'E' ? letter : 'x'))
}
