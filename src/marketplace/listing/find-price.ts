import type { Language } from '../../language/language.ts'

/** An amount within a sentence, and the tokens that tell it. */
export interface FoundPrice {
  readonly amount: number | undefined
  readonly from: number
  readonly to: number
}

interface Reader {
  readonly language: Pick<Language, 'parse'>
  readonly now: Date
}

/** Finds the price in a sentence: the last run of figures and number words ("1 jt 500 rb"); what is among `others` is none of it. */
export function findPrice(
  tokens: readonly string[],
  reader: Reader,
  others: ReadonlySet<string>,
): FoundPrice | undefined {
  const isFigure = (token: string | undefined) =>
    token !== undefined && !others.has(token) && isNumeric(token, reader)
  const last = tokens.findLastIndex(isFigure)
  if (last < 0) return undefined
  let from = last
  while (isFigure(tokens[from - 1])) from -= 1
  const run = tokens.slice(from, last + 1).join(' ')
  const parsed = reader.language.parse('price', run, { now: reader.now })
  if (parsed.type === 'value') return { amount: Number(parsed.value), from, to: last + 1 }
  return { amount: undefined, from, to: last + 1 }
}

/** Whether a word is a figure, a number word or a scale, as the language reads them. */
function isNumeric(token: string, { language, now }: Reader): boolean {
  if (/^\d/.test(token)) return true
  if (language.parse('number', token, { now }).type === 'value') return true
  const scaled = language.parse('number', `2 ${token}`, { now })
  return scaled.type === 'value' && scaled.value !== 2
}
