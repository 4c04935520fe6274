import { normalise } from '../../language/normalise.ts'
import { parsePhone } from '../../language/phone.ts'
import type { MarketWords } from '../market-words.ts'

/** What in a product's words an officer should look at. */
export interface TextFindings {
  /** Words of goods that may not be offered: the code of `forbidden`, and the word as the list has it. */
  readonly forbidden: readonly { readonly code: string; readonly word: string }[]
  /** Numbers, addresses and names elsewhere by which buyers would go round the contact button, as they are written. */
  readonly contacts: readonly string[]
}

/** Looks through a product's name and description. Whole words only: "bir" is not in "bibir". */
export function findInText(
  { name, description }: { readonly name: string; readonly description: string },
  forbidden: MarketWords['forbidden'],
): TextFindings {
  const plain = ` ${normalise(name).text} ${normalise(description).text} `
  const hits = Object.entries(forbidden).flatMap(([code, { words }]) =>
    words.filter((word) => plain.includes(` ${normalise(word).text} `)).map((word) => ({ code, word })),
  )
  return { forbidden: hits, contacts: contactsIn(`${name}\n${description}`) }
}

const digits = /\+?\d(?:[\s().-]{0,2}\d){7,14}/g
const elsewhere = /(?:https?:\/\/|www\.|wa\.me\/)\S+|(?<![\w.])@[a-z0-9_.]{3,}/gi
/** Of the city's own area, with or without what is dialled before it. */
const landline = /^(?:62|0)?380\d{5,7}$/

function contactsIn(text: string): readonly string[] {
  const numbers = [...text.matchAll(digits)].map(([found]) => found).filter(isPhone)
  const others = [...text.matchAll(elsewhere)].map(([found]) => found)
  return [...new Set([...numbers, ...others])]
}

function isPhone(found: string): boolean {
  const plain = found.replace(/\D/g, '')
  return landline.test(plain) || (/^(?:0|62|8)/.test(plain) && parsePhone(plain).type === 'value')
}
