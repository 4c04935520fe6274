import { csvLine } from '../../../language/csv-cell.ts'
import { writeMoment } from '../../../training/plan/plan-times.ts'
import type { Cell, Table } from './applicants-table.ts'

/** The table as a CSV file that spreadsheet programs read as UTF-8, and no cell of which they take for a formula. */
export function applicantsCsv({ headings, rows }: Pick<Table, 'headings' | 'rows'>): string {
  return `\uFEFF${[headings, ...rows].map((cells) => csvLine(cells.map(textOf))).join('')}`
}

/** A zero byte makes the whole file unreadable to some programs. */
const invisible = /[^\P{Cc}\t\n]/gu

function textOf(cell: Cell): string {
  if (typeof cell !== 'object') return String(cell).replace(invisible, '')
  const { day, clock } = writeMoment(cell.at)
  return `${day} ${clock.replace('.', ':')}`
}
