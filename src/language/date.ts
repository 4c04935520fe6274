import { typoDistance } from './distance.ts'
import { type CalendarDay, dayInWita, formatDate, isoDay, MONTHS, weekdayInWita } from './format.ts'
import { fold } from './normalise.ts'
import { readNumberWords } from './number-words.ts'
import { type Parsed, problem } from './parsed.ts'

const LONGEST = 80
const FIRST_YEAR = 1900
const LAST_YEAR = 2100
const MONTH_NAMES = [
  'januari jan',
  'februari feb pebruari peb',
  'maret mar mrt march',
  'april apr',
  'mei may mey',
  'juni jun',
  'juli jul',
  'agustus agt agu ags agust aug agus',
  'september sep sept',
  'oktober okt oct',
  'november nov nop nopember',
  'desember des dec',
].map((names) => names.split(' '))
const RELATIVE: readonly (readonly [RegExp, number])[] = [
  [/\b(?:hari ini|ini hari|sekarang|skrg|sakarang)\b/, 0],
  [/\b(?:kemarin dulu|kemaren dulu|kamaren dolo|kemarin lusa)\b/, -2],
  [/\b(?:kemarin|kemaren|kamaren|kamarin|kmrn)\b/, -1],
  [/\b(?:besok lusa|lusa)\b/, 2],
  [/\b(?:besok|bsk|beso)\b/, 1],
]
const NUMBER_WORD =
  'satu|dua|tiga|e?ampat|empat|lima|[ea]nam|tujuh?|[ds]?[ea]?lapan|s[ea]mbilan|s[ea]puluh|s[ea]b[ea]las|seratus|seribu|belas|puluh|ratus|ribu'
const NUMBER_WORDS = new RegExp(`\\b(?:${NUMBER_WORD})(?: (?:${NUMBER_WORD}))*\\b`, 'g')

/** The numbers found in a date, before they are judged. `shortYear` marks a year of two digits. */
interface Found {
  readonly day: number
  readonly month: number
  readonly year: number
  readonly shortYear: boolean
}

/**
 * Reads a date as people write it, day before month, as `YYYY-MM-DD`. "Besok" and the like are counted from `now` in Kupang's
 * time. A year of two digits is taken for the latest one that is not in the future, and asked back.
 */
export function parseDate(text: string, now: Date): Parsed {
  const folded = foldDate(text)
  const found = findDate(folded)
  if (found !== undefined) return judge(found, withCentury(found, dayInWita(now)))
  for (const [pattern, days] of RELATIVE) {
    if (pattern.test(folded)) return valueFor(dayInWita(now, days))
  }
  return nextWeekday(folded, now) ?? problem('date.unreadable')
}

const OLDEST = 120
/** Who asks is more often grown up than a child, unless the other reading is older than people get. */
const GROWN_UP = 17
const VERY_OLD = 100

/**
 * Reads a birth date: written out, not after today in Kupang's time, and of somebody no older than 120 years. A year of two
 * digits is 19YY when 20YY would be in the future or make a child; one that would make a child or somebody of a hundred
 * is to be written out.
 */
export function parseBirthDate(text: string, now: Date): Parsed {
  // "Besok" is a date, but nobody's birth date.
  const found = findDate(foldDate(text))
  if (found === undefined) return problem('date.unreadable')
  const today = dayInWita(now, 0)
  const day = withCentury(found, { ...today, year: today.year - GROWN_UP })
  const parsed = judge({ ...found, shortYear: false }, day)
  if (parsed.type !== 'value') return parsed
  const child = { ...day, year: day.year + VERY_OLD }
  if (found.shortYear && isoDay(child) <= isoDay(today)) return problem('birth_date.short_year')
  if (String(parsed.value) > isoDay(today)) return problem('birth_date.future')
  const oldest = isoDay({ ...today, year: today.year - OLDEST })
  return String(parsed.value) < oldest ? problem('birth_date.too_old') : parsed
}

function foldDate(text: string): string {
  const folded = fold(text.slice(0, LONGEST)).replace(/\s+/g, ' ').trim()
  return folded.replace(NUMBER_WORDS, spelled)
}

/** "Tujuh belas" is 17; "tujuh tiga" and "sembilan belas tujuh puluh tiga", as years are said, are 73 and 1973. */
function spelled(words: string): string {
  const tokens = words.split(' ')
  const number = readNumberWords(tokens)
  if (number !== undefined) return String(number)
  const parts: number[] = []
  for (let at = 0; at < tokens.length; ) {
    const [length, part] = longestNumber(tokens.slice(at))
    if (part === undefined) return words
    parts.push(part)
    at += length
  }
  return parts.join('')
}

/** The longest run of words from the first on that is one number, and that number. */
function longestNumber(tokens: readonly string[]): readonly [length: number, number: number | undefined] {
  for (let length = tokens.length; length > 0; length--) {
    const number = readNumberWords(tokens.slice(0, length))
    if (number !== undefined) return [length, number]
  }
  return [1, undefined]
}

function findDate(text: string): Found | undefined {
  return findIso(text) ?? findNumeric(text) ?? findNamed(text) ?? findGlued(text)
}

function findIso(text: string): Found | undefined {
  const [, year, month, day] = /(?<!\d)(\d{4})[-/. ]{1,3}(\d{1,2})[-/. ]{1,3}(\d{1,2})(?!\d)/.exec(text) ?? []
  return year === undefined ? undefined : found(day, month, year)
}

function findNumeric(text: string): Found | undefined {
  const pattern = /(?<!\d)(\d{1,2})[-/.,‐-― ]{1,3}(\d{1,2})[-/.,‐-― ]{1,3}(\d{4}|\d{2})(?!\d)/
  const [, day, month, year] = pattern.exec(text) ?? []
  return year === undefined ? undefined : found(day, month, year)
}

function findNamed(text: string): Found | undefined {
  const pattern = /(?<!\d)(\d{1,2})[-/., ]{0,3}([a-z]{3,12})[-/., ]{0,3}(\d{4}|\d{2})(?!\d)/g
  for (const [, day, name = '', year] of text.matchAll(pattern)) {
    const month = monthNamed(name)
    if (month !== undefined) return found(day, month, year)
  }
  const [, name = '', day, year] =
    /([a-z]{3,12})[-/., ]{0,3}(\d{1,2})[-/., ]{1,3}(\d{4})(?!\d)/.exec(text) ?? []
  const month = monthNamed(name)
  return month === undefined ? undefined : found(day, month, year)
}

function findGlued(text: string): Found | undefined {
  const digits = /(?<!\d)(\d{8}|\d{6})(?!\d)/.exec(text)?.[1]
  if (digits === undefined) return undefined
  const dayFirst = found(digits.slice(0, 2), digits.slice(2, 4), digits.slice(4))
  if (digits.length === 6 || isReal(dayFirst)) return dayFirst
  const yearFirst = found(digits.slice(6), digits.slice(4, 6), digits.slice(0, 4))
  return isReal(yearFirst) ? yearFirst : dayFirst
}

function found(day: string | number = '', month: string | number = '', year = ''): Found {
  return { day: Number(day), month: Number(month), year: Number(year), shortYear: year.length === 2 }
}

function monthNamed(name: string): number | undefined {
  const exact = MONTH_NAMES.findIndex((names) => names.includes(name))
  if (exact !== -1) return exact + 1
  const near = MONTHS.findIndex((month) => typoDistance(name, month.toLowerCase()) !== undefined)
  return near === -1 ? undefined : near + 1
}

function judge({ shortYear }: Found, day: CalendarDay): Parsed {
  if (!isReal(day)) return problem('date.impossible', { day: day.day, month: day.month, year: day.year })
  return shortYear ? { ...valueFor(day), confirm: true } : valueFor(day)
}

/** A year of two digits is the latest one that gives a day not after `latest`. */
function withCentury(written: Found, latest: CalendarDay): CalendarDay {
  if (!written.shortYear) return written
  const recent = { ...written, year: 2000 + written.year }
  return isoDay(recent) > isoDay(latest) ? { ...written, year: 1900 + written.year } : recent
}

function isReal({ day, month, year }: CalendarDay): boolean {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) return false
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function valueFor(day: CalendarDay): { type: 'value'; value: string; label: string } {
  const iso = isoDay(day)
  return { type: 'value', value: iso, label: formatDate(iso) }
}

/** "Senin" alone is the next Monday; it is asked back, since it may have been the last one. */
function nextWeekday(folded: string, now: Date): Parsed | undefined {
  const names = ['senin', 'selasa', 'rabu', 'kamis', 'jumat', 'sabtu', 'minggu']
  const word = /^(?:hari )?(\w+)(?: depan| nanti| besok)?$/.exec(folded)?.[1] ?? ''
  const index = names.indexOf(word)
  if (index === -1) return undefined
  const ahead = (index + 1 - weekdayInWita(now) + 7) % 7
  return { ...valueFor(dayInWita(now, ahead === 0 ? 7 : ahead)), confirm: true }
}
