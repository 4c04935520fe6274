import { formatNumber, formatRupiah } from './format.ts'
import { fold, normalise } from './normalise.ts'
import { readNumberWords } from './number-words.ts'
import { type Parsed, problem } from './parsed.ts'

const LONGEST = 120
const LOWEST_USUAL_PRICE = 500
const HIGHEST_USUAL_PRICE = 20_000_000
const RANGE =
  /(\d[\d.,]*)\s*(rb|ribu|k|jt|juta)?\s*(?:[-‐-―]|sampai|sampe|s\/d|sd)\s*(\d[\d.,]*)\s*(rb|ribu|k|jt|juta)?/

/**
 * Reads a price in whole rupiah ("25rb", "Rp 25.000,-", "1,5 jt", "setengah juta"). A range comes back as its two ends to
 * choose from; a price under Rp500 or over Rp20 juta is asked back.
 */
export function parsePrice(text: string): Parsed {
  const folded = fold(text.slice(0, LONGEST))
  if (/-\s*(?:rp\.?\s*)?\d/.test(folded.trim().slice(0, 6)) && folded.trim().startsWith('-')) {
    return problem('price.not_positive')
  }
  const range = readRange(folded)
  if (range !== undefined) return range
  const amount = readNumberWords(normalise(folded.replace(/\brp\.?\s*/g, 'rp ')).tokens)
  if (amount === undefined)
    return problem(/\bgratis\b/.test(folded) ? 'price.not_positive' : 'price.unreadable')
  // A fraction of a rupiah is a figure that lost its "juta" or its zeros.
  if (!Number.isInteger(amount)) return problem('price.unreadable')
  if (amount <= 0) return problem('price.not_positive')
  const value = { type: 'value' as const, value: amount, label: formatRupiah(amount) }
  return isUsual(amount) ? value : { ...value, confirm: true }
}

function isUsual(amount: number): boolean {
  return amount >= LOWEST_USUAL_PRICE && amount <= HIGHEST_USUAL_PRICE
}

function readRange(folded: string): Parsed | undefined {
  const [, low = '', lowScale, high = '', highScale] = RANGE.exec(folded) ?? []
  if (low === '' || high === '') return undefined
  const ends = [
    readNumberWords([low.replace(/[.,]$/, ''), lowScale ?? highScale ?? '']),
    readNumberWords([high.replace(/[.,]$/, ''), highScale ?? '']),
  ]
  const [from, to] = ends
  if (from === undefined || to === undefined || from <= 0 || to <= from) return undefined
  return { type: 'ambiguous', candidates: [from, to].map((value) => ({ value, label: formatRupiah(value) })) }
}

/** Reads a number in digits or words ("3", "3 orang", "dua puluh lima", "1,5"). */
export function parseNumber(text: string): Parsed {
  const folded = fold(text.slice(0, LONGEST))
  const amount = readNumberWords(normalise(folded).tokens)
  if (amount === undefined) return problem('number.unreadable')
  const value = /^\s*-\s*\d/.test(folded) ? -amount : amount
  return { type: 'value', value, label: formatNumber(value) }
}
