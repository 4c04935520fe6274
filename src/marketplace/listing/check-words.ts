import { fill } from '../../language/fill-text.ts'
import type { MarketWords } from '../market-words.ts'
import { longestDescription, longestName } from '../product.ts'
import { contactsIn, forbiddenIn, phraseAt, tokensOf } from '../words-in-text.ts'
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
  if (contactsIn(tidy).length > 0) return { type: 'refused', why: refusals.contact }
  const [found] = forbiddenIn(tidy, words.market)
  const why = found === undefined ? undefined : words.market.forbidden[found.code]?.text
  return why === undefined ? { type: 'fine', text: tidy } : { type: 'refused', why }
}

/** Whether a name says that there is pork in it; "tanpa babi" does not. */
export function namesPork(name: string, { market, listing }: CheckingWords): boolean {
  const tokens = tokensOf(name)
  const denied = listing.pork_denied
  return market.pork.some((word) => {
    const at = phraseAt(tokens, word)
    return at >= 0 && !denied.includes(tokens[at - 1] ?? '')
  })
}
