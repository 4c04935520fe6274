import type { TableRow } from '../tables/table.ts'
import type { Layout } from './layout.ts'
import type { QuarantinedRow } from './quarantine-report.ts'
import { createRowReader, type PersonRow, type RowRules } from './read-row.ts'
import { createSeenNiks } from './seen-niks.ts'

/** What became of the rows so far. */
export interface RowCounts {
  readonly rows: number
  readonly accepted: number
  readonly quarantined: number
  /** By problem. */
  readonly reasons: Readonly<Record<string, number>>
}

/** The check of the rows of one file. */
export interface RowCheck {
  /** The columns that `check` wants, in that order. */
  readonly columns: readonly number[]
  /** Parts the rows that can be trusted from the others. Of two rows with one NIK the first counts. */
  check(rows: readonly TableRow[]): {
    readonly persons: readonly PersonRow[]
    readonly quarantined: readonly QuarantinedRow[]
  }
  counts(): RowCounts
  /** Whether so many NIKs end in 0 that a spreadsheet program must have cut their last digit. */
  zerosAreSuspicious(): boolean
}

const fewRows = 50
// One NIK in ten ends in 0 by chance, fewer where the serial numbers are small.
const suspiciousShare = 0.3

/** Makes the check for one file. */
export function createRowCheck(layout: Layout, rules: RowRules): RowCheck {
  const reader = createRowReader(layout, rules)
  const seen = createSeenNiks()
  const reasons = new Map<string, number>()
  let accepted = 0
  let quarantinedCount = 0
  let zeros = 0
  const nikHeading = layout.headings[layout.columns.nik ?? -1] ?? ''
  return {
    columns: reader.columns,
    check(rows) {
      const persons: PersonRow[] = []
      const quarantined: QuarantinedRow[] = []
      for (const row of rows) {
        const reading = reader.read(row)
        if (reading.type === 'problem') {
          const { column, problem, value } = reading
          quarantined.push({ row: row.number, column, problem, value })
        } else if (!seen.add(reading.person.nik)) {
          const value = reading.person.nik
          quarantined.push({ row: row.number, column: nikHeading, problem: 'nik.duplicate', value })
        } else {
          persons.push(reading.person)
          if (reading.person.nik.endsWith('0')) zeros++
        }
      }
      for (const { problem } of quarantined) reasons.set(problem, (reasons.get(problem) ?? 0) + 1)
      accepted += persons.length
      quarantinedCount += quarantined.length
      return { persons, quarantined }
    },
    counts: () => ({
      rows: accepted + quarantinedCount,
      accepted,
      quarantined: quarantinedCount,
      reasons: Object.fromEntries([...reasons].sort((a, b) => b[1] - a[1])),
    }),
    zerosAreSuspicious: () => accepted >= fewRows && zeros / accepted > suspiciousShare,
  }
}
