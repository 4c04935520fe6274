import { dayInWita, isoDay, weekdayInWita } from '../language/format.ts'

/** From when to when an office is open on a day, in minutes after midnight in Kupang. */
export interface Opening {
  readonly from: number
  readonly to: number
}

/** When the offices work. Kupang has no summer time: a day is always 24 hours. */
export interface WorkingHours {
  /** By day of the week, 0 is Sunday; a day left out is closed. */
  readonly week: ReadonlyMap<number, Opening>
  /** Whether a day of the calendar, as `YYYY-MM-DD`, is a holiday. */
  isHoliday(day: string): boolean
}

/** How much time an office takes for an answer: hours in which it works, or hours of the clock. */
export type Allowance = { readonly working_hours: number } | { readonly hours: number }

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const witaMs = 8 * 60 * minuteMs
/** Days that are looked ahead: no calendar of holidays is as long. */
const furthestDays = 3_660

/**
 * The moment at which an allowance that begins at `from` is used up. Of working hours it is always a moment at which the offices
 * work, closing time included. Throws when the offices do not work for ten years.
 */
export function promisedAt(from: Date, allowance: Allowance, hours: WorkingHours): Date {
  if ('hours' in allowance) return new Date(from.getTime() + allowance.hours * 60 * minuteMs)
  let left = Math.round(allowance.working_hours * 60 * minuteMs)
  for (let later = 0; later < furthestDays; later += 1) {
    const day = openingOn(from, later, hours)
    if (day === undefined) continue
    const start = Math.max(day.start, from.getTime())
    if (start <= day.end && start + left <= day.end) return new Date(start + left)
    left -= Math.max(0, day.end - start)
  }
  throw new Error('the offices have no working hours for the next ten years')
}

/** Whether the offices work at a moment, the moment of closing included. */
export function isWorkingTime(moment: Date, hours: WorkingHours): boolean {
  const day = openingOn(moment, 0, hours)
  return day !== undefined && moment.getTime() >= day.start && moment.getTime() <= day.end
}

/** The first and last moment of work on the day some days after the one of `from`, in milliseconds. */
function openingOn(from: Date, daysLater: number, hours: WorkingHours) {
  const moment = new Date(from.getTime() + daysLater * dayMs)
  const opening = hours.week.get(weekdayInWita(moment))
  if (opening === undefined || hours.isHoliday(isoDay(dayInWita(moment)))) return undefined
  const midnight = Math.floor((moment.getTime() + witaMs) / dayMs) * dayMs - witaMs
  return { start: midnight + opening.from * minuteMs, end: midnight + opening.to * minuteMs }
}
