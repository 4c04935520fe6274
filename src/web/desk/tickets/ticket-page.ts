import { html } from 'hono/html'
import type { TicketView } from '../../../inquiry/ticket-desk.ts'
import { fill } from '../../../language/fill-text.ts'
import type { Officer } from '../../../staff/officer.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import { shortMoment } from '../desk-time.ts'
import { moreActions, quickActions } from './action-forms.ts'
import { answerForm, type Draft } from './answer-form.ts'
import { talk, talkEntries } from './talk.ts'
import type { TicketPagesDeps } from './ticket-deps.ts'
import { ticketFacts } from './ticket-facts.ts'
import { firstTail, tailElement } from './ticket-live.ts'

/** A ticket with what stands in its forms, and why the last wish was not done. */
export interface ShownTicket {
  readonly view: TicketView
  readonly colleagues: readonly Pick<Officer, 'id' | 'name'>[]
  readonly draft: Draft
  /** What the ticket's changes were marked by before it was read. */
  readonly mark: string
  readonly note: string
  readonly refusal?: string | undefined
  /** What came after the officer's page was made, by the last entry on it: shown above the kept answer. */
  readonly newSince?: bigint | undefined
}

/** One ticket: the matter, the talk, the answer, and what else can be done. */
export function ticketPage(deps: TicketPagesDeps, visit: DeskVisit, shown: ShownTicket): Html {
  const { texts } = deps
  const { view, refusal } = shown
  const { number, kind, urgent } = view.ticket
  const answer = html`<section class="answer" id="jawab"><h2>${texts.answer.title}</h2>${unread(deps, shown)}${answerForm(deps, visit, view, shown.draft)}</section>`
  const talked = html`<section><h2 id="percakapan">${texts.talk.title}</h2>
<div class="talk" role="log" aria-live="polite" aria-labelledby="percakapan">${talk({ texts, number, now: deps.now() }, view.entries)}${tailElement(firstTail(view, shown.mark))}</div></section>`
  const aside = html`<div class="ticket-aside"><div id="fakta">${ticketFacts(deps, visit.officer, view)}</div>
${quickActions(deps, visit, view)}</div>`
  return html`<div class="ticket"><p class="back"><a href="${deskHref('/tiket')}">${texts.ticket.back}</a> · <a href="#jawab">${texts.ticket.to_answer}</a></p>
<h1>${fill(texts.ticket.title, { number })} <span class="kind">${texts.kinds[kind]}</span>${urgent ? html` <span class="pill alert">${texts.list.urgent}</span>` : ''}</h1>
${refusal === undefined ? '' : html`<div class="notice" role="alert"><p><b>${texts.refused.title}.</b> ${refusal}</p></div>`}
<div class="ticket-columns">${refusal === undefined ? html`${aside}<div class="ticket-main">${talked}${answer}</div>` : html`<div class="ticket-main">${answer}${talked}</div>${aside}`}
<div class="ticket-rest">${details(deps, view)}${history(deps, view)}${transcriptLink(deps, view)}${moreActions(deps, visit, view, shown)}</div></div></div>
<script src="${deskHref('/tiket/ketik.js')}" defer></script>`
}

function unread(deps: TicketPagesDeps, { view, newSince }: ShownTicket): Html | '' {
  if (newSince === undefined) return ''
  const { texts } = deps
  const { number } = view.ticket
  const entries = view.entries.filter(({ id }) => id > newSince)
  return html`<div class="talk unread">${talkEntries({ texts, number, now: deps.now() }, entries)}</div>`
}

function details({ texts, kelurahanName }: TicketPagesDeps, { details }: TicketView): Html | '' {
  const given = Object.entries(details).filter(([, value]) => value !== '')
  if (given.length === 0) return ''
  const words = (value: string) => texts.values[value] ?? kelurahanName(value) ?? value
  return html`<section><h2>${texts.ticket.details}</h2><dl class="facts">${given.map(
    ([name, value]) => html`<dt>${texts.details[name] ?? name}</dt><dd><bdi>${words(value)}</bdi></dd>`,
  )}</dl></section>`
}

function history({ texts }: TicketPagesDeps, { history }: TicketView): Html | '' {
  if (history.length === 0) return ''
  return html`<section><h2>${texts.ticket.history}</h2><ul class="history">${history.map(
    ({ number, kind, state, openedAt }) =>
      html`<li><a href="${deskHref(`/tiket/${number}`)}">#${number} ${texts.kinds[kind]}</a> <span class="hint">${texts.states[state]}, ${shortMoment(openedAt)}</span></li>`,
  )}</ul></section>`
}

function transcriptLink({ texts }: TicketPagesDeps, { ticket }: TicketView): Html | '' {
  if (ticket.anonymous) return ''
  const { transcript, transcript_hint } = texts.ticket
  return html`<p class="transcript-link"><a href="${deskHref(`/tiket/${ticket.number}/percakapan`)}">${transcript}</a> <span class="hint">${transcript_hint}</span></p>`
}
