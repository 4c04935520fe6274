import { html } from 'hono/html'
import type { TicketView } from '../../../inquiry/ticket-desk.ts'
import { fill } from '../../../language/fill-text.ts'
import type { Officer } from '../../../staff/officer.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import { deskTime, shortMoment } from '../desk-time.ts'
import { isLate, promiseText } from './promise.ts'
import { officeTitle, placeName, type TicketPagesDeps } from './ticket-deps.ts'
import { holderWords } from './ticket-row.ts'

/** What is so of a ticket now. Nothing in it can be pressed but a link, so it may be renewed under the reader. */
export function ticketFacts(deps: TicketPagesDeps, viewer: Officer, { ticket, channel }: TicketView): Html {
  const { texts } = deps
  const { ticket: words, channels, states, reasons } = texts
  const now = deps.now()
  const isOpen = ticket.state === 'open'
  const reason = ticket.closeReason === undefined ? '' : html` · ${reasons[ticket.closeReason]}`
  const facts: readonly (readonly [string, Html | string | undefined])[] = [
    [words.state, html`${states[ticket.state]}${reason}`],
    [words.promise, isOpen ? promise(deps, ticket, now) : undefined],
    [words.holder, html`<bdi>${holderWords(deps, viewer, ticket)}</bdi>`],
    [words.office, officeTitle(deps, ticket.office)],
    [words.kelurahan, placeName(deps, ticket)],
    [words.channel, channel === undefined ? undefined : (channels[channel] ?? channel)],
    [words.opened, deskTime(ticket.openedAt)],
    [words.closed, ticket.closedAt === undefined ? undefined : deskTime(ticket.closedAt)],
  ]
  return html`<dl class="facts">${facts.map(([name, value]) =>
    value === undefined ? '' : html`<dt>${name}</dt><dd>${value}</dd>`,
  )}</dl>${standing(texts.ticket, ticket, now)}`
}

function promise(deps: TicketPagesDeps, ticket: TicketView['ticket'], now: Date): Html {
  const late = isLate(ticket, now)
  return html`<span class="pill${late ? ' late' : ''}">${promiseText(deps.texts, ticket, now)}</span> <span class="hint">${deskTime(ticket.promisedAt)}</span>`
}

function standing(words: TicketPagesDeps['texts']['ticket'], ticket: TicketView['ticket'], now: Date): Html {
  const { liveUntil, closesAt, mergedInto, anonymous, kind, state } = ticket
  const isLive = liveUntil !== undefined && liveUntil > now
  return html`${isLive ? html`<p class="hint">${fill(words.bot_silent, { time: shortMoment(liveUntil).slice(-5) })}</p>` : ''}${
    closesAt === undefined || state !== 'confirming'
      ? ''
      : html`<p class="hint">${fill(words.closes, { time: shortMoment(closesAt) })}</p>`
  }${mergedInto === undefined ? '' : html`<p><a href="${deskHref(`/tiket/${mergedInto}`)}">${fill(words.merged_into, { number: mergedInto })}</a></p>`}${
    anonymous ? html`<p class="warning">${words.anonymous}</p>` : ''
  }${kind === 'objection_other' ? html`<p class="warning">${words.about_other}</p>` : ''}`
}
