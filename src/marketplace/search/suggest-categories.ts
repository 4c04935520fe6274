import { normalise } from '../../language/normalise.ts'
import type { MarketLexicon } from './market-lexicon.ts'
import { likelyWords } from './near-words.ts'

const MOST = 3
const MOST_WORDS = 12
const SHORTEST_MISTYPED = 4

/**
 * The categories that a product of this name may be of, the likeliest first. What a name begins with says what the thing is ("tas
 * tenun" is a bag), and a longer phrase says it better than a word.
 */
export function suggestCategories(name: string, lexicon: MarketLexicon): readonly string[] {
  const tokens = normalise(name.slice(0, 200))
    .tokens.slice(0, MOST_WORDS)
    .map((token) => mended(token, lexicon))
  const marks = new Map<string, number>()
  for (let index = 0; index < tokens.length; ) {
    const found = lexicon.categories.at(tokens, index)
    for (const code of found?.meaning ?? []) {
      const mark = (found?.length ?? 1) * 10 - index * 4
      marks.set(code, Math.max(marks.get(code) ?? Number.NEGATIVE_INFINITY, mark))
    }
    index += found?.length ?? 1
  }
  return [...marks]
    .sort(([, one], [, other]) => other - one)
    .slice(0, MOST)
    .map(([code]) => code)
}

/** A word that is of no list, as the word of the market it may be mistyped for. */
function mended(token: string, lexicon: MarketLexicon): string {
  const usual = lexicon.meanings.at([token], 0)
  if (usual !== undefined && !usual.meaning.isKind && lexicon.categories.at([token], 0) === undefined)
    return usual.meaning.lexeme
  if (token.length < SHORTEST_MISTYPED || lexicon.isReal(token)) return token
  const [first, second] = likelyWords(token, [...lexicon.marketWords])
  return first !== undefined && (second === undefined || second.cost > first.cost) ? first.word : token
}
