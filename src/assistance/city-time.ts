// Kupang lies in WITA: eight hours ahead of UTC, all year round.
const offset = 8 * 3_600_000
const day = 86_400_000

/** The city's calendar day at a moment, as `yyyy-mm-dd`. */
export function isoDay(at: Date): string {
  return new Date(at.getTime() + offset).toISOString().slice(0, 10)
}

/** When the city's day began that `at` falls in. */
export function startOfDay(at: Date): Date {
  return new Date(Math.floor((at.getTime() + offset) / day) * day - offset)
}

/** When the next day of the city begins. */
export function startOfNextDay(at: Date): Date {
  return new Date(startOfDay(at).getTime() + day)
}

/** Whole days from a calendar day, `yyyy-mm-dd`, to the city's day at a moment. */
export function daysSince(date: string, at: Date): number {
  return Math.round((Date.parse(isoDay(at)) - Date.parse(date)) / day)
}
