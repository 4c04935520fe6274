import type { Language } from '../../language/language.ts'
import { normalise } from '../../language/normalise.ts'
import { readNumberWords } from '../../language/number-words.ts'
import type { MarketLexicon } from './market-lexicon.ts'
import { createPhraseFinder, type PhraseFinder } from './phrases.ts'
import { readPlaces } from './read-place.ts'
import { createPriceWords, type PriceWords, readPrice } from './read-price.ts'
import type { ProductQuery } from './search.ts'
import { namedAt } from './search-slots.ts'

const LONGEST = 500
const MOST_TOKENS = 60
const SHORTEST_UNIT = 3

type Wish = 'without' | 'certified' | 'not_halal' | 'in_stock'

/** The phrases by which wishes are told. */
interface WishWords {
  readonly prices: PriceWords
  readonly wishes: PhraseFinder<Wish>
  readonly whole: PhraseFinder<string>
}

const wordsOfLexicon = new WeakMap<MarketLexicon, WishWords>()

/** Understands what a buyer asks for. Whatever is not understood as a price, a place or a wish stays among the words. */
export function readQuery(
  sentence: string,
  lexicon: MarketLexicon,
  language: Pick<Language, 'places' | 'parse'>,
): ProductQuery {
  const chunks = chunksOf(sentence)
  const tokens = chunks.flatMap((chunk) => chunk.tokens)
  const words = wishWordsOf(lexicon)
  const price = readPrice(tokens, words.prices)
  const taken = new Set(price.taken)
  takeQuantities(tokens, taken, words.prices)
  const wishes = readWishes(tokens, taken, lexicon, words)
  const { kelurahan, district, near } = readPlaces(tokens, taken, lexicon, language)
  const left = wordsLeft(chunks, taken, lexicon)
  const category = categoryOf(left, words)
  return {
    words: category === undefined ? [...left, ...wishes.added].join(' ') : '',
    category,
    minPrice: price.minPrice,
    maxPrice: price.maxPrice,
    kelurahan,
    district,
    near,
    ...wishes.filters,
  }
}

/** A piece of a sentence between spaces, and the words in it. */
interface Chunk {
  readonly text: string
  readonly tokens: readonly string[]
  readonly from: number
}

function chunksOf(sentence: string): readonly Chunk[] {
  const spaced = sentence
    .slice(0, LONGEST)
    .toWellFormed()
    .replace(/[<≤]=?/g, ' dibawah ')
    .replace(/[>≥]=?/g, ' diatas ')
  const chunks: Chunk[] = []
  let from = 0
  for (const text of spaced.split(/\s+/u)) {
    const { tokens } = normalise(text)
    if (from + tokens.length > MOST_TOKENS) break
    chunks.push({ text, tokens, from })
    from += tokens.length
  }
  return chunks
}

function wishWordsOf(lexicon: MarketLexicon): WishWords {
  const known = wordsOfLexicon.get(lexicon)
  if (known !== undefined) return known
  const { search, categories } = lexicon.words
  const phrases = (wish: Wish) => search[wish].map((phrase) => [phrase, wish] as const)
  const made: WishWords = {
    prices: createPriceWords(lexicon.words),
    wishes: createPhraseFinder([
      ...phrases('not_halal'),
      ...phrases('certified'),
      ...phrases('in_stock'),
      ...phrases('without'),
    ]),
    whole: createPhraseFinder(
      Object.entries(categories).flatMap(([code, { called, title }]) =>
        [title, ...called].map((phrase) => [phrase, code] as const),
      ),
    ),
  }
  wordsOfLexicon.set(lexicon, made)
  return made
}

/** "1 kg", "setengah kilo", "sebungkus", "untuk 20 orang": how much, not what. */
function takeQuantities(tokens: readonly string[], taken: Set<number>, { units, bounds }: PriceWords): void {
  for (const [index, token] of tokens.entries()) {
    if (taken.has(index)) continue
    const one = token.startsWith('se') && token.length >= SHORTEST_UNIT + 2 && units.has(token.slice(2))
    if (one) taken.add(index)
    if (!units.has(token)) continue
    let from = index
    while (from > 0 && !taken.has(from - 1) && isCount(tokens[from - 1] ?? '')) from -= 1
    // "Minimal 2 kg" bounds no price.
    const said = from < index ? (bounds.before(tokens, from)?.length ?? 0) : 0
    for (let at = from - said; from < index && at <= index; at++) taken.add(at)
  }
}

function isCount(token: string): boolean {
  return readNumberWords([token]) !== undefined || ['puluh', 'belas', 'ratus', 'se'].includes(token)
}

interface ReadWishes {
  readonly filters: Pick<ProductQuery, 'withoutPork' | 'onlyCertified' | 'onlyInStock'>
  /** Words that a wish stands for: "non halal" asks for pork. */
  readonly added: readonly string[]
}

// What may stand between "tanpa" and "babi".
const BETWEEN = new Set([
  'yang',
  'ada',
  'daging',
  'isi',
  'pakai',
  'pake',
  'campuran',
  'campur',
  'mengandung',
  'mau',
  'mo',
  'dari',
])

function readWishes(
  tokens: readonly string[],
  taken: Set<number>,
  lexicon: MarketLexicon,
  { wishes }: WishWords,
): ReadWishes {
  let filters: ReadWishes['filters'] = {}
  const added: string[] = []
  const take = (from: number, to: number) => {
    for (let index = from; index < to; index++) taken.add(index)
  }
  for (let index = 0; index < tokens.length; index++) {
    if (taken.has(index)) continue
    const found = wishes.at(tokens, index)
    if (found === undefined) continue
    const end = index + found.length
    if (found.meaning === 'without') {
      const pork = porkAfter(tokens, end, lexicon)
      if (pork === undefined) continue
      filters = { ...filters, withoutPork: true }
      take(index, pork)
      index = pork - 1
      continue
    }
    if (found.meaning === 'not_halal') added.push(lexicon.words.pork[0] ?? '')
    if (found.meaning === 'certified') filters = { ...filters, onlyCertified: true }
    if (found.meaning === 'in_stock') filters = { ...filters, onlyInStock: true }
    take(index, end)
    index = end - 1
  }
  return { filters, added: tokens.some((_, at) => lexicon.pork.at(tokens, at)) ? [] : added }
}

/** Where the words for pork end that follow a "tanpa"; undefined when something else follows. */
function porkAfter(tokens: readonly string[], index: number, { pork }: MarketLexicon): number | undefined {
  let at = index
  while (BETWEEN.has(tokens[at] ?? '')) at += 1
  const found = pork.at(tokens, at)
  return found === undefined ? undefined : at + found.length
}

/** The pieces that are left, without what tells nothing of the goods. */
function wordsLeft(
  chunks: readonly Chunk[],
  taken: ReadonlySet<number>,
  lexicon: MarketLexicon,
): readonly string[] {
  const tokens = chunks.flatMap((chunk) => chunk.tokens)
  const kept = new Set<number>()
  for (let index = 0; index < tokens.length; ) {
    const named = taken.has(index) ? 0 : namedAt(tokens, index, lexicon)
    const ignored = named > 0 ? undefined : lexicon.ignored.at(tokens, index)
    const length = Math.max(named, ignored?.length ?? 1)
    if (ignored === undefined)
      for (let at = index; at < index + length; at++) if (!taken.has(at)) kept.add(at)
    index += length
  }
  return chunks
    .filter(({ from, tokens }) => tokens.some((_, offset) => kept.has(from + offset)))
    .map(({ text }) => text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}'’‘`´]+$/gu, ''))
}

/** The category that all that is left names as a whole. */
function categoryOf(left: readonly string[], { whole }: WishWords): string | undefined {
  const { tokens } = normalise(left.join(' '))
  const found = whole.at(tokens, 0)
  return found !== undefined && found.length === tokens.length ? found.meaning : undefined
}
