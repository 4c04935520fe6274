import { editDistance } from '../../language/distance.ts'
import type { Language } from '../../language/language.ts'
import { normalise } from '../../language/normalise.ts'
import { remember } from '../../language/remember.ts'
import type { MarketWords } from '../market-words.ts'
import { createPhraseFinder, type PhraseFinder } from './phrases.ts'

/** What a phrase of the market stands for: `lexeme` is what it is found by, `isKind` tells a need ("tahan lama") from a name. */
export interface MarketMeaning {
  readonly lexeme: string
  readonly isKind: boolean
}

/** The words of the marketplace, ready for looking up. */
export interface MarketLexicon {
  readonly words: MarketWords
  /** Words and phrases that name goods or needs in more than one way. */
  readonly meanings: PhraseFinder<MarketMeaning>
  /** The kinds that a name is of, by the goods they are made of. */
  readonly kinds: PhraseFinder<readonly string[]>
  /** The categories a phrase tells. */
  readonly categories: PhraseFinder<readonly string[]>
  readonly ignored: PhraseFinder<true>
  readonly pork: PhraseFinder<true>
  readonly without: PhraseFinder<true>
  /** Whether the word names goods here, so that it is never a mistyped one. */
  isMarketWord(token: string): boolean
  readonly marketWords: ReadonlySet<string>
  /** The words that a token surely stands for, and their roots: shorthand and Kupang Malay in Indonesian. */
  surely(token: string): readonly string[]
  /** Whether it is a word of the language or of the market. */
  isReal(token: string): boolean
  /** The words of the market that a word of no list is one letter away from. */
  mistypedFor(token: string): readonly string[]
}

/** What precedes the names of kinds among lexemes, so that no word is ever one. */
const KIND = '+'

const REMEMBERED = 10_000
const SHORTEST_MISTYPED = 5

/** Reads the words into the lexicon. */
export function createMarketLexicon(words: MarketWords, language: Pick<Language, 'words'>): MarketLexicon {
  const { same, kinds, ignore, without } = words.search
  const marketWords = new Set(goodsOf(words).flatMap((phrase) => normalise(phrase).tokens))
  const isMarketWord = (token: string) => token.length > 1 && marketWords.has(token)
  const surely = remember((token: string): readonly string[] => {
    const read = language.words(token)
    // A word that only a correction explains is not surely that.
    if (!read.every(({ known, typo, surface }) => known && typo === 0 && surface === token)) return []
    return [...new Set(read.flatMap(({ word, root }) => [word, root]))]
  }, REMEMBERED)
  const isReal = (token: string) => isMarketWord(token) || surely(token).length > 0
  return {
    words,
    meanings: createPhraseFinder<MarketMeaning>([
      ...Object.entries(kinds).flatMap(([kind, { said }]) =>
        said.map((phrase) => [phrase, { lexeme: kindLexeme(kind), isKind: true }] as const),
      ),
      ...same.flatMap((row) =>
        row.map((phrase) => [phrase, { lexeme: joined(row[0] ?? ''), isKind: false }] as const),
      ),
    ]),
    kinds: createPhraseFinder(grouped(Object.entries(kinds).map(([kind, { words }]) => [kind, words]))),
    categories: createPhraseFinder(
      grouped(
        Object.entries(words.categories).map(([code, { words, called }]) => [code, [...called, ...words]]),
      ),
    ),
    ignored: createPhraseFinder(ignore.map((phrase) => [phrase, true] as const)),
    pork: createPhraseFinder(words.pork.map((phrase) => [phrase, true] as const)),
    without: createPhraseFinder(without.map((phrase) => [phrase, true] as const)),
    isMarketWord,
    marketWords,
    surely,
    isReal,
    mistypedFor: remember(
      (token: string) => (isReal(token) ? [] : nearestOf(token, marketWords)),
      REMEMBERED,
    ),
  }
}

/** The lexeme that goods of a kind are found by. */
export function kindLexeme(kind: string): string {
  return `${KIND}${kind}`
}

/** Whether a lexeme is one that people could type. */
export function isTypedLexeme(lexeme: string): boolean {
  return !lexeme.startsWith(KIND)
}

/** A phrase as one lexeme: "gula lempeng" is "gulalempeng". */
export function joined(phrase: string): string {
  return normalise(phrase).tokens.join('')
}

function nearestOf(token: string, words: ReadonlySet<string>): readonly string[] {
  if (token.length < SHORTEST_MISTYPED || !/^[a-z]+$/.test(token)) return []
  return [...words].filter(
    (word) => word.length >= SHORTEST_MISTYPED && word[0] === token[0] && editDistance(token, word, 1) === 1,
  )
}

function goodsOf({ categories, search, pork }: MarketWords): readonly string[] {
  return [
    ...Object.values(categories).flatMap(({ words, called }) => [...words, ...called]),
    ...search.same.flat(),
    ...Object.values(search.kinds).flatMap(({ words, said }) => [...words, ...said]),
    ...pork,
  ]
}

/** Phrases with everything that has them. */
function grouped(
  lists: readonly (readonly [string, readonly string[]])[],
): readonly (readonly [string, readonly string[]])[] {
  const all = lists.flatMap(([name, phrases]) => phrases.map((phrase) => ({ name, phrase })))
  const byPhrase = Map.groupBy(all, ({ phrase }) => normalise(phrase).text)
  return [...byPhrase].map(([phrase, found]) => [phrase, found.map(({ name }) => name)] as const)
}
