import { isTypedLexeme, type MarketLexicon } from './market-lexicon.ts'
import { likelyWords, shortenedForms, skeletonOf } from './near-words.ts'
import type { Slot } from './search-slots.ts'

/** What a slot comes down to among the words that products have: any of the alternatives, each a set of lexemes. */
export interface Group {
  /** Just that; none where no product has a word like it. */
  readonly exact: readonly (readonly string[])[]
  /** With the words that it may be mistyped for, though it is a word itself. */
  readonly wide: readonly (readonly string[])[]
}

/** What is asked of the words that products have, before slots can be resolved. */
export interface WordQuestion {
  /** Whether these are there. */
  readonly words: readonly string[]
  /** Words that have one of these forms, or one of these skeletons. */
  readonly forms: readonly string[]
  readonly skeletons: readonly string[]
}

const SHORTEST_GLUED = 6
const SHORTEST_PART = 3
const LONGEST = 24

/** What has to be known to resolve the slots. */
export function questionOf(slots: readonly Slot[], lexicon: MarketLexicon): WordQuestion {
  const unsure = slots.filter(({ certainty }) => certainty !== 'market').map(({ typed }) => typed)
  const parts = unsure.flatMap((typed) => cuts(typed, lexicon).flat(2))
  return {
    words: [...new Set([...slots.flatMap(({ terms }) => terms), ...parts])],
    forms: [...new Set(unsure.flatMap(shortenedForms))],
    skeletons: [...new Set(unsure.map(skeletonOf))].filter((skeleton) => skeleton !== ''),
  }
}

/** Resolves each slot. */
export function resolveSlots(
  slots: readonly Slot[],
  known: readonly string[],
  lexicon: MarketLexicon,
): readonly Group[] {
  const all = new Set(known)
  return slots.map(({ typed, terms, certainty }): Group => {
    const there = terms.filter((term) => all.has(term) || !isTypedLexeme(term)).map((term) => [term])
    if (certainty === 'market') return { exact: there, wide: there }
    const near = nearTo(typed, known, lexicon)
    if (there.length > 0 || certainty === 'language') return { exact: there, wide: [...there, ...near] }
    const glued = cuts(typed, lexicon)
      .map((parts) => parts.map((part) => part.find((term) => all.has(term))))
      .filter((parts) => parts.every((part) => part !== undefined))
    return { exact: glued.length > 0 ? glued : near, wide: [...near, ...glued] }
  })
}

function nearTo(
  typed: string,
  known: readonly string[],
  lexicon: MarketLexicon,
): readonly (readonly string[])[] {
  const others = known.filter((word) => word !== typed)
  const terms = likelyWords(typed, others).flatMap(({ word }) => {
    const meaning = lexicon.meanings.at([word], 0)?.meaning.lexeme
    return meaning === undefined ? [word] : [word, meaning]
  })
  return [...new Set(terms)].map((term) => [term])
}

/** The ways to cut a word in two that was typed without the space; each part with what else it is called. */
function cuts(typed: string, lexicon: MarketLexicon): readonly (readonly (readonly string[])[])[] {
  if (typed.length < SHORTEST_GLUED || typed.length > LONGEST) return []
  const places = Array.from({ length: typed.length - 2 * SHORTEST_PART + 1 }, (_, at) => at + SHORTEST_PART)
  const called = (part: string) => {
    const meaning = lexicon.meanings.at([part], 0)?.meaning
    return meaning === undefined || meaning.isKind ? [part] : [part, meaning.lexeme]
  }
  return places.map((at) => [called(typed.slice(0, at)), called(typed.slice(at))])
}
