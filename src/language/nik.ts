import { maskNik } from './mask.ts'
import { foldCharacters } from './normalise.ts'
import { readDigitWords } from './number-words.ts'
import { type Parsed, type ParseProblem, problem } from './parsed.ts'

/** How many digits a NIK and a KK number have. */
const NIK_LENGTH = 16

const TAIL_LENGTH = 4
const FEMALE_DAY_OFFSET = 40

// The 38 provinces by Kemendagri code, and 97, which the newest lists reserve for Papua.
const PROVINCES: ReadonlySet<string> = new Set(
  (
    '11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 61 62 63 64 65 ' +
    '71 72 73 74 75 76 81 82 91 92 93 94 95 96 97'
  ).split(' '),
)

/**
 * What is wrong with 16 digits as a NIK, by its form alone; undefined when nothing is. There is no check digit, the area
 * is where the person was first registered, and the year has no century, so none of these is judged.
 */
export function nikProblem(digits: string): ParseProblem | undefined {
  if (!/^\d+$/.test(digits)) return 'nik.unreadable'
  if (digits.length !== NIK_LENGTH) return 'nik.length'
  if (/^(\d)\1+$/.test(digits) || digits === '1234567890123456') return 'nik.repeated'
  if (!PROVINCES.has(digits.slice(0, 2))) return 'nik.province'
  if (!isNikDate(digits.slice(6, 12))) return 'nik.date'
  return digits.endsWith('0000') ? 'nik.serial' : undefined
}

function isNikDate(ddmmyy: string): boolean {
  const written = Number(ddmmyy.slice(0, 2))
  const day = written > FEMALE_DAY_OFFSET ? written - FEMALE_DAY_OFFSET : written
  const month = Number(ddmmyy.slice(2, 4))
  // A year divisible by 4 is leap in 19YY or in 20YY (2000 was), and the century is unknown.
  const leap = Number(ddmmyy.slice(4)) % 4 === 0
  const longest = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
  return month >= 1 && month <= 12 && day >= 1 && day <= longest
}

/** Reads a NIK however it is spaced. Letters that look like digits are only offered as a correction. */
export function parseNik(text: string): Parsed {
  const found = longestNumber(text)
  const digits = asDigits(found)
  if (digits.length < 6) return problem('nik.unreadable')
  const wrong = nikProblem(digits)
  if (wrong !== undefined) return problem(wrong, { digits: digits.length })
  const value = { type: 'value' as const, value: digits, label: maskNik(digits) }
  return digits === found ? value : { ...value, confirm: true }
}

/** Reads the last four digits of a NIK. A whole NIK is refused, so that nobody gets used to sending it. */
export function parseNikTail(text: string): Parsed {
  const found = readDigitWords(text) ?? longestNumber(text)
  const digits = asDigits(found)
  if (digits === '' || !/\d/.test(found)) return problem('nik_tail.unreadable')
  if (digits.length !== TAIL_LENGTH) return problem('nik_tail.length', { digits: digits.length })
  if (digits === '0000') return problem('nik.serial', { digits: digits.length })
  const value = { type: 'value' as const, value: digits, label: digits }
  return digits === found ? value : { ...value, confirm: true }
}

function asDigits(text: string): string {
  return text.replaceAll('o', '0').replace(/[li]/g, '1')
}

/** The longest stretch of digits, and of letters that look like them, with what separates its groups taken out. */
function longestNumber(text: string): string {
  const runs =
    foldCharacters(text).match(/(?<![a-z\d])[\doil](?:[\doil]|[\s.\-‐-―_/,]{1,3}(?=[\doil]))*(?![a-z\d])/g) ??
    []
  const joined = runs.map((run) => run.replace(/[^\doil]/g, '')).filter((run) => /\d/.test(run))
  return joined.reduce((longest, run) => (run.length > longest.length ? run : longest), '')
}
