import type { Ticket } from '../../../inquiry/ticket.ts'
import { fill } from '../../../language/fill-text.ts'
import type { TicketTexts } from './ticket-texts.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** How long until the promise, or since it was broken: "2 jam lagi", "lewat 1 hari". Of a ticket that owes no answer its state. */
export function promiseText(
  texts: Pick<TicketTexts, 'promise' | 'states'>,
  { state, promisedAt }: Pick<Ticket, 'state' | 'promisedAt'>,
  now: Date,
): string {
  if (state !== 'open') return texts.states[state]
  const left = promisedAt.getTime() - now.getTime()
  const { minutes, hours, days, late_minutes, late_hours, late_days } = texts.promise
  const words =
    left >= 0 ? { minutes, hours, days } : { minutes: late_minutes, hours: late_hours, days: late_days }
  return inWords(words, Math.abs(left))
}

/** Whether an answer is owed for longer than was promised. */
export function isLate({ state, promisedAt }: Pick<Ticket, 'state' | 'promisedAt'>, now: Date): boolean {
  return state === 'open' && promisedAt.getTime() < now.getTime()
}

function inWords(words: Readonly<Record<'minutes' | 'hours' | 'days', string>>, length: number): string {
  // What is promised is rounded down, so that nobody believes to have more time than there is.
  if (length < hour) return fill(words.minutes, { count: Math.max(1, Math.floor(length / minute)) })
  if (length < day) return fill(words.hours, { count: Math.floor(length / hour) })
  return fill(words.days, { count: Math.floor(length / day) })
}
