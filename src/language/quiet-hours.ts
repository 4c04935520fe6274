import { dayInWita } from './format.ts'

/** The hours of the day, in Kupang's time, in which nobody is written to unasked: from the one, past midnight, to the other. */
export interface QuietHours {
  /** 0 to 23. */
  readonly from: number
  readonly to: number
}

const hourMs = 3_600_000
const offsetMs = 8 * hourMs

/** Whether a moment is in the quiet hours. */
export function isQuiet(moment: Date, { from, to }: QuietHours): boolean {
  const hour = new Date(moment.getTime() + offsetMs).getUTCHours()
  return from > to ? hour >= from || hour < to : hour >= from && hour < to
}

/** The moment itself, or the end of the quiet hours that it is in. */
export function afterQuiet(moment: Date, hours: QuietHours): Date {
  if (!isQuiet(moment, hours)) return moment
  const hour = new Date(moment.getTime() + offsetMs).getUTCHours()
  return atHour(moment, hours.to, hour >= hours.to ? 1 : 0)
}

/** A full hour of the moment's day in Kupang, some days later. */
export function atHour(moment: Date, hour: number, daysLater = 0): Date {
  const { year, month, day } = dayInWita(moment, daysLater)
  return new Date(Date.UTC(year, month - 1, day, hour) - offsetMs)
}
