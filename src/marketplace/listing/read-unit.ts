import type { MarketWords } from '../market-words.ts'
import { contactsIn, forbiddenIn, tokensOf } from '../words-in-text.ts'

const LONGEST = 20

/**
 * The unit that a text means: one of the known, however it is written, or the text itself where it may be one. With a number to call or
 * forbidden goods in it, it may not.
 */
export function readUnit(text: string, words: MarketWords): string | undefined {
  const { units } = words
  const said = tokensOf(text.replace(/^\s*(?:per|\/)\s*/iu, ''))
  const known = knownUnit(said.join(' '), units) ?? knownUnit(said.at(-1) ?? '', units)
  if (known !== undefined && said.length <= 3) return known
  const own = text.trim().replace(/\s+/gu, ' ').toLowerCase()
  if (own.length > LONGEST || !/^\p{L}[\p{L} \d]*$/u.test(own)) return undefined
  return contactsIn(own).length > 0 || forbiddenIn(own, words).length > 0 ? undefined : own
}

/** Whether it is one of the units that everybody uses. */
export function isKnownUnit(unit: string, { units }: Pick<MarketWords, 'units'>): boolean {
  return Object.hasOwn(units, unit)
}

/** The unit behind a price: "25rb/kg", "35 ribu per bungkus", "Rp15.000 sebungkus"; undefined where none is told. */
export function unitBehindPrice(text: string, { units }: MarketWords): string | undefined {
  const [, told = ''] = /(?:\/|\bper\b|\bse(?=\p{L}))\s*(\p{L}+)\s*$/iu.exec(text.trim()) ?? []
  return told === '' ? undefined : knownUnit(told.toLowerCase(), units)
}

function knownUnit(word: string, units: MarketWords['units']): string | undefined {
  return Object.entries(units).find(([unit, others]) => unit === word || others.includes(word))?.[0]
}
