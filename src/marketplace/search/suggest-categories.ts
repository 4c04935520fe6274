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
  const tokens = usualWords(normalise(name.slice(0, 200)).tokens.slice(0, MOST_WORDS), lexicon)
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

/** The words as they are usually written: "se i" is one, and what is of no list may be mistyped. */
function usualWords(tokens: readonly string[], lexicon: MarketLexicon): readonly string[] {
  const usual: string[] = []
  for (let index = 0; index < tokens.length; ) {
    const token = tokens[index] ?? ''
    const meaning = lexicon.meanings.at(tokens, index)
    const called = lexicon.categories.at(tokens, index)?.length ?? 0
    const isOther = meaning !== undefined && !meaning.meaning.isKind && meaning.length > called
    usual.push(isOther ? meaning.meaning.lexeme : mended(token, lexicon))
    index += isOther ? meaning.length : 1
  }
  return usual
}

function mended(token: string, lexicon: MarketLexicon): string {
  if (token.length < SHORTEST_MISTYPED || lexicon.isReal(token)) return token
  const [first, second] = likelyWords(token, [...lexicon.marketWords])
  if (first === undefined || (second !== undefined && second.cost === first.cost)) return token
  const usual = lexicon.meanings.at([first.word], 0)?.meaning
  return usual === undefined || usual.isKind ? first.word : usual.lexeme
}
