import { html } from 'hono/html'
import type { TicketLine, TicketList } from '../../../inquiry/ticket-desk.ts'
import { fill } from '../../../language/fill-text.ts'
import type { Officer } from '../../../staff/officer.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import { shortMoment } from '../desk-time.ts'
import { promiseText } from './promise.ts'
import { readMark } from './talk.ts'
import { officeTitle, placeName, type TicketPagesDeps } from './ticket-deps.ts'

/** A ticket in the list: the whole row is one link, as a thumb needs it. */
export function ticketRow(deps: TicketPagesDeps, viewer: Officer, ticket: TicketLine): Html {
  const { list, kinds } = deps.texts
  const { number, kind, urgent, isLate, excerpt } = ticket
  const { mark, words } = readMark(deps.texts, excerpt)
  const said = [mark, words].filter((part) => part !== undefined && part !== '').join(': ')
  const place = placeName(deps, ticket)
  const where = [officeTitle(deps, ticket.office), place].filter((part) => part !== undefined).join(' · ')
  return html`<li class="ticket-row${isLate ? ' is-late' : ''}"><a href="${deskHref(`/tiket/${number}`)}">
<span class="ticket-head"><b>#${number}</b> <span class="kind">${kinds[kind]}</span>${urgent ? html` <span class="pill alert">${list.urgent}</span>` : ''}</span>
<span class="excerpt">${said === '' ? list.no_text : html`<bdi>${said}</bdi>`}</span>
<span class="where">${where}</span>
<span class="standing" id="keadaan-${number}">${rowStanding(deps, viewer, ticket)}</span></a></li>`
}

/** What changes in a row while one looks at it: the promise and who holds it. Always one line, so that no row moves. */
export function rowStanding(deps: TicketPagesDeps, viewer: Officer, ticket: TicketLine): Html {
  const { texts } = deps
  const promise = html`<time class="pill${ticket.isLate ? ' late' : ''}" datetime="${ticket.promisedAt.toISOString()}" title="${shortMoment(ticket.promisedAt)}">${promiseText(texts, ticket, deps.now())}</time>`
  return html`${promise} <span class="holder">${holderWords(deps, viewer, ticket)}</span>`
}

/** Who holds a ticket, in words. */
export function holderWords(
  { texts }: Pick<TicketPagesDeps, 'texts'>,
  viewer: Officer,
  { holder }: Pick<TicketLine, 'holder'>,
): string {
  if (holder === undefined) return texts.list.free
  return holder.id === viewer.id ? texts.list.held_by_me : fill(texts.list.held, { name: holder.name })
}

/** What stands beside a tab's name: how many, and how many of them are late. */
export function tabCount(
  late: string,
  queue: 'due' | 'mine' | 'waiting',
  counts: TicketList['counts'],
): Html {
  const isLate = queue === 'due' && counts.late > 0
  return html`<b>${counts[queue]}</b>${isLate ? html` <span class="late">${fill(late, { count: counts.late })}</span>` : ''}`
}
