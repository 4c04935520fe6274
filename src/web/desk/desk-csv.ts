import type { Context } from 'hono'
import { csvLine } from '../../staff/csv-cell.ts'

/** A table as a CSV file to keep, with the mark by which Excel knows UTF-8. `name` is without its ending. */
export function csvDownload(context: Context, name: string, rows: readonly (readonly string[])[]): Response {
  nameFile(context, name)
  return context.body(`\uFEFF${rows.map(csvLine).join('')}`)
}

/** The same of pieces that come one after the other. */
export function csvStream(context: Context, name: string, pieces: AsyncIterable<string>): Response {
  nameFile(context, name)
  return context.body(ReadableStream.from(pieces).pipeThrough(new TextEncoderStream()))
}

function nameFile(context: Context, name: string): void {
  context.header('Content-Type', 'text/csv; charset=utf-8')
  context.header('Content-Disposition', `attachment; filename="${name}.csv"`)
}
