import type { TicketRefusal } from '../../../inquiry/ticket-desk.ts'
import { fill } from '../../../language/fill-text.ts'
import type { TicketTexts } from './ticket-texts.ts'

/** Why nothing was done and what to do, in a sentence. */
export function refusalText({ refused }: Pick<TicketTexts, 'refused'>, refusal: TicketRefusal): string {
  if (refusal.type === 'held') return fill(refused.held, { name: refusal.by })
  if (refusal.type === 'unreadable') return refused[refusal.why]
  return refusal.type === 'unknown' ? refused.unknown.text : refused[refusal.type]
}

/** The status of a page that tells it. */
export function refusalStatus({ type }: TicketRefusal): 404 | 409 | 422 {
  if (type === 'unknown') return 404
  return type === 'unreadable' ? 422 : 409
}
