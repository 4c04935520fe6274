const day = 86_400_000

/** The date of a spreadsheet program's day count from 1900, as `yyyy-mm-dd`. */
export function serialDate(days: number): string {
  // Day 60 is a 29 February 1900 that never was: from there on the count is one too high.
  const epoch = days < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30)
  return new Date(epoch + days * day).toISOString().slice(0, 10)
}
