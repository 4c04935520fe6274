/** A table of text with named columns, and what could not be read of it. */
export interface Table {
  readonly rows: readonly Readonly<Record<string, string>>[]
  readonly problems: readonly string[]
}

/** Reads a comma- or tab-separated table without quoting, as the tables of `flows/language/` are. `#` starts a comment. */
export function readTable(
  name: string,
  text: string,
  separator: ',' | '\t',
  columns: readonly string[],
): Table {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/)
  const header = (lines[0] ?? '').split(separator).map((cell) => cell.trim())
  const missing = columns.filter((column) => !header.includes(column))
  if (missing.length > 0)
    return { rows: [], problems: [`${name}: the column ${missing.join(', ')} is missing`] }
  const rows: Record<string, string>[] = []
  const problems: string[] = []
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === '' || line.startsWith('#')) continue
    const cells = line.split(separator)
    if (cells.length < columns.length) problems.push(`${name}: line ${index + 1} has too few columns`)
    else rows.push(Object.fromEntries(header.map((column, at) => [column, (cells[at] ?? '').trim()])))
  }
  return { rows, problems }
}
