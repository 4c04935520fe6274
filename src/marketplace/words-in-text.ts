import { normalise } from '../language/normalise.ts'
import { readDigitWords } from '../language/number-words.ts'
import type { MarketWords } from './market-words.ts'

/** The words of a text as names are compared: "se'i" and "sei" are the same. */
export function tokensOf(text: string): readonly string[] {
  return normalise(text.replace(/['’‘`]/gu, '')).tokens
}

/** Where a phrase stands among tokens, as whole words, the last of them perhaps with "-nya"; -1 where it does not. */
export function phraseAt(tokens: readonly string[], phrase: string): number {
  const words = tokensOf(phrase)
  if (words.length === 0) return -1
  return tokens.findIndex((_, at) =>
    words.every((word, n) => tokens[at + n] === word || tokens[at + n] === `${word}nya`),
  )
}

/** Forbidden goods that a text names as whole words, however they are typed: the code of `forbidden`, and the word as the list has it. */
export function forbiddenIn(
  text: string,
  { forbidden }: Pick<MarketWords, 'forbidden'>,
): readonly { readonly code: string; readonly word: string }[] {
  const said = [tokensOf(text), tokensOf(lettersFor(text))]
  return Object.entries(forbidden).flatMap(([code, { words }]) =>
    words
      .filter((word) => said.some((tokens) => phraseAt(tokens, word) >= 0))
      .map((word) => ({ code, word })),
  )
}

/** "S0pi" is sopi. */
function lettersFor(text: string): string {
  return text
    .replace(/(?<=\p{L})0|0(?=\p{L})/gu, 'o')
    .replace(/(?<=\p{L})1|1(?=\p{L})/gu, 'i')
    .replace(/(?<=\p{L})4|4(?=\p{L})/gu, 'a')
    .replace(/(?<=\p{L})3|3(?=\p{L})/gu, 'e')
}

// Figures with what people put between them.
const FIGURES = /\+?[\do](?:[\s.\-‐-―_/()]{0,3}[\do]){7,}/giu
// A landline of the city may be without what is dialled before it.
const NUMBER = /^(?:0\d{8,12}|62\d{8,13}|8\d{8,11}|380\d{5,7})$/
const ELSEWHERE = new RegExp(
  [
    String.raw`https?:\S*`,
    String.raw`\bwww\.\S*`,
    String.raw`\b[a-z0-9][a-z0-9-]*\.(?:com|id|co|net|org|me|ly|shop|store|link|site|xyz|info|my|biz)\b\S*`,
    // "@250gr" is what a packet holds.
    String.raw`@(?!\d+\s?(?:gr?|kg|ml|l|pcs|rb|k)\b)[a-z0-9._]{3,}`,
  ].join('|'),
  'giu',
)

/**
 * Numbers to call, addresses of pages and accounts in a text, as they are written: buyers ask by the button, under a consent. A number
 * in words comes as its figures.
 */
export function contactsIn(text: string): readonly string[] {
  const others = [...text.matchAll(ELSEWHERE)].map(([found]) => found)
  const runs = [...text.normalize('NFKC').replace(ELSEWHERE, ' ').matchAll(FIGURES)].map(([run]) => run)
  const numbers = runs.filter((run) => NUMBER.test(run.replace(/o/giu, '0').replace(/\D/g, '')))
  const said = readDigitWords(text) ?? ''
  return [...new Set([...numbers, ...others, ...(NUMBER.test(said) ? [said] : [])])]
}
