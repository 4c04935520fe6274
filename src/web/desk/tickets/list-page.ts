import { html } from 'hono/html'
import { ticketKinds } from '../../../inquiry/ticket.ts'
import type { TicketFilter, TicketList } from '../../../inquiry/ticket-desk.ts'
import { sightOf } from '../../../inquiry/visible.ts'
import { fill } from '../../../language/fill-text.ts'
import type { Html } from '../../layout.ts'
import { deskField, deskSelect } from '../desk-field.ts'
import { deskForm, deskHref } from '../desk-form.ts'
import { byItself } from '../desk-part.ts'
import type { DeskVisit } from '../desk-route.ts'
import { newsLine } from './list-news.ts'
import { type ListWish, queueOrder, queueWord, wishPath } from './list-wish.ts'
import type { TicketPagesDeps } from './ticket-deps.ts'
import { tabCount, ticketRow } from './ticket-row.ts'

const pollSeconds = 10

/** The list of tickets: tabs, filter, rows, and a line that tells what is new. */
export function listPage(
  deps: TicketPagesDeps,
  visit: Pick<DeskVisit, 'officer' | 'csrf'>,
  filter: ListWish,
  list: TicketList,
): Html {
  const { texts } = deps
  const { officer } = visit
  return html`<div class="tickets"><h1>${texts.list.title}</h1>
${tabs(deps, filter, list)}
${filterForm(deps, visit, filter)}
${news(deps, filter, list)}
${list.tickets.length === 0 ? emptyQueue(deps, filter) : rows(deps, officer, list)}
${pages(deps, filter, list)}</div>`
}

function tabs({ texts }: TicketPagesDeps, filter: ListWish, { counts }: TicketList): Html {
  const { queues, queues_label } = texts.list
  const tab = (queue: TicketFilter['queue']): Html => {
    const href = deskHref(wishPath({ ...filter, queue, after: undefined }))
    return html`<li><a href="${href}"${queue === filter.queue ? html` aria-current="page"` : ''}><span>${queues[queue]}</span>
<span class="tab-count" id="hitung-${queueWord(queue)}">${queue === 'closed' ? '' : tabCount(texts.list.late, queue, counts)}</span></a></li>`
  }
  return html`<nav class="queues" aria-label="${queues_label}"><ul>${queueOrder.map(tab)}</ul></nav>`
}

function filterForm(
  deps: TicketPagesDeps,
  visit: Pick<DeskVisit, 'officer' | 'csrf'>,
  filter: ListWish,
): Html {
  const { list, kinds } = deps.texts
  const sight = sightOf(visit.officer)
  const offices = deps.offices.filter(({ code }) => sight.type === 'all' || sight.offices.includes(code))
  const isSet = filter.office ?? filter.kind ?? filter.search
  // By post: what somebody looks for is in no address as it was typed.
  const fields = html`<input type="hidden" name="antrean" value="${queueWord(filter.queue)}">
<div class="filters">${
    offices.length < 2
      ? ''
      : deskSelect({
          name: 'kantor',
          label: list.office,
          value: filter.office,
          options: [
            { value: '', label: list.any_office },
            ...offices.map(({ code, title }) => ({ value: code, label: title })),
          ],
        })
  }${deskSelect({
    name: 'jenis',
    label: list.kind,
    value: filter.kind,
    options: [
      { value: '', label: list.any_kind },
      ...ticketKinds.map((kind) => ({ value: kind, label: kinds[kind] })),
    ],
  })}${deskField({ name: 'cari', label: list.search, type: 'search', value: filter.search, required: false, maxLength: 100 })}
<div class="actions"><button type="submit">${list.apply}</button>${
    isSet === undefined
      ? ''
      : html`<a href="${deskHref(wishPath({ queue: filter.queue }))}">${list.clear}</a>`
  }</div></div>`
  return html`<details class="filter"${isSet === undefined ? '' : html` open`}><summary>${list.filter}</summary>
<div role="search">${deskForm(visit, '/tiket/cari', fields, { kind: 'search' })}</div></details>`
}

function news(deps: TicketPagesDeps, filter: ListWish, { tickets }: TicketList): Html {
  const shown = tickets.map(({ number }) => number).join('.')
  const path = deskHref(wishPath(filter, '/tiket/kabar', { tampak: shown }))
  // A search opens what residents wrote and is noted each time: it is not repeated unasked.
  const asks =
    filter.search === undefined
      ? html` hx-get="${path}" hx-trigger="every ${pollSeconds}s"${byItself} hx-swap="innerMorph"`
      : ''
  return html`<div class="news" id="kabar" role="status"${asks}>${newsLine(deps, filter, { type: 'same' })}</div>`
}

function rows(deps: TicketPagesDeps, viewer: DeskVisit['officer'], { tickets }: TicketList): Html {
  return html`<ol class="ticket-list">${tickets.map((ticket) => ticketRow(deps, viewer, ticket))}</ol>`
}

function emptyQueue({ texts }: TicketPagesDeps, filter: ListWish): Html {
  const { list } = texts
  const number = /^\d{1,9}$/.exec(filter.search ?? '')?.[0]
  const isSet = filter.office ?? filter.kind ?? filter.search ?? filter.after
  return html`<p class="panel">${isSet === undefined ? list.none[filter.queue] : list.none_found}</p>${
    number === undefined
      ? ''
      : html`<p><a class="button" href="${deskHref(`/tiket/${number}`)}">${fill(list.open_number, { number })}</a></p>`
  }`
}

function pages({ texts }: TicketPagesDeps, filter: ListWish, { tickets, next }: TicketList): Html {
  const { list } = texts
  const first =
    filter.after === undefined
      ? ''
      : html`<a href="${deskHref(wishPath({ ...filter, after: undefined }))}">${list.first}</a>`
  const more =
    next === undefined
      ? ''
      : html`<a class="button second" href="${deskHref(wishPath({ ...filter, after: next }))}" rel="next">${list.next}</a>`
  const csv =
    tickets.length === 0
      ? ''
      : html`<a href="${deskHref(wishPath({ ...filter, after: undefined }, '/tiket.csv'))}" download>${list.csv}</a>`
  return html`<div class="pager">${more}${first}${csv}</div>`
}
