import { html } from 'hono/html'
import type { TicketView } from '../../../inquiry/ticket-desk.ts'
import type { Officer } from '../../../staff/officer.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import { seenField } from './answer-form.ts'
import { part } from './list-news.ts'
import { deliveryMark, talkEntries } from './talk.ts'
import type { TicketPagesDeps } from './ticket-deps.ts'
import { ticketFacts } from './ticket-facts.ts'

const pollSeconds = 8

/** Where an open ticket stands, as its tail asks. */
export interface TailQuestion {
  /** The last entry that is shown. */
  readonly after: bigint
  /** Whether something came since the page was opened. */
  readonly isNew: boolean
}

/** The end of a talk, which asks what came after it and is replaced by that and a new end. */
export function ticketTail({ ticket, entries }: TicketView, { isNew }: Pick<TailQuestion, 'isNew'>): Html {
  const path = `/tiket/${ticket.number}/baru?sesudah=${lastId(entries)}${isNew ? '&ada=1' : ''}`
  return html`<div id="ekor" hidden hx-get="${deskHref(path)}" hx-trigger="every ${pollSeconds}s" hx-swap="outerHTML"></div>`
}

/**
 * The answer to a tail's question: new entries, and what else became otherwise. What was shown when it asked has been on the
 * screen for some seconds and counts as read; what comes now does not yet, so that an answer sent at this moment is not sent
 * past it. The answer being typed is not touched.
 */
export function ticketNews(
  deps: TicketPagesDeps,
  viewer: Officer,
  view: TicketView,
  question: TailQuestion,
): Html {
  const { texts } = deps
  const { number } = view.ticket
  const fresh = view.entries.filter(({ id }) => id > question.after)
  const isNew = question.isNew || fresh.some(({ type }) => type === 'resident')
  const marks = view.entries
    .filter(({ type, id }) => type === 'officer' && id <= question.after)
    .map((entry) => part(`tanda-${entry.id}`, deliveryMark(texts, entry)))
  return html`${talkEntries({ texts, number }, fresh)}${ticketTail(view, { isNew })}${marks}
${part('fakta', ticketFacts(deps, viewer, view))}${part('baca', seenField(question.after))}${part('pesan-baru', html`${isNew ? texts.talk.news : ''}`)}`
}

/** The last entry's id; zero when there is none. */
export function lastId(entries: TicketView['entries']): bigint {
  return entries.at(-1)?.id ?? 0n
}
