import type { Dictionary } from './dictionary.ts'
import { AROUND, isNear, NEGATIONS } from './match-option.ts'
import { normalise } from './normalise.ts'

// Words that change nothing in a short answer: "smp dulu", "tamat sma", "kasi orang lain sa".
const BESIDE = new Set(
  [...AROUND].concat(
    'dulu dolo lah deh sih nih juga ju lai lagi e ee eh to toh kasi kas kase beri cuma hanya tamat tamatan lulus lulusan memang'.split(
      ' ',
    ),
  ),
)
// As they are written: "e" before a denial only calls ("eh jangan dulu").
const AGREES = new Set(['mau', 'mo', 'ingin', 'ya', 'iya', 'io'])
const MOST_TOKENS = 6

/** Where a phrase stands in what was said. */
interface Found {
  readonly index: number
  readonly at: number
  readonly length: number
  /** Whether it has a word that is more than a particle. */
  readonly isStrong: boolean
}

/** Builds the function that finds which words and phrases, by their index, are all that a short text says; none when it says more. */
export function createWordMatcher(
  dictionary: Dictionary,
): (text: string, phrases: readonly string[]) => readonly number[] {
  const wordsOf = (text: string) => normalise(text).tokens.flatMap((token) => dictionary.expand(token))
  return (text, phrases) => {
    const { tokens } = normalise(text)
    const said = tokens.flatMap((token) => dictionary.expand(token))
    if (said.length === 0 || said.length > MOST_TOKENS || isTorn(tokens, dictionary)) return []
    const places = phrases.flatMap((phrase, index) => placesOf(index, wordsOf(phrase), said, dictionary))
    const found = longest(places)
    const taken = new Set(found.flatMap(({ at, length }) => [...Array(length).keys()].map((n) => at + n)))
    if (said.some((word, at) => !taken.has(at) && !BESIDE.has(word))) return []
    const strong = found.filter(({ isStrong }) => isStrong)
    return (strong.length > 0 ? strong : found).map(({ index }) => index)
  }
}

/** "Mau tidak e", "ya tidak": whoever agrees first and denies then has said neither. */
function isTorn(tokens: readonly string[], dictionary: Dictionary): boolean {
  const agrees = tokens.findIndex((token) => AGREES.has(token))
  const denies = tokens.findLastIndex((token) => dictionary.expand(token).some((word) => NEGATIONS.has(word)))
  return agrees >= 0 && agrees < denies
}

function placesOf(
  index: number,
  phrase: readonly string[],
  said: readonly string[],
  dictionary: Dictionary,
): readonly Found[] {
  if (phrase.length === 0) return []
  const isStrong = phrase.some((word) => !BESIDE.has(word))
  return said.flatMap((_, at) =>
    phrase.every((word, n) => isSame(said[at + n], word, dictionary))
      ? [{ index, at, length: phrase.length, isStrong }]
      : [],
  )
}

function isSame(said: string | undefined, word: string, dictionary: Dictionary): boolean {
  if (said === undefined) return false
  return said === word || (!dictionary.isReal(said) && isNear(said, word, dictionary))
}

/** Without those that stand within a longer one: "tidak" within "tidak sekolah". */
function longest(places: readonly Found[]): readonly Found[] {
  return places.filter(
    (place) =>
      !places.some(
        (other) =>
          other.length > place.length &&
          other.at <= place.at &&
          place.at + place.length <= other.at + other.length,
      ),
  )
}
