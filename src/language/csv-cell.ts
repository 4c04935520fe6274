/**
 * A text as a cell of a CSV file that no spreadsheet program takes for a formula: one that begins like a formula gets an
 * apostrophe before it, and one with a separator, quote or line break is quoted.
 */
export function csvCell(text: string): string {
  // The wide forms count too: some programs read them as the narrow ones. So do blanks before the sign.
  const safe = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/u.test(text) ? `'${text}` : text
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A line of a CSV file, with its end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}
