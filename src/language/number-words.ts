import { normalise } from './normalise.ts'

const UNITS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    nol: 0,
    kosong: 0,
    satu: 1,
    dua: 2,
    tiga: 3,
    empat: 4,
    ampat: 4,
    lima: 5,
    enam: 6,
    anam: 6,
    tujuh: 7,
    tuju: 7,
    delapan: 8,
    dalapan: 8,
    lapan: 8,
    sembilan: 9,
    sambilan: 9,
  }),
)
const SCALES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    ribu: 1_000,
    rb: 1_000,
    rbu: 1_000,
    k: 1_000,
    juta: 1_000_000,
    jt: 1_000_000,
    jta: 1_000_000,
    miliar: 1_000_000_000,
    milyar: 1_000_000_000,
  }),
)
const WHOLE: ReadonlyMap<string, readonly [number, string]> = new Map(
  Object.entries<readonly [number, string]>({
    sepuluh: [1, 'puluh'],
    sapuluh: [1, 'puluh'],
    sebelas: [1, 'belas'],
    sabalas: [1, 'belas'],
    seratus: [1, 'ratus'],
    saratus: [1, 'ratus'],
    seribu: [1, 'ribu'],
    saribu: [1, 'ribu'],
    sejuta: [1, 'juta'],
  }),
)

const VARIANTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    stengah: 'setengah',
    satenga: 'setengah',
    satengah: 'setengah',
    blas: 'belas',
    balas: 'belas',
    pulu: 'puluh',
    ratos: 'ratus',
  }),
)

/** The sum of the parts read so far: `total` is closed by a scale, `open` still waits for one. */
interface Sum {
  total: number
  hundreds: number
  open: number | undefined
  read: boolean
}

/**
 * Reads a number in digits, words or both ("25rb", "dua puluh lima ribu", "1 jt 500 rb") from tokens. Words before it are
 * skipped; it ends at the first word that is no part of it. Undefined when there is none or it makes no sense.
 */
export function readNumberWords(tokens: readonly string[]): number | undefined {
  const sum: Sum = { total: 0, hundreds: 0, open: undefined, read: false }
  for (const token of tokens.flatMap(spell)) {
    if (token === 'rp' || token === 'idr' || (!sum.read && isSkipped(token))) continue
    const step = add(sum, token)
    if (step === 'wrong') return undefined
    if (step === 'end') break
    sum.read = true
  }
  return sum.read ? close(sum) : undefined
}

/** Digits said one by one, "nol nol nol satu" or "kosong kosong 1 lima", as they follow; undefined when none is in words. */
export function readDigitWords(text: string): string | undefined {
  const tokens = normalise(text).tokens.flatMap((token) => (/^\d+$/.test(token) ? [...token] : [token]))
  if (!tokens.some((token) => UNITS.has(token))) return undefined
  // Only the longest run counts, so that "yang empat angka itu 0001" reads the figures.
  const runs: string[] = ['']
  for (const token of tokens) {
    const digit = UNITS.get(token) ?? (/^\d$/.test(token) ? Number(token) : undefined)
    if (digit === undefined) runs.push('')
    else runs.push(`${runs.pop() ?? ''}${digit}`)
  }
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '')
}

function isSkipped(token: string): boolean {
  return (
    SCALES.get(token) === undefined &&
    UNITS.get(token) === undefined &&
    token !== 'setengah' &&
    !/^\d/.test(token)
  )
}

function spell(token: string): readonly string[] {
  const whole = WHOLE.get(token)
  if (whole !== undefined) return [String(whole[0]), whole[1]]
  return [VARIANTS.get(token) ?? token]
}

function add(sum: Sum, token: string): 'ok' | 'end' | 'wrong' {
  const scale = SCALES.get(token)
  if (scale !== undefined) {
    if (!sum.read) return 'wrong'
    sum.total += (sum.hundreds + (sum.open ?? 0)) * scale
    sum.hundreds = 0
    sum.open = undefined
    return 'ok'
  }
  if (token === 'belas') return change(sum, (open) => open + 10)
  if (token === 'puluh') return change(sum, (open) => open * 10)
  if (token === 'ratus') {
    if (sum.open === undefined) return 'wrong'
    sum.hundreds += sum.open * 100
    sum.open = undefined
    return 'ok'
  }
  const value = token === 'setengah' ? 0.5 : (UNITS.get(token) ?? readFigure(token))
  if (value === undefined) return /^\d/.test(token) ? 'wrong' : 'end'
  // "dua puluh lima" adds up; "25 30" are two numbers.
  const addsUp = sum.open !== undefined && (value < 1 || (sum.open % 10 === 0 && sum.open > 0 && value < 10))
  if (sum.open !== undefined && !addsUp) return 'wrong'
  sum.open = (sum.open ?? 0) + value
  return 'ok'
}

function change(sum: Sum, by: (open: number) => number): 'ok' | 'wrong' {
  if (sum.open === undefined || sum.open >= 10) return 'wrong'
  sum.open = by(sum.open)
  return 'ok'
}

function close(sum: Sum): number {
  return sum.total + sum.hundreds + (sum.open ?? 0)
}

/**
 * A figure as people write it: a dot or comma before exactly three digits groups thousands, any other one starts decimals.
 * Undefined when it is neither ("12.34.5").
 */
function readFigure(figure: string): number | undefined {
  if (/^\d{1,15}$/.test(figure)) return Number(figure)
  if (/^\d{1,3}(?:[.,]\d{3})+$/.test(figure)) return Number(figure.replace(/[.,]/g, ''))
  const cents = /^(\d{1,3}(?:([.,])\d{3})+)(?!\2)[.,](\d{2})$/.exec(figure)
  if (cents !== null) return Number((cents[1] ?? '').replace(/[.,]/g, ''))
  const decimal = /^(\d{1,9})[.,](\d{1,2}|\d{4,6})$/.exec(figure)
  return decimal === null ? undefined : Number(`${decimal[1]}.${decimal[2]}`)
}
