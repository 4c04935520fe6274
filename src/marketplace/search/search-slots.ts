import { normalise } from '../../language/normalise.ts'
import type { Places } from '../../language/places.ts'
import { placeAt } from './find-place.ts'
import { joined, type MarketLexicon } from './market-lexicon.ts'

/** One thing that is looked for: any of `terms`, or if no product has them, a word that `typed` may be mistyped for. */
export interface Slot {
  readonly typed: string
  /** Lexemes that are just that. */
  readonly terms: readonly string[]
  /** How surely it is that word: one of the market is never another one mistyped, one of the language hardly. */
  readonly certainty: 'market' | 'language' | 'none'
}

const MOST_SLOTS = 12
const MOST_TOKENS = 60

/** What a buyer's words look for, in their order; nothing where they name no goods. */
export function slotsOf(words: string, lexicon: MarketLexicon, places: Places): readonly Slot[] {
  const { tokens } = normalise(words.slice(0, 1_000))
  const slots: Slot[] = []
  for (let index = 0; index < Math.min(tokens.length, MOST_TOKENS) && slots.length < MOST_SLOTS; ) {
    const { slot, length } = slotAt(tokens, index, lexicon, places)
    if (slot !== undefined && !slots.some(({ typed }) => typed === slot.typed)) slots.push(slot)
    index += length
  }
  // A number says what is meant only beside nothing else: "3 in 1".
  const named = slots.filter(({ typed }) => !/^\d/.test(typed))
  return named.length > 0 ? named : slots
}

/** Whether something begins at the word that is not to be passed over, and how many words it has. */
export function namedAt(tokens: readonly string[], index: number, lexicon: MarketLexicon): number {
  const known = lexicon.meanings.at(tokens, index)?.length ?? 0
  const goods = lexicon.categories.at(tokens, index)?.length ?? 0
  const ignored = lexicon.ignored.at(tokens, index)?.length ?? 0
  const longest = Math.max(known, goods)
  return longest >= Math.max(ignored, 1) ? longest : 0
}

interface SlotAt {
  readonly slot: Slot | undefined
  readonly length: number
}

function slotAt(tokens: readonly string[], index: number, lexicon: MarketLexicon, places: Places): SlotAt {
  const token = tokens[index] ?? ''
  const meaning = lexicon.meanings.at(tokens, index)
  if (meaning !== undefined && namedAt(tokens, index, lexicon) > 0) {
    const typed = tokens.slice(index, index + meaning.length).join('')
    const terms = [...new Set([meaning.meaning.lexeme, typed])]
    return { slot: { typed, terms, certainty: 'market' as const }, length: meaning.length }
  }
  const both = `${token}${tokens[index + 1] ?? ''}`
  const isTorn = both !== token && !lexicon.isMarketWord(token) && lexicon.isMarketWord(both)
  if (isTorn) return { slot: sure(both, lexicon), length: 2 }
  const ignored = lexicon.ignored.at(tokens, index)
  if (ignored !== undefined && namedAt(tokens, index, lexicon) === 0)
    return { slot: undefined, length: ignored.length }
  const place = lexicon.isMarketWord(token) ? undefined : placeAt(tokens, index, places)
  if (place !== undefined) {
    const names = [...place.kelurahan.map(({ name }) => name), ...(place.district ? [place.district] : [])]
    const typed = tokens.slice(index, index + place.length).join('')
    return {
      slot: { typed, terms: [...new Set([typed, ...names.map(joined)])], certainty: 'market' as const },
      length: place.length,
    }
  }
  if (lexicon.isMarketWord(token)) return { slot: sure(token, lexicon), length: 1 }
  const surely = lexicon.surely(token)
  if (surely.length > 0 && surely.every((word) => lexicon.ignored.at([word], 0) !== undefined))
    return { slot: undefined, length: 1 }
  // Shorthand of several words, "gada", is no name of goods.
  const terms = [...new Set([token, ...surely])]
  const certainty = surely.length > 0 ? ('language' as const) : ('none' as const)
  return { slot: { typed: token, terms, certainty }, length: 1 }
}

function sure(typed: string, lexicon: MarketLexicon): Slot {
  const meaning = lexicon.meanings.at([typed], 0)?.meaning.lexeme
  const terms = [typed, ...(meaning === undefined ? [] : [meaning]), ...lexicon.surely(typed)]
  return { typed, terms: [...new Set(terms)], certainty: 'market' }
}
