import type { Language } from '../../language/language.ts'
import { type FoundPlace, placeAt } from './find-place.ts'
import type { MarketLexicon } from './market-lexicon.ts'
import { createPhraseFinder, type PhraseFinder } from './phrases.ts'
import type { ProductQuery } from './search.ts'

type Manner = 'near' | 'inside'
type ReadPlaces = Pick<ProductQuery, 'kelurahan' | 'district' | 'near'>

const SHORTEST_MISTYPED = 4
const KELURAHAN = new Set(['kelurahan', 'kel'])
const manners = new WeakMap<MarketLexicon, PhraseFinder<Manner>>()

/**
 * Reads where it should be: "di Oebobo" is only there, "antar ke Liliba" is near there, and a place alone is near there and stays among
 * the words, as goods are also named for places. What was understood is added to `taken`.
 */
export function readPlaces(
  tokens: readonly string[],
  taken: Set<number>,
  lexicon: MarketLexicon,
  language: Pick<Language, 'places' | 'parse'>,
): ReadPlaces {
  const finder = mannersOf(lexicon)
  let read: ReadPlaces = {}
  for (let index = 0; index < tokens.length; index++) {
    if (taken.has(index)) continue
    const said = finder.before(tokens, index)
    const begin = index - (said?.length ?? 0)
    const isTold = said !== undefined && !taken.has(begin)
    const place =
      placeAt(tokens, index, language.places) ??
      (isTold ? mistyped(tokens, index, lexicon, language) : undefined)
    if (place === undefined) continue
    const asKelurahan = tokens.slice(Math.max(0, index - 1), index + 1).some((token) => KELURAHAN.has(token))
    if (isTold && said !== undefined) {
      for (let at = begin; at < index + place.length; at++) taken.add(at)
      read = { ...read, ...(said.meaning === 'near' ? nearTo(place) : insideOf(place, asKelurahan)) }
    } else if (!lexicon.isMarketWord(tokens[index] ?? '')) read = { ...nearTo(place), ...read }
    index += place.length - 1
  }
  return read
}

function mannersOf(lexicon: MarketLexicon): PhraseFinder<Manner> {
  const known = manners.get(lexicon)
  if (known !== undefined) return known
  const { near, inside } = lexicon.words.search
  const made = createPhraseFinder([
    ...near.map((phrase) => [phrase, 'near'] as const),
    ...inside.map((phrase) => [phrase, 'inside'] as const),
  ])
  manners.set(lexicon, made)
  return made
}

function nearTo({ kelurahan }: FoundPlace): ReadPlaces {
  const [first] = kelurahan
  return first === undefined ? {} : { near: first.code }
}

/** A name that is both is the kecamatan, unless the kelurahan is asked for. */
function insideOf({ kelurahan, district }: FoundPlace, asKelurahan: boolean): ReadPlaces {
  const [first, ...others] = kelurahan
  if (district !== undefined && !(asKelurahan && first !== undefined))
    return { district, ...(first === undefined ? {} : { near: first.code }) }
  if (first === undefined) return {}
  if (others.length === 0) return { kelurahan: first.code }
  const shared = others.every((each) => each.district === first.district)
  return { near: first.code, ...(shared ? { district: first.district } : {}) }
}

/** A place's name that is mistyped where only a place can stand. */
function mistyped(
  tokens: readonly string[],
  index: number,
  lexicon: MarketLexicon,
  { parse, places }: Pick<Language, 'places' | 'parse'>,
): FoundPlace | undefined {
  for (const length of [2, 1]) {
    const said = tokens.slice(index, index + length)
    if (said.length < length || said.join('').length < SHORTEST_MISTYPED || said.some(lexicon.isReal))
      continue
    // The time is of no matter to places.
    const read = parse('kelurahan', said.join(' '), { now: new Date(0) })
    const code = read.type === 'value' ? places.byCode(String(read.value)) : undefined
    if (code !== undefined) return { length, kelurahan: [code], district: undefined }
  }
  return undefined
}
