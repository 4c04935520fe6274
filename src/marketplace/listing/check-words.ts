import { fill } from '../../language/fill-text.ts'
import { normalise } from '../../language/normalise.ts'
import { readDigitWords } from '../../language/number-words.ts'
import type { MarketWords } from '../market-words.ts'
import { longestDescription, longestName } from '../product.ts'
import type { ListingWords } from './listing-words.ts'

/** A text that may be shown, tidied; or why it may not, as its writer reads it. */
export type CheckedText =
  | { readonly type: 'fine'; readonly text: string }
  | { readonly type: 'refused'; readonly why: string }

/** The words that texts are checked by. */
export interface CheckingWords {
  readonly market: MarketWords
  readonly listing: ListingWords
}

/** Checks the name of a product or a shop: one line, in letters, without a number to call and nothing that is forbidden. */
export function checkName(text: string, words: CheckingWords): CheckedText {
  const { refusals } = words.listing
  return check(text, words, longestName, refusals.name_long)
}

/** Checks a description; an empty one is fine. */
export function checkDescription(text: string, words: CheckingWords): CheckedText {
  if (text.trim() === '') return { type: 'fine', text: '' }
  return check(text, words, longestDescription, words.listing.refusals.description_long)
}

function check(text: string, words: CheckingWords, most: number, tooLong: string): CheckedText {
  const { refusals } = words.listing
  const tidy = text.toWellFormed().normalize('NFC').replace(/\s+/gu, ' ').trim()
  if (!/\p{L}{2}/u.test(tidy)) return { type: 'refused', why: refusals.no_words }
  if ([...tidy].length > most) return { type: 'refused', why: fill(tooLong, { most }) }
  if (holdsContact(tidy)) return { type: 'refused', why: refusals.contact }
  const forbidden = forbiddenIn(tidy, words.market)
  return forbidden === undefined ? { type: 'fine', text: tidy } : { type: 'refused', why: forbidden }
}

// Figures with what people put between them.
const FIGURES = /\+?\d(?:[\s.\-‐-―_/()]{0,3}\d){7,}/gu
const NUMBER = /^(?:0\d{8,12}|62\d{8,13}|8\d{8,11})$/
const LINK = new RegExp(
  [
    'https?:',
    String.raw`\bwww\.`,
    String.raw`\b[a-z0-9][a-z0-9-]*\.(?:com|id|co|net|org|me|ly|shop|store|link|site|xyz|info|my|biz)\b`,
    '@[a-z][a-z0-9._]{2,}',
  ].join('|'),
  'iu',
)

/** Whether a text tells a number to call, an address of a page or an account: buyers ask by the button, under a consent. */
export function holdsContact(text: string): boolean {
  if (LINK.test(text)) return true
  const figures = text.normalize('NFKC').replace(/(?<=\d)o|o(?=\d)/giu, '0')
  const runs = [...figures.matchAll(FIGURES)].map(([run]) => run.replace(/\D/g, ''))
  return [...runs, readDigitWords(text) ?? ''].some((run) => NUMBER.test(run))
}

/** What is said of the first forbidden goods that a text names as whole words; undefined where it names none. */
export function forbiddenIn(text: string, { forbidden }: MarketWords): string | undefined {
  const said = [tokensOf(text), tokensOf(lettersFor(text))]
  return Object.values(forbidden).find(({ words }) =>
    words.some((word) => said.some((tokens) => namesAt(tokens, tokensOf(word)) >= 0)),
  )?.text
}

/** Whether a name says that there is pork in it; "tanpa babi" does not. */
export function namesPork(name: string, { market, listing }: CheckingWords): boolean {
  const tokens = tokensOf(name)
  const denied = listing.pork_denied
  return market.pork.some((word) => {
    const at = namesAt(tokens, tokensOf(word))
    return at >= 0 && !denied.includes(tokens[at - 1] ?? '')
  })
}

/** "S0pi" is sopi. */
function lettersFor(text: string): string {
  return text
    .replace(/(?<=\p{L})0|0(?=\p{L})/gu, 'o')
    .replace(/(?<=\p{L})1|1(?=\p{L})/gu, 'i')
    .replace(/(?<=\p{L})4|4(?=\p{L})/gu, 'a')
    .replace(/(?<=\p{L})3|3(?=\p{L})/gu, 'e')
}

/** The words of a text as names are compared: "se'i" and "sei" are the same. */
export function tokensOf(text: string): readonly string[] {
  return normalise(text.replace(/['’‘`]/gu, '')).tokens
}

function namesAt(tokens: readonly string[], phrase: readonly string[]): number {
  if (phrase.length === 0) return -1
  return tokens.findIndex((_, at) =>
    phrase.every((word, n) => tokens[at + n] === word || tokens[at + n] === `${word}nya`),
  )
}
