import { formatDate, formatMoment, formatNumber } from '../language/format.ts'
import type { Scalar } from './action.ts'
import type { Write } from './template.ts'

const ISO_DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const ISO_MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/
const NOTHING = '-'

/** Writes values as people here write them: "17 Agustus 1980", "1.250.000", "Ya"; nothing is "-". */
export function createWrite(words: { readonly yes: string; readonly no: string }): Write {
  return (scalar: Scalar): string => {
    if (typeof scalar === 'string') return writeString(scalar)
    if (typeof scalar === 'number') return formatNumber(scalar)
    if (scalar === null) return NOTHING
    return scalar ? words.yes : words.no
  }
}

function writeString(text: string): string {
  if (ISO_DATE.test(text)) return formatDate(text)
  if (!ISO_MOMENT.test(text)) return text
  const moment = new Date(text)
  return Number.isNaN(moment.getTime()) ? text : formatMoment(moment)
}
