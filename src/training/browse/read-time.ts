import { type CalendarDay, dayInWita, isoDay, weekdayInWita } from '../../language/format.ts'
import { readNumberWords } from '../../language/number-words.ts'
import type { BrowseWords } from './browse-words.ts'
import { isOneOf, isWord, type SaidWord } from './read-words.ts'

/** A time that a sentence speaks of: days from the first to the last, as `YYYY-MM-DD`; or a day of the week, 0 is Sunday. */
export type AskedTime =
  | { readonly type: 'days'; readonly first: string; readonly last: string }
  | { readonly type: 'weekday'; readonly weekday: number }

type Lists = BrowseWords['reading']

/** Where in the sentence one looks, and what time it is. */
interface Place {
  readonly words: readonly SaidWord[]
  readonly at: number
  readonly lists: Lists
  readonly now: Date
}

/** What was found, and how many words it took. */
type Found = { readonly time: AskedTime; readonly length: number }

const FULL_YEAR = /^20\d\d$/
const SHORT = 4

/** Reads the first time out of a sentence, and takes its words. */
export function readTime(words: readonly SaidWord[], lists: Lists, now: Date): AskedTime | undefined {
  for (let at = 0; at < words.length; at++) {
    const place = { words, at, lists, now }
    const found =
      numericDay(place) ??
      namedDay(place) ??
      dayOfMonth(place) ??
      wholeMonth(place) ??
      period(place) ??
      weekday(place)
    if (found === undefined) continue
    for (const word of words.slice(at, at + found.length)) word.taken = true
    return found.time
  }
  return undefined
}

/** "12-01-2026" and "12/1/2026" are three numbers; "12.01.2026" is one. */
function numericDay({ words, at }: Place): Found | undefined {
  const whole = /^(\d{1,2})[.,](\d{1,2})[.,](20\d\d)$/.exec(words[at]?.surface ?? '')
  if (whole !== null)
    return oneDay({ day: Number(whole[1]), month: Number(whole[2]), year: Number(whole[3]) }, 1)
  const [day, month, year] = [0, 1, 2].map((step) => words[at + step]?.surface ?? '')
  if (!/^\d{1,2}$/.test(day ?? '') || !/^\d{1,2}$/.test(month ?? '') || !FULL_YEAR.test(year ?? ''))
    return undefined
  return oneDay({ day: Number(day), month: Number(month), year: Number(year) }, 3)
}

/** "12 Januari", "12 jan 2026". */
function namedDay({ words, at, lists, now }: Place): Found | undefined {
  const day = numberAt(words, at, 31)
  const month = monthAt(words, at + 1, lists, true)
  if (day === undefined || month === undefined) return undefined
  const year = yearAt(words, at + 2)
  const today = dayInWita(now)
  const isPast = isoDay({ ...today, month, day }) < isoDay(today)
  const meant = year ?? (isPast ? today.year + 1 : today.year)
  return oneDay({ day, month, year: meant }, year === undefined ? 2 : 3)
}

/** "Tanggal 12": the next one. */
function dayOfMonth({ words, at, lists, now }: Place): Found | undefined {
  const word = words[at]
  const day = numberAt(words, at + 1, 31)
  if (word === undefined || day === undefined || !isOneOf(word, lists.date)) return undefined
  const today = dayInWita(now)
  const { year, month } = day < today.day ? monthAfter(today) : today
  return monthAt(words, at + 2, lists, true) === undefined ? oneDay({ year, month, day }, 2) : undefined
}

/** "Januari", "bulan jan 2026", "bulan sepuluh", "bulan 3": the next one, unless the year is told. */
function wholeMonth({ words, at, lists, now }: Place): Found | undefined {
  const word = words[at]
  const isCalled = word !== undefined && isOneOf(word, lists.month)
  const start = isCalled ? at + 1 : at
  const named = monthAt(words, start, lists, isCalled)
  const month = named ?? (isCalled ? numberAt(words, start, 12) : undefined)
  if (month === undefined) return undefined
  const year = yearAt(words, start + 1)
  const today = dayInWita(now)
  const meant = year ?? (month < today.month ? today.year + 1 : today.year)
  return { time: monthOf({ year: meant, month }), length: start - at + (year === undefined ? 1 : 2) }
}

/** "Bulan depan", "minggu ini", "besok". */
function period({ words, at, lists, now }: Place): Found | undefined {
  const word = words[at]
  const which = words[at + 1]
  if (word === undefined) return undefined
  if (isOneOf(word, lists.tomorrow)) return oneDay(dayInWita(now, 1), 1)
  if (isOneOf(word, lists.after_tomorrow)) return oneDay(dayInWita(now, 2), 1)
  if (which === undefined) return undefined
  const isNext = isOneOf(which, lists.next)
  if (!isNext && !isOneOf(which, lists.this)) return undefined
  const today = dayInWita(now)
  if (isOneOf(word, lists.month)) return { time: monthOf(isNext ? monthAfter(today) : today), length: 2 }
  if (isOneOf(word, lists.week)) return { time: weekOf(now, isNext ? 7 : 0), length: 2 }
  if (!isOneOf(word, lists.year)) return undefined
  const year = isNext ? today.year + 1 : today.year
  return { time: { type: 'days', first: `${year}-01-01`, last: `${year}-12-31` }, length: 2 }
}

/** "Hari Sabtu", "Senin"; Sunday only after "hari", since its name is that of the week too. */
function weekday({ words, at, lists }: Place): Found | undefined {
  const word = words[at]
  const isCalled = word !== undefined && isOneOf(word, lists.day)
  const name = words[isCalled ? at + 1 : at]
  const index = name === undefined ? -1 : lists.weekdays.findIndex((day) => isWord(name, day))
  if (index === -1 || (!isCalled && name !== undefined && isOneOf(name, lists.week))) return undefined
  return { time: { type: 'weekday', weekday: index }, length: isCalled ? 2 : 1 }
}

function numberAt(words: readonly SaidWord[], at: number, most: number): number | undefined {
  const { word = '', taken = true } = words[at] ?? {}
  const number =
    taken || /^\d{3,}|[.,]/.test(word) || !/^(?:\d+|[a-z]+)$/.test(word) ? undefined : readNumberWords([word])
  return number !== undefined && Number.isInteger(number) && number >= 1 && number <= most
    ? number
    : undefined
}

function yearAt(words: readonly SaidWord[], at: number): number | undefined {
  const { word = '' } = words[at] ?? {}
  return FULL_YEAR.test(word) ? Number(word) : undefined
}

/** The month that a word names, from 1. Short names are words of their own elsewhere: "mar" is "but". */
function monthAt(
  words: readonly SaidWord[],
  at: number,
  { months }: Lists,
  isExpected: boolean,
): number | undefined {
  const word = words[at]
  if (word === undefined) return undefined
  const index = months.findIndex((names) =>
    names.some((name, place) => isWord(word, name) && (isExpected || place === 0 || name.length > SHORT)),
  )
  return index === -1 ? undefined : index + 1
}

function oneDay(day: CalendarDay, length: number): Found | undefined {
  const lastOfMonth = new Date(Date.UTC(day.year, day.month, 0)).getUTCDate()
  if (day.month < 1 || day.month > 12 || day.day < 1 || day.day > lastOfMonth) return undefined
  return { time: { type: 'days', first: isoDay(day), last: isoDay(day) }, length }
}

function monthAfter({ year, month }: Pick<CalendarDay, 'year' | 'month'>) {
  return month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 }
}

function monthOf({ year, month }: Pick<CalendarDay, 'year' | 'month'>): AskedTime {
  return { type: 'days', first: isoDay({ year, month, day: 1 }), last: isoDay({ year, month, day: 31 }) }
}

/** From Monday to Sunday. */
function weekOf(now: Date, later: number): AskedTime {
  const sinceMonday = (weekdayInWita(now) + 6) % 7
  const day = (days: number) => isoDay(dayInWita(now, later - sinceMonday + days))
  return { type: 'days', first: day(0), last: day(6) }
}
