import { html } from 'hono/html'
import type { TicketEntry } from '../../../inquiry/ticket.ts'
import { fill } from '../../../language/fill-text.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import { talkEntries } from './talk.ts'
import type { TicketPagesDeps } from './ticket-deps.ts'

/** What the person and the bot said to each other before. */
export function transcriptPage(
  { texts, now }: TicketPagesDeps,
  number: number,
  entries: readonly TicketEntry[],
): Html {
  const { title, lead, bot, back, none } = texts.transcript
  const talked =
    entries.length === 0
      ? html`<p class="panel">${none}</p>`
      : talkEntries({ texts, number, other: bot, now: now() }, entries)
  return html`<div class="ticket"><p class="back"><a href="${deskHref(`/tiket/${number}`)}">${fill(back, { number })}</a></p>
<h1>${fill(title, { number })}</h1><p class="hint">${lead}</p><div class="talk">${talked}</div></div>`
}
