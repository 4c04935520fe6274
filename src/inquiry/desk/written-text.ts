import type { TicketRefusal } from '../ticket-desk.ts'

/** Characters of one answer or note. */
const mostWritten = 3_500

type Unreadable = Extract<TicketRefusal, { type: 'unreadable' }>

const numbers = /\p{Nd}(?:[\s.\-‐-―_/()\p{Cf}]{0,3}\p{Nd})*/gu

/** Words for what staff never ask for, and words with which one warns of it. */
const secrets = /\b(otp|pin|cvv|password|pasword|sandi)\b/iu
const warns =
  /\b(jangan|tidak pernah|tidak boleh|rahasia(?:kan)?|tanpa|tidak perlu|tidak usah|waspada|penipu(?:an)?)\b/iu

/**
 * What keeps a text from being an answer; undefined when it may go out. A NIK or KK number is never sent in a chat, and nobody
 * asks for an OTP, a PIN or a password: the bot tells residents so.
 */
export function refusalOfAnswer(text: string): Unreadable | undefined {
  const refusal = refusalOfNote(text)
  if (refusal !== undefined) return refusal
  if (hasIdentifier(text)) return { type: 'unreadable', why: 'identifier' }
  return secrets.test(text) && !warns.test(text) ? { type: 'unreadable', why: 'secret' } : undefined
}

/** What keeps a text from being a note; long numbers in it are masked anyway. */
export function refusalOfNote(text: string): Unreadable | undefined {
  const { length } = text.trim()
  if (length === 0) return { type: 'unreadable', why: 'empty' }
  return length > mostWritten ? { type: 'unreadable', why: 'too_long' } : undefined
}

/** Whether 16 digits stand together, or all of one number in groups make 16. */
function hasIdentifier(text: string): boolean {
  const plain = text.normalize('NFKC')
  if (/(?<!\p{Nd})\p{Nd}{16}(?!\p{Nd})/u.test(plain)) return true
  return [...plain.matchAll(numbers)].some(([number]) => number.replace(/\P{Nd}/gu, '').length === 16)
}
