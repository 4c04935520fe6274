import { readNumberWords } from '../../language/number-words.ts'
import type { MarketWords } from '../market-words.ts'
import { createPhraseFinder, type PhraseFinder } from './phrases.ts'

/** What a sentence says of prices: bounds in whole rupiah, and the words that said it. */
export interface ReadPrice {
  readonly minPrice?: number | undefined
  readonly maxPrice?: number | undefined
  readonly taken: ReadonlySet<number>
}

/** The words that are said before prices, and the units that things are counted in. */
export interface PriceWords {
  readonly bounds: PhraseFinder<'ceiling' | 'floor'>
  readonly units: ReadonlySet<string>
}

/** An amount in a sentence. `scale` is what its last word multiplies by; 1 where it says none. */
interface Amount {
  readonly value: number
  readonly length: number
  readonly scale: number
  /** "20 ribuan". */
  readonly isAbout: boolean
}

const SCALES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    rb: 1_000,
    rbu: 1_000,
    ribu: 1_000,
    k: 1_000,
    jt: 1_000_000,
    jta: 1_000_000,
    juta: 1_000_000,
  }),
)
const ABOUT: ReadonlyMap<string, string> = new Map(
  Object.entries({ ribuan: 'ribu', rban: 'rb', jutaan: 'juta', puluhan: 'puluh' }),
)
const PARTS = new Set(['puluh', 'belas', 'ratus'])
const CONNECTORS = new Set(['sampai', 'sampe', 'sd', 'dan', 'hingga', 'ke', 's', 'd'])
const MONEY = new Set(['rp', 'idr', 'rupiah'])
const FILLERS = new Set(['rp', 'idr', 'harga', 'harganya', 'sekitar', 'kira', 'hanya', 'cuma', 'antara'])
const MOST_NUMBERS = 6
/** A price without its "ribu" is at least this. */
const LOWEST_BARE = 1_000

/** The words of prices, read once. */
export function createPriceWords({ search, units }: MarketWords): PriceWords {
  return {
    bounds: createPhraseFinder([
      ...search.ceiling.map((phrase) => [phrase, 'ceiling'] as const),
      ...search.floor.map((phrase) => [phrase, 'floor'] as const),
    ]),
    units: new Set([...Object.keys(units), ...Object.values(units).flat()].map((unit) => unit.toLowerCase())),
  }
}

/** Reads the price bounds of a sentence: "di bawah 100rb", "maks 50 ribu", "20-30rb", "50rb ke atas", and a bare price as a ceiling. */
export function readPrice(tokens: readonly string[], words: PriceWords): ReadPrice {
  const taken = new Set<number>()
  let bounds: { minPrice?: number; maxPrice?: number } = {}
  const take = (from: number, to: number) => {
    for (let index = from; index < to; index++) taken.add(index)
  }
  for (let index = 0; index < tokens.length; index++) {
    const range = rangeAt(tokens, index)
    if (range !== undefined) {
      bounds = { minPrice: range.low, maxPrice: range.high }
      take(beginOf(tokens, index, words).from, index + range.length)
      index += range.length - 1
      continue
    }
    const amount = amountAt(tokens, index)
    if (amount === undefined) continue
    const end = index + amount.length
    const begin = beginOf(tokens, index, words)
    const after = boundAfter(tokens, end)
    const isPrice = isPriceOf(tokens, index, amount, begin.bound ?? after?.bound, words)
    if (isPrice) {
      const value = Math.round(
        amount.value < LOWEST_BARE && amount.scale === 1 ? amount.value * 1_000 : amount.value,
      )
      bounds = { ...bounds, ...boundsOf(value, amount, begin.bound ?? after?.bound) }
      take(begin.from, after?.end ?? end)
    }
    index = end - 1
  }
  return { ...inOrder(bounds), taken }
}

function boundsOf(value: number, { isAbout, scale }: Amount, bound: 'ceiling' | 'floor' | undefined) {
  if (bound === 'floor') return { minPrice: value }
  if (bound === 'ceiling' || !isAbout) return { maxPrice: value }
  const step = value % (10 * scale) === 0 ? 10 * scale : scale
  return { minPrice: value, maxPrice: value + step - 1 }
}

function inOrder({ minPrice, maxPrice }: { minPrice?: number; maxPrice?: number }) {
  const turned = minPrice !== undefined && maxPrice !== undefined && minPrice > maxPrice
  return turned ? { minPrice: maxPrice, maxPrice: minPrice } : { minPrice, maxPrice }
}

function isPriceOf(
  tokens: readonly string[],
  index: number,
  { value, scale, length }: Amount,
  bound: string | undefined,
  { units }: PriceWords,
): boolean {
  if (value <= 0 || !Number.isFinite(value)) return false
  if (scale > 1 || MONEY.has(tokens[index - 1] ?? '')) return true
  if (units.has(tokens[index + length] ?? '')) return false
  return bound !== undefined ? value >= 5 : value >= LOWEST_BARE && value < 100_000_000
}

/** Where what is said before a price begins: "harga maksimal Rp". */
function beginOf(tokens: readonly string[], index: number, { bounds }: PriceWords) {
  let from = index
  while (from > 0 && FILLERS.has(tokens[from - 1] ?? '')) from -= 1
  const found = bounds.before(tokens, from)
  return found === undefined
    ? { from, bound: undefined }
    : { from: from - found.length, bound: found.meaning }
}

function boundAfter(tokens: readonly string[], end: number) {
  const [first = '', second = ''] = tokens.slice(end, end + 2)
  if (first === 'ke' && second.startsWith('bawa')) return { bound: 'ceiling' as const, end: end + 2 }
  if (first === 'ke' && second === 'atas') return { bound: 'floor' as const, end: end + 2 }
  if (first.startsWith('kebawa')) return { bound: 'ceiling' as const, end: end + 1 }
  if (first === 'keatas') return { bound: 'floor' as const, end: end + 1 }
  return undefined
}

/** "20-30rb", "20rb sampai 30rb", "antara 20 dan 30 ribu". */
function rangeAt(tokens: readonly string[], index: number) {
  const low = amountAt(tokens, index)
  if (low === undefined) return undefined
  const between = index + low.length
  const connector = CONNECTORS.has(tokens[between] ?? '') ? (tokens[between] === 's' ? 2 : 1) : 0
  const high = amountAt(tokens, between + connector)
  if (high === undefined || high.scale === 1) return undefined
  const least = low.scale === 1 && low.value < LOWEST_BARE ? low.value * high.scale : low.value
  if (least <= 0 || least >= high.value) return undefined
  return {
    low: Math.round(least),
    high: Math.round(high.value),
    length: low.length + connector + high.length,
  }
}

function amountAt(tokens: readonly string[], index: number): Amount | undefined {
  let best: Amount | undefined
  const read: string[] = []
  let scale = Number.POSITIVE_INFINITY
  for (let at = index; at < tokens.length && read.length < MOST_NUMBERS; at++) {
    const token = tokens[at] ?? ''
    const about = ABOUT.get(token)
    const said = about ?? token
    const own = SCALES.get(said)
    // "20 rb 30 rb" are two amounts, "1 jt 500 rb" is one.
    if (own === undefined ? !isNumber(said) : own >= scale) break
    read.push(said)
    const value = readNumberWords(read)
    if (own !== undefined) scale = own
    // After "rb" no more can follow.
    if (value !== undefined && (own !== undefined || scale === Number.POSITIVE_INFINITY)) {
      const isAn = tokens[at + 1] === 'an' && own !== undefined
      best = {
        value,
        length: at - index + (isAn ? 2 : 1),
        scale: scale === Number.POSITIVE_INFINITY ? 1 : scale,
        isAbout: about !== undefined || isAn,
      }
    }
    if (own === 1_000 || about !== undefined) break
  }
  return best
}

function isNumber(token: string): boolean {
  return PARTS.has(token) || readNumberWords([token]) !== undefined
}
