import { dayInWita, isoDay } from '../../language/format.ts'

const witaOffsetMs = 8 * 3_600_000
const isoDate = /^(\d{4})-(\d{1,2})-(\d{1,2})$/
const localDate = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4})$/
const time = /^([01]?\d|2[0-3])[.:]([0-5]\d)$/
/** With its zone, or it would be a time of wherever the program runs. */
const isoMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/

/** A moment as it is written in Kupang: the parts that `parseMoment` reads. */
export interface WrittenMoment {
  /** `2026-12-01`. */
  readonly day: string
  /** `08.00`. */
  readonly clock: string
}

/**
 * The moment of a day (`2026-12-01` or `1-12-2026`, also with slashes) and a time of day (`08.00` or `08:00`) in Kupang;
 * undefined where either is none.
 */
export function parseMoment(day: string, clock: string): Date | undefined {
  const midnight = parseDay(day)
  const [, hours, minutes] = time.exec(clock.trim()) ?? []
  if (midnight === undefined || hours === undefined || minutes === undefined) return undefined
  return new Date(midnight.getTime() + (Number(hours) * 60 + Number(minutes)) * 60_000)
}

/** The moment of a text: `2026-12-01 08.00` in Kupang, or ISO 8601 with its zone (`2026-12-01T08:00+08:00`); else undefined. */
export function readMoment(text: string): Date | undefined {
  const written = text.trim()
  if (isoMoment.test(written)) {
    const moment = new Date(written)
    return Number.isNaN(moment.getTime()) ? undefined : moment
  }
  const [day = '', clock = '', ...more] = written.split(/\s+/)
  return more.length > 0 ? undefined : parseMoment(day, clock)
}

/** The midnight with which a day begins in Kupang; undefined for a day that is in no calendar. */
export function parseDay(text: string): Date | undefined {
  const written = text.trim()
  const [, year, month, day] = isoDate.exec(written) ?? []
  if (year !== undefined) return midnightOf(Number(year), Number(month), Number(day))
  const [, localDay, localMonth, localYear] = localDate.exec(written) ?? []
  return midnightOf(Number(localYear), Number(localMonth), Number(localDay))
}

/** Day and time of day in Kupang, as they are written. */
export function writeMoment(moment: Date): WrittenMoment {
  const local = new Date(moment.getTime() + witaOffsetMs)
  const clock = [local.getUTCHours(), local.getUTCMinutes()].map((part) => String(part).padStart(2, '0'))
  return { day: isoDay(dayInWita(moment)), clock: clock.join('.') }
}

function midnightOf(year: number, month: number, day: number): Date | undefined {
  const midnight = new Date(Date.UTC(year, month - 1, day))
  // 30 February would roll on into March.
  const isReal = midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day
  return isReal && year >= 1900 ? new Date(midnight.getTime() - witaOffsetMs) : undefined
}
