import { createReadStream } from 'node:fs'
import iconv from 'iconv-lite'
import { csvRecords } from './csv-records.ts'
import type { Encoding, FileFacts } from './inspect-file.ts'
import { type Table, TableError, type TableRow } from './table.ts'

const headRows = 20

/** A CSV file as a table: comma, semicolon, tab or bar, in any of the known encodings, with or without a mark. */
export function openCsvTable(file: string, facts: FileFacts): Table {
  const sample = iconv.decode(facts.head, facts.encoding)
  if (sample.includes('\0'))
    throw new TableError('binary', 'the file is neither CSV nor XLSX: it holds binary data')
  const delimiter = sniffDelimiter(sample)
  const lineEnd = sample.includes('\r') && !sample.includes('\n') ? '\r' : '\n'
  return {
    size: facts.size,
    hash: facts.hash,
    async head() {
      const rows: TableRow[] = []
      const reading = { delimiter, lineEnd, columns: undefined, after: 0 } as const
      for await (const batch of csvRecords(decode(file, facts.encoding), reading)) {
        rows.push(...batch)
        if (rows.length >= headRows) break
      }
      return rows.slice(0, headRows)
    },
    rows: (after, columns, onBytes) =>
      csvRecords(decode(file, facts.encoding, onBytes), { delimiter, lineEnd, columns, after }),
  }
}

async function* decode(file: string, encoding: Encoding, onBytes?: (bytes: number) => void) {
  const decoder = iconv.getDecoder(encoding)
  let bytes = 0
  let first = true
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 16 })) {
    bytes += chunk.length
    const text = decoder.write(chunk)
    yield first && text.startsWith('\uFEFF') ? text.slice(1) : text
    first = first && text === ''
    onBytes?.(bytes)
  }
  yield decoder.end() ?? ''
}

/** The separator that `sep=` names, or the one that cuts the first lines most evenly. */
function sniffDelimiter(sample: string): string {
  const named = /^\uFEFF?sep=(.)\r?\n/.exec(sample)?.[1]
  if (named !== undefined) return named
  const lines = sample
    .replaceAll(/"[^"]*"/g, '')
    .split(/\r\n|\n|\r/)
    .slice(0, headRows)
  const most = (delimiter: string) => Math.max(...lines.map((line) => line.split(delimiter).length))
  return [',', ';', '\t', '|'].reduce((best, next) => (most(next) > most(best) ? next : best))
}
