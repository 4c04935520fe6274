import type { MarketWords } from '../market-words.ts'
import type { Product } from '../product.ts'
import { contactsIn, forbiddenIn, phraseAt, tokensOf } from '../words-in-text.ts'

/** What in a product's words an officer should look at. */
export interface TextFindings {
  /** Words of goods that may not be offered: the code of `forbidden`, and the word as the list has it. */
  readonly forbidden: ReturnType<typeof forbiddenIn>
  /** Numbers, addresses and names elsewhere by which buyers would go round the contact button, as they are written. */
  readonly contacts: readonly string[]
  /** Its name names pork, and its owner does not. */
  readonly isHiddenPork: boolean
}

/** Looks through a product's name, description and unit. Whole words only: "bir" is not in "bibir". */
export function findInText(
  { name, description, unit, halal }: Pick<Product, 'name' | 'description' | 'unit' | 'halal'>,
  words: Pick<MarketWords, 'forbidden' | 'pork' | 'search'>,
): TextFindings {
  // With a word between: the o of "ons" is no figure of a number before it.
  const text = `${name}\n${description}\nper ${unit}`
  return {
    forbidden: forbiddenIn(text, words),
    contacts: contactsIn(text),
    isHiddenPork: halal !== 'pork' && namesPork(name, words),
  }
}

/** "Tanpa babi" names none. */
function namesPork(name: string, { pork, search }: Pick<MarketWords, 'pork' | 'search'>): boolean {
  const tokens = tokensOf(name)
  return pork.some((word) => {
    const at = phraseAt(tokens, word)
    const before = tokens.slice(0, Math.max(at, 0))
    const isDenied = search.without.some((denial) => {
      const phrase = tokensOf(denial)
      return phrase.length > 0 && phraseAt(before.slice(-phrase.length), denial) === 0
    })
    return at >= 0 && !isDenied
  })
}
