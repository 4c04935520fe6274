import { serialDate } from '../tables/serial-date.ts'
import type { Cell } from '../tables/table.ts'

/** A birth date as `yyyy-mm-dd`, or why there is none. */
export type BirthDateReading =
  | { readonly type: 'date'; readonly date: string }
  | {
      readonly type: 'problem'
      readonly problem: 'birth_date.empty' | 'birth_date.unreadable' | 'birth_date.impossible'
    }

const dayFirst = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T].*)?$/
const yearFirst = /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:[ T].*)?$/
const serial = /^\d{1,5}(?:\.\d+)?$/

/**
 * Reads a birth date as list files write it: day first, year first, either with a time behind it, or the day count of a
 * spreadsheet program. Two-digit years are refused: a century must not be guessed. `today` is `yyyy-mm-dd`.
 */
export function readBirthDate(cell: Cell, today: string): BirthDateReading {
  const text = typeof cell === 'string' ? cell.replace(/^'/, '').trim() : cell.number
  if (text === '' || text === '-') return { type: 'problem', problem: 'birth_date.empty' }
  const date = serial.test(text) ? serialDate(Math.floor(Number(text))) : written(text)
  if (date === undefined) return { type: 'problem', problem: 'birth_date.unreadable' }
  if (!exists(date) || date < '1900-01-01' || date > today) {
    return { type: 'problem', problem: 'birth_date.impossible' }
  }
  return { type: 'date', date }
}

function written(text: string): string | undefined {
  const first = dayFirst.exec(text)
  if (first !== null) return iso(first[3], first[2], first[1])
  const last = yearFirst.exec(text)
  if (last !== null) return iso(last[1], last[2], last[3])
  return undefined
}

function iso(year = '', month = '', day = ''): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function exists(date: string): boolean {
  const month = Number(date.slice(5, 7))
  const day = Number(date.slice(8))
  if (month < 1 || month > 12 || day < 1) return false
  return day <= 28 || day <= new Date(Date.UTC(Number(date.slice(0, 4)), month, 0)).getUTCDate()
}
