/**
 * One cell as its file gives it. A number keeps its written form and its kind: a spreadsheet program may have lost digits
 * of it. A cell that is formatted as a date arrives as text, `yyyy-mm-dd`.
 */
export type Cell = string | NumberCell

interface NumberCell {
  readonly number: string
}

/** One row that is not blank. `number` is the row's number in a spreadsheet program, from 1. */
export interface TableRow {
  readonly number: number
  readonly cells: readonly Cell[]
}

/** A file of rows that is read as a stream, however large it is. */
export interface Table {
  /** Bytes of the file. */
  readonly size: number
  /** SHA-256 of the file, in hex. */
  readonly hash: string
  /** Up to the first 20 rows, whole: somewhere among them are the headings. */
  head(): Promise<readonly TableRow[]>
  /**
   * The rows after row `after`, in batches, each row holding only the cells of `columns`, in that order; the others are
   * not even cut out. `onBytes` hears how many bytes of the file were read so far.
   */
  rows(
    after: number,
    columns: readonly number[],
    onBytes?: (bytes: number) => void,
  ): AsyncIterable<readonly TableRow[]>
}

/**
 * Why a file cannot be read as a table. `too_large`: it unpacks to more than any list could hold; `open_row`: a row has no
 * end; `mapping`: the file that says which heading stands for what is wrong.
 */
export const tableFaults = [
  'missing',
  'empty',
  'old_xls',
  'pdf',
  'binary',
  'damaged',
  'password',
  'too_large',
  'open_row',
  'mapping',
] as const
export type TableFault = (typeof tableFaults)[number]

/** The file cannot be read as a table at all; the message says why and what to do. */
export class TableError extends Error {
  override readonly name = 'TableError'
  readonly fault: TableFault

  constructor(fault: TableFault, message: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.fault = fault
  }
}

/** The text of a cell, whatever its kind. */
export function cellText(cell: Cell | undefined): string {
  if (cell === undefined) return ''
  return typeof cell === 'string' ? cell : cell.number
}
