import { TableError, type TableRow } from './table.ts'

/** What is read of each record: all cells, or those of `columns` in that order. */
export interface CsvReading {
  readonly delimiter: string
  /** The last character of a line's end: `\r` only where the file has no `\n`. */
  readonly lineEnd: '\n' | '\r'
  readonly columns: readonly number[] | undefined
  /** Records up to this one are counted and left out. */
  readonly after: number
}

// A quote that is never closed must not make the rest of a large file one cell.
const longestRecord = 1_000_000

/**
 * Cuts the records of a CSV text that comes in pieces of any size: RFC 4180, with any of `\n`, `\r\n` and `\r` as the end
 * of a line. Blank records are counted and left out. Written for speed: a record without a quote is never walked
 * character by character, and cells that nobody asked for are not cut out.
 */
export async function* csvRecords(
  pieces: AsyncIterable<string>,
  reading: CsvReading,
): AsyncGenerator<readonly TableRow[]> {
  const state = { rest: '', number: 0 }
  for await (const piece of pieces) {
    const rows = cutRecords(state, state.rest + piece, reading, false)
    if (rows.length > 0) yield rows
  }
  const rows = cutRecords(state, state.rest, reading, true)
  if (rows.length > 0) yield rows
}

interface State {
  rest: string
  number: number
}

function cutRecords(state: State, text: string, reading: CsvReading, last: boolean): TableRow[] {
  const rows: TableRow[] = []
  const { lineEnd } = reading
  let at = 0
  let quote = text.indexOf('"')
  while (at < text.length) {
    if (quote !== -1 && quote < at) quote = text.indexOf('"', at)
    const line = text.indexOf(lineEnd, at)
    const plain = quote === -1 || (line !== -1 && line < quote)
    const record = plain ? plainRecord(text, at, line, reading) : quotedRecord(text, at, reading)
    if (record === undefined && !last) break
    const { cells, end } = record ?? unfinished(text, at, reading)
    state.number++
    at = end
    if (state.number > reading.after && cells.some((cell) => cell !== '')) {
      rows.push({ number: state.number, cells })
    }
  }
  state.rest = text.slice(at)
  if (state.rest.length > longestRecord) {
    throw new TableError(
      'open_row',
      `row ${state.number + 1} has no end: is a quotation mark left open there?`,
    )
  }
  return rows
}

interface Cut {
  readonly cells: string[]
  /** Where the next record starts. */
  readonly end: number
}

function plainRecord(text: string, at: number, line: number, reading: CsvReading): Cut | undefined {
  if (line === -1) return undefined
  const end = text[line - 1] === '\r' && line > at ? line - 1 : line
  return { cells: plainCells(text, at, end, reading), end: line + 1 }
}

function plainCells(text: string, at: number, end: number, { delimiter, columns }: CsvReading): string[] {
  if (columns === undefined) {
    return text
      .slice(at, end)
      .split(delimiter)
      .map((cell) => cell.trim())
  }
  const cells = new Array<string>(columns.length).fill('')
  let column = 0
  let left = columns.length
  for (let start = at; start <= end && left > 0; column++) {
    const found = text.indexOf(delimiter, start)
    const stop = found === -1 || found > end ? end : found
    const place = columns.indexOf(column)
    if (place !== -1) {
      cells[place] = text.slice(start, stop).trim()
      left--
    }
    start = stop + 1
  }
  return cells
}

function quotedRecord(text: string, at: number, reading: CsvReading): Cut | undefined {
  const cells: string[] = []
  let start = at
  while (start <= text.length) {
    const cell = cutCell(text, start, reading)
    if (cell === undefined) return undefined
    cells.push(cell.text)
    if (cell.closes) return { cells: pick(cells, reading), end: cell.next }
    start = cell.next
  }
  return undefined
}

interface CutCell {
  readonly text: string
  readonly next: number
  /** Whether the record ends with this cell. */
  readonly closes: boolean
}

function cutCell(text: string, start: number, { lineEnd, delimiter }: CsvReading): CutCell | undefined {
  let from = start
  if (text[start] === '"') {
    from = closingQuote(text, start + 1)
    if (from === -1) return undefined
  }
  const line = text.indexOf(lineEnd, from)
  const comma = text.indexOf(delimiter, from)
  if (line === -1 && comma === -1) return undefined
  const closes = comma === -1 || (line !== -1 && line < comma)
  const end = closes ? line : comma
  return { text: unquote(text.slice(start, end)), next: end + 1, closes }
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    // A quote at the very end may be the first half of a doubled one.
    if (at + 1 === text.length) return -1
    if (text[at + 1] !== '"') return at + 1
  }
  return -1
}

/** What is left when the file ends without the end of a line, or inside an open quote. */
function unfinished(text: string, at: number, reading: CsvReading): Cut {
  const cut = quotedRecord(text.slice(at) + reading.lineEnd, 0, reading)
  if (cut === undefined) return { cells: pick([text.slice(at)], reading), end: text.length }
  return { cells: cut.cells, end: text.length }
}

function unquote(raw: string): string {
  const text = raw.trim()
  if (!text.startsWith('"') || !text.endsWith('"') || text.length < 2) return text
  return text.slice(1, -1).replaceAll('""', '"').trim()
}

function pick(cells: string[], { columns }: CsvReading): string[] {
  return columns === undefined ? cells : columns.map((column) => cells[column] ?? '')
}
