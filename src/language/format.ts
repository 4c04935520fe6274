/** The names of the months, January first. */
export const MONTHS = [
  'Januari',
  'Februari',
  'Maret',
  'April',
  'Mei',
  'Juni',
  'Juli',
  'Agustus',
  'September',
  'Oktober',
  'November',
  'Desember',
] as const

/** The names of the days of the week, Sunday first. */
const WEEKDAYS = ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'] as const

const WITA_OFFSET_MS = 8 * 60 * 60 * 1000

/** A day of the calendar; `month` counts from 1. */
export interface CalendarDay {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** The day it is in Kupang (WITA, UTC+8 without summer time) at a moment, moved on by some days. */
export function dayInWita(moment: Date, daysLater = 0): CalendarDay {
  const local = new Date(moment.getTime() + WITA_OFFSET_MS + daysLater * 86_400_000)
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() }
}

/** The day of the week in Kupang at a moment; 0 is Sunday. */
export function weekdayInWita(moment: Date): number {
  return new Date(moment.getTime() + WITA_OFFSET_MS).getUTCDay()
}

/** A calendar day as `YYYY-MM-DD`. */
export function isoDay({ year, month, day }: CalendarDay): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** `1980-08-17` as "17 Agustus 1980". A text that is no such date comes back unchanged. */
export function formatDate(iso: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso) ?? []
  const name = MONTHS[Number(month) - 1]
  return name === undefined ? iso : `${Number(day)} ${name} ${year}`
}

/** A moment in Kupang's time as "Kamis, 5 Maret 2026 pukul 09.30 WITA". */
export function formatMoment(moment: Date): string {
  const local = new Date(moment.getTime() + WITA_OFFSET_MS)
  const clock = `${twoDigits(local.getUTCHours())}.${twoDigits(local.getUTCMinutes())}`
  const weekday = WEEKDAYS[local.getUTCDay()] ?? ''
  return `${weekday}, ${formatDate(isoDay(dayInWita(moment)))} pukul ${clock} WITA`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

/** 19615 as "19.615"; at most two decimals, after a comma. */
export function formatNumber(value: number): string {
  const [whole = '0', decimals] = String(Math.round(Math.abs(value) * 100) / 100).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '.')
  return `${value < 0 ? '-' : ''}${grouped}${decimals === undefined ? '' : `,${decimals}`}`
}

/** A price in whole rupiah as "Rp25.000". */
export function formatRupiah(value: number): string {
  const rounded = Math.round(value)
  return `${rounded < 0 ? '-' : ''}Rp${formatNumber(Math.abs(rounded))}`
}
