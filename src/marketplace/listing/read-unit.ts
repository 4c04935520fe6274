import type { MarketWords } from '../market-words.ts'
import { tokensOf } from '../words-in-text.ts'

const LONGEST = 20

/** The unit that a text means: one of the known, however it is written, or the text itself where it may be one. */
export function readUnit(text: string, { units }: MarketWords): string | undefined {
  const said = tokensOf(text.replace(/^\s*(?:per|\/)\s*/iu, ''))
  const known = knownUnit(said.join(' '), units) ?? knownUnit(said.at(-1) ?? '', units)
  if (known !== undefined && said.length <= 3) return known
  const own = text.trim().replace(/\s+/gu, ' ').toLowerCase()
  return own.length <= LONGEST && /^\p{L}[\p{L} \d]*$/u.test(own) ? own : undefined
}

/** The unit behind a price: "25rb/kg", "35 ribu per bungkus", "Rp15.000 sebungkus"; undefined where none is told. */
export function unitBehindPrice(text: string, { units }: MarketWords): string | undefined {
  const [, told = ''] = /(?:\/|\bper\b|\bse(?=\p{L}))\s*(\p{L}+)\s*$/iu.exec(text.trim()) ?? []
  return told === '' ? undefined : knownUnit(told.toLowerCase(), units)
}

function knownUnit(word: string, units: MarketWords['units']): string | undefined {
  return Object.entries(units).find(([unit, others]) => unit === word || others.includes(word))?.[0]
}
