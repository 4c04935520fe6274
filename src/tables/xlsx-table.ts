import type { FileFacts } from './inspect-file.ts'
import { serialDate } from './serial-date.ts'
import type { Cell, Table, TableRow } from './table.ts'
import { type Archive, openArchive, readWorkbook, type Workbook } from './xlsx-workbook.ts'
import { readXml, type XmlHandlers } from './xml-stream.ts'

const headRows = 20
/** No spreadsheet program has more. */
const mostColumns = 16_384

/** The first visible sheet of an XLSX file as a table, streamed out of the archive. */
export function openXlsxTable(file: string, facts: FileFacts): Table {
  let workbook: Promise<Workbook> | undefined
  const read = async function* (
    columns: readonly number[] | undefined,
    after: number,
    onBytes?: (bytes: number) => void,
  ) {
    const archive = await openArchive(file)
    try {
      workbook ??= readWorkbook(archive)
      yield* readSheet(archive, await workbook, { columns, after }, (share) => onBytes?.(share * facts.size))
    } finally {
      archive.close()
    }
  }
  return {
    size: facts.size,
    hash: facts.hash,
    async head() {
      const rows: TableRow[] = []
      for await (const batch of read(undefined, 0)) {
        rows.push(...batch)
        if (rows.length >= headRows) break
      }
      return rows.slice(0, headRows)
    },
    rows: (after, columns, onBytes) => read(columns, after, onBytes),
  }
}

interface SheetReading {
  readonly columns: readonly number[] | undefined
  readonly after: number
}

async function* readSheet(
  archive: Archive,
  workbook: Workbook,
  reading: SheetReading,
  onShare: (share: number) => void,
): AsyncGenerator<readonly TableRow[]> {
  const stream = await archive.read(workbook.sheet)
  const size = Math.max(1, archive.size(workbook.sheet))
  let bytes = 0
  stream.on('data', (chunk: string | Buffer) => {
    bytes += chunk.length
  })
  for await (const rows of readXml(stream, sheetHandlers(workbook, reading))) {
    onShare(Math.min(1, bytes / size))
    yield rows
  }
  onShare(1)
}

function sheetHandlers(workbook: Workbook, { columns, after }: SheetReading): XmlHandlers<TableRow> {
  const places = columns === undefined ? undefined : new Map(columns.map((column, place) => [column, place]))
  let row = 0
  let column = -1
  let cells: Cell[] = []
  let type = ''
  let style = ''
  let text = ''
  let inValue = false
  const keep = () => {
    const place = places === undefined ? column : places.get(column)
    if (place === undefined || place >= mostColumns || text === '') return
    cells[place] = readCell(type, style, text, workbook)
  }
  return {
    open(name, attributes) {
      if (name === 'row') {
        row = attributes.r === undefined ? row + 1 : Number(attributes.r)
        column = -1
        cells = new Array<Cell>(columns?.length ?? 0).fill('')
      } else if (name === 'c') {
        column = attributes.r === undefined ? column + 1 : columnOf(attributes.r)
        type = attributes.t ?? 'n'
        style = attributes.s ?? ''
        text = ''
      }
      inValue = name === 'v' || name === 't'
    },
    text(part) {
      if (inValue) text += part
    },
    close(name, emit) {
      if (name === 'v' || name === 't') inValue = false
      else if (name === 'c') keep()
      else if (name === 'row' && row > after && cells.some((cell) => cell !== '')) {
        emit({ number: row, cells: Array.from(cells, (cell) => cell ?? '') })
      }
    },
  }
}

function readCell(type: string, style: string, text: string, workbook: Workbook): Cell {
  if (type === 's') return workbook.strings.at(Number(text)).trim()
  if (type === 'd') return text.slice(0, 10)
  if (type === 'n') return workbook.dateStyles.has(style) ? dateOf(text, workbook.from1904) : { number: text }
  // An error such as #N/A says nothing; a truth value or the text of a formula is what it is.
  return type === 'e' ? '' : text.trim()
}

/** A day count of a spreadsheet program as `yyyy-mm-dd`; what is no day count stays a number. */
function dateOf(text: string, from1904: boolean): Cell {
  const days = Math.floor(Number(text)) + (from1904 ? 1462 : 0)
  if (!(days > 0 && days < 200_000)) return { number: text }
  return serialDate(days)
}

/** The column of a cell reference such as `AB12`, from 0. */
function columnOf(reference: string): number {
  let column = 0
  for (let i = 0; i < reference.length; i++) {
    const code = reference.charCodeAt(i)
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
  }
  return column - 1
}
