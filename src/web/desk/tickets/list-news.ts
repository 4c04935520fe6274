import { html } from 'hono/html'
import type { TicketList } from '../../../inquiry/ticket-desk.ts'
import { fill } from '../../../language/fill-text.ts'
import type { Officer } from '../../../staff/officer.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import { shortMoment } from '../desk-time.ts'
import { type ListWish, queueWord, wishPath } from './list-wish.ts'
import type { TicketPagesDeps } from './ticket-deps.ts'
import { rowStanding, tabCount } from './ticket-row.ts'

/** How a list that is looked at differs from the one that would be made now. */
type News = { readonly type: 'same' | 'changed' } | { readonly type: 'new'; readonly count: number }

/** What of `shown` differs from the list as it is now. */
function compareList(shown: readonly number[], { tickets }: Pick<TicketList, 'tickets'>): News {
  const now = tickets.map(({ number }) => number)
  const count = now.filter((number) => !shown.includes(number)).length
  if (count > 0) return { type: 'new', count }
  return now.length < shown.length ? { type: 'changed' } : { type: 'same' }
}

/** Tells what is new, to be pressed: the rows themselves stay where they are until then. */
export function newsLine({ texts, now }: TicketPagesDeps, filter: ListWish, news: News): Html {
  const { list } = texts
  const time = shortMoment(now()).slice(-5)
  // Not read out: it changes every minute, and says nothing to whoever waits for news.
  if (news.type === 'same')
    return html`<span class="checked" aria-hidden="true">${fill(list.checked, { time })}</span>`
  const words = news.type === 'new' ? fill(list.news, { count: news.count }) : list.changed
  return html`<a href="${deskHref(wishPath({ ...filter, after: undefined }))}">${words}</a>`
}

/** The answer to a list's question what is new: the line, and what changed within tabs and rows that are shown. */
export function newsPart(
  deps: TicketPagesDeps,
  viewer: Officer,
  request: { readonly filter: ListWish; readonly shown: readonly number[]; readonly list: TicketList },
): Html {
  const { filter, shown, list } = request
  const { texts } = deps
  const known = new Map(list.tickets.map((ticket) => [ticket.number, ticket]))
  const row = (number: number): Html | '' => {
    const ticket = known.get(number)
    // Whoever is not among the first ones any more may stand on the next page.
    if (ticket === undefined && list.next !== undefined) return ''
    const standing =
      ticket === undefined
        ? html`<span class="gone">${texts.list.gone}</span>`
        : rowStanding(deps, viewer, ticket)
    return part(`keadaan-${number}`, standing)
  }
  const counted = ['due', 'mine', 'waiting'] as const
  const counts = counted.map((queue) =>
    part(`hitung-${queueWord(queue)}`, tabCount(texts.list.late, queue, list.counts)),
  )
  return html`${newsLine(deps, filter, compareList(shown, list))}${counts}${shown.map(row)}`
}

/** A piece of an answer that goes to another place of the page than where it was asked. */
export function part(id: string, body: Html): Html {
  return html`<hx-partial hx-target="#${id}" hx-swap="innerMorph">${body}</hx-partial>`
}
