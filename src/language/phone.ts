import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { type Parsed, problem } from './parsed.ts'

const LONGEST = 200

/** Reads a mobile number, Indonesian unless it says otherwise. The value is E.164 ("+62812…"). */
export function parsePhone(text: string): Parsed {
  const plain = text
    .slice(0, LONGEST)
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
  // A number typed without its leading 0 or +62 is common, since spreadsheets drop it.
  const phone = parsePhoneNumberFromString(plain, 'ID')
  if (phone === undefined || !phone.isValid()) return problem('phone.unreadable')
  const type = phone.getType()
  if (type !== 'MOBILE' && type !== 'FIXED_LINE_OR_MOBILE') return problem('phone.not_mobile')
  return { type: 'value', value: phone.number, label: phone.formatNational() }
}
