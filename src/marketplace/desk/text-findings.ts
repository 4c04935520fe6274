import { normalise } from '../../language/normalise.ts'
import { parsePhone } from '../../language/phone.ts'
import type { MarketWords } from '../market-words.ts'
import type { Product } from '../product.ts'

/** What in a product's words an officer should look at. */
export interface TextFindings {
  /** Words of goods that may not be offered: the code of `forbidden`, and the word as the list has it. */
  readonly forbidden: readonly { readonly code: string; readonly word: string }[]
  /** Numbers, addresses and names elsewhere by which buyers would go round the contact button, as they are written. */
  readonly contacts: readonly string[]
  /** Its name names pork, and its owner does not. */
  readonly isHiddenPork: boolean
}

/** Looks through a product's name and description. Whole words only: "bir" is not in "bibir". */
export function findInText(
  { name, description, halal }: Pick<Product, 'name' | 'description' | 'halal'>,
  { forbidden, pork, search }: Pick<MarketWords, 'forbidden' | 'pork' | 'search'>,
): TextFindings {
  const plain = ` ${plainly(name)} ${plainly(description)} `
  const hits = Object.entries(forbidden).flatMap(([code, { words }]) =>
    words.filter((word) => plain.includes(` ${plainly(word)} `)).map((word) => ({ code, word })),
  )
  return {
    forbidden: hits,
    contacts: contactsIn(`${name}\n${description}`),
    isHiddenPork: halal !== 'pork' && namesPork(name, pork, search.without),
  }
}

/** "S0pi" is sopi, and "se'i" is sei. */
function plainly(text: string): string {
  const letters = text
    .replace(/['’‘`]/gu, '')
    .replace(/(?<=\p{L})0|0(?=\p{L})/gu, 'o')
    .replace(/(?<=\p{L})1|1(?=\p{L})/gu, 'i')
  return normalise(letters).text
}

/** "Tanpa babi" names none. */
function namesPork(name: string, pork: readonly string[], without: readonly string[]): boolean {
  const plain = ` ${plainly(name)} `
  return pork.map(plainly).some((word) => {
    const at = plain.indexOf(` ${word} `)
    if (at < 0) return false
    const before = plain.slice(0, at + 1)
    return !without.some((denial) => before.endsWith(` ${plainly(denial)} `))
  })
}

const digits = /\+?\d(?:[\s().-]{0,2}\d){7,14}/g
const elsewhere = /(?:https?:\/\/|www\.|wa\.me\/)\S+|(?<![\w.])@[a-z0-9_.]{3,}/gi
/** Of the city's own area, with or without what is dialled before it. */
const landline = /^(?:62|0)?380\d{5,7}$/

function contactsIn(text: string): readonly string[] {
  const others = [...text.matchAll(elsewhere)].map(([found]) => found)
  const numbers = [...text.replace(elsewhere, ' ').matchAll(digits)].map(([found]) => found).filter(isPhone)
  return [...new Set([...numbers, ...others])]
}

function isPhone(found: string): boolean {
  const plain = found.replace(/\D/g, '')
  return landline.test(plain) || (/^(?:0|62|8)/.test(plain) && parsePhone(plain).type === 'value')
}
