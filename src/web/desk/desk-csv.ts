import type { Context } from 'hono'

/** A table as a CSV file to keep: UTF-8 with the mark that Excel wants, comma, CRLF. `name` is without its ending. */
export function csvDownload(context: Context, name: string, rows: readonly (readonly string[])[]): Response {
  context.header('Content-Type', 'text/csv; charset=utf-8')
  context.header('Content-Disposition', `attachment; filename="${name}.csv"`)
  return context.body(`\uFEFF${rows.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')}`)
}

/** A cell that no spreadsheet program takes for a formula. */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
