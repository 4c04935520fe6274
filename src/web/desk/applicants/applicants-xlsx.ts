import writeExcelFile, { type CellObject } from 'write-excel-file/node'
import type { Cell, Table } from './applicants-table.ts'

/** What a browser is told that the file is. */
export const xlsxMime = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const witaOffsetMs = 8 * 3_600_000
/** As much as a cell may hold. */
const longest = 32_767
const narrowest = 8
const widest = 60

/**
 * The table as an XLSX file of one sheet, its headings always in sight. Texts are cells of text, also those that begin like a
 * formula or a number; times are in Kupang's.
 */
export async function applicantsXlsx({ name, headings, rows }: Table): Promise<Uint8Array> {
  const head = headings.map((value): CellObject => ({ ...textCell(value), fontWeight: 'bold', wrap: true }))
  const columns = headings.map((heading, at) => ({
    width: widthOf(
      heading,
      rows.map((cells) => cells[at] ?? ''),
    ),
  }))
  const options = { sheet: name, columns, stickyRowsCount: 1 }
  return writeExcelFile([head, ...rows.map((cells) => cells.map(cellOf))], options).toBuffer()
}

function cellOf(cell: Cell): CellObject {
  if (typeof cell === 'number') return { type: Number, value: cell }
  if (typeof cell === 'string') return textCell(cell)
  // A spreadsheet knows no zones: the clock on the wall in Kupang is written as if it were UTC's.
  return { type: Date, value: new Date(cell.at.getTime() + witaOffsetMs), format: 'yyyy-mm-dd hh:mm' }
}

/** The format keeps it a text when somebody edits the cell. */
function textCell(text: string): CellObject {
  const value = text.slice(0, longest)
  // The library looks texts up in a plain object: `constructor` would be found there, and spoil the file.
  return { type: String, value: value in {} ? `${value} ` : value, format: '@' }
}

function widthOf(heading: string, cells: readonly Cell[]): number {
  const lengths = cells.map((cell) => (typeof cell === 'object' ? 16 : [...String(cell)].length))
  return Math.min(widest, Math.max(narrowest, heading.length, ...lengths) + 2)
}
