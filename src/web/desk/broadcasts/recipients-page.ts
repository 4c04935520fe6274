import { html } from 'hono/html'
import { type RecipientState, recipientStates } from '../../../broadcast/broadcast.ts'
import type { BroadcastView, RecipientLine } from '../../../broadcast/broadcast-desk.ts'
import { fill } from '../../../language/fill-text.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import { deskTable } from '../desk-table.ts'
import { deskTime } from '../desk-time.ts'
import { isOpen, pathOf } from './broadcast-deps.ts'
import { partsOf } from './broadcast-page.ts'
import type { BroadcastTexts } from './broadcast-texts.ts'

/** Some recipients of a broadcast, and how they were chosen. */
export interface ShownRecipients {
  readonly view: BroadcastView
  readonly state: RecipientState | undefined
  readonly lines: readonly RecipientLine[]
  readonly next: bigint | undefined
  readonly isFirst: boolean
}

/** Who was told, masked: by state, a page at a time. */
export function recipientsPage(texts: BroadcastTexts, shown: ShownRecipients): Html {
  const { recipients } = texts
  const { view, lines } = shown
  const { broadcast } = view
  const { number } = broadcast
  const none = isOpen(broadcast) ? recipients.not_yet : recipients.none
  const back = isOpen(broadcast)
    ? html`<p class="back"><a href="${deskHref(pathOf(number))}">${fill(recipients.back, { number })}</a></p>`
    : partsOf(texts, view, 'recipients')
  return html`<div class="applicants broadcasts">${back}<h1>${fill(recipients.title, { number })}</h1><p class="lead">${recipients.lead}</p>
${chips(texts, shown)}${lines.length === 0 ? html`<p class="panel">${none}</p>` : table(texts, shown)}${pager(texts, shown)}</div>`
}

function listPath(number: number, state: RecipientState | undefined, after?: bigint): string {
  const query = new URLSearchParams()
  if (state !== undefined) query.set('keadaan', state)
  if (after !== undefined) query.set('sesudah', String(after))
  return deskHref(pathOf(number, `/penerima${query.size === 0 ? '' : `?${query}`}`))
}

function chips(
  { recipients, recipient_states: states }: BroadcastTexts,
  { view, state }: ShownRecipients,
): Html | '' {
  const { broadcast } = view
  if (isOpen(broadcast)) return ''
  const chip = (one: RecipientState | undefined, label: string) =>
    html`<li><a class="chip" href="${listPath(broadcast.number, one)}"${one === state ? html` aria-current="true"` : ''}>${label}</a></li>`
  return html`<nav aria-label="${recipients.filter}"><ul class="chips">${chip(undefined, recipients.all)}${recipientStates.map((one) => chip(one, states[one]))}</ul></nav>`
}

function table(texts: BroadcastTexts, { view, lines }: ShownRecipients): Html {
  const { recipients } = texts
  const { number } = view.broadcast
  return deskTable({
    caption: recipients.caption,
    columns: [recipients.chat, recipients.state, recipients.reason, recipients.at, recipients.history],
    rows: lines.map((line) => [
      html`<span class="few">${line.masked}</span> <span class="hint">${texts.channels[line.channel]}</span>`,
      recipientPill(texts, line.state),
      reasonText(texts, line),
      timesOf(line),
      html`<a class="roomy" href="${deskHref(pathOf(number, `/penerima/${line.id}`))}">${recipients.history}<span class="away"> ${line.masked}</span></a>`,
    ]),
  })
}

const kinds: Readonly<Partial<Record<RecipientState, string>>> = {
  sent: 'good',
  delivered: 'good',
  read: 'good',
  failed: 'alert',
  unknown: 'late',
}

function recipientPill({ recipient_states: states }: BroadcastTexts, state: RecipientState): Html {
  const kind = kinds[state]
  return html`<span class="pill${kind === undefined ? '' : ` ${kind}`}">${states[state]}</span>`
}

/** Why a message failed or was not sent, in words; empty where there is no reason. */
export function reasonText(
  { failures, suppressions, reason_other }: BroadcastTexts,
  { state, reason }: Pick<RecipientLine, 'state' | 'reason'>,
): string {
  if (reason === undefined) return ''
  return (state === 'suppressed' ? suppressions[reason] : failures[reason]) ?? reason_other
}

/** The last that is known of it. */
function timesOf({ at, deliveredAt, readAt }: RecipientLine): Html | '' {
  const last = readAt ?? deliveredAt ?? at
  return last === undefined ? '' : deskTime(last)
}

function pager({ recipients }: BroadcastTexts, { view, state, next, isFirst }: ShownRecipients): Html {
  const { broadcast } = view
  const { number } = broadcast
  if (isOpen(broadcast)) return html``
  const more =
    next === undefined
      ? ''
      : html`<a class="button second" href="${listPath(number, state, next)}" rel="next">${recipients.next}</a>`
  const first = isFirst
    ? ''
    : html`<a class="roomy" href="${listPath(number, state)}">${recipients.first}</a>`
  return html`<div class="pager">${more}${first}<a class="roomy" href="${deskHref(pathOf(number, '/penerima.csv'))}" download>${recipients.csv}</a></div>`
}

/** What one person was sent by all broadcasts that are kept; `own`: their line in the one that one came from. */
export function historyPage(
  texts: BroadcastTexts,
  number: number,
  own: RecipientLine,
  lines: readonly RecipientLine[],
): Html {
  const { history, recipients, page } = texts
  const table = deskTable({
    caption: history.caption,
    columns: [history.broadcast, recipients.state, recipients.reason, recipients.at],
    rows: lines.map((line) => [
      html`<a href="${deskHref(pathOf(line.broadcast))}">${fill(page.title, { number: line.broadcast, name: line.title })}</a> <span class="hint">${texts.channels[line.channel]}</span>`,
      recipientPill(texts, line.state),
      reasonText(texts, line),
      timesOf(line),
    ]),
  })
  return html`<div class="applicants broadcasts"><p class="back"><a href="${deskHref(pathOf(number, '/penerima'))}">${fill(recipients.title, { number })}</a></p>
<h1>${fill(history.title, { masked: own.masked })}</h1><p class="lead">${history.lead}</p>${table}</div>`
}
