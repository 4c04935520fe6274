import { html } from 'hono/html'
import type { TicketView } from '../../../inquiry/ticket-desk.ts'
import { fill } from '../../../language/fill-text.ts'
import { formatNumber } from '../../../language/format.ts'
import type { Html } from '../../layout.ts'
import { deskForm, deskHref } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import { answersFor, type CannedAnswer } from './canned-answers.ts'
import { longestText, officeTitle, type TicketPagesDeps } from './ticket-deps.ts'

/** An answer that is being written. */
export interface Draft {
  readonly text: string
  /** Makes a repeated request the same answer. */
  readonly key: string
  /** What of the ticket has been read, by its last entry. */
  readonly seen: bigint
}

/** The form of the answer, or why there is none. */
export function answerForm(
  deps: TicketPagesDeps,
  visit: Pick<DeskVisit, 'csrf' | 'officer'>,
  view: TicketView,
  draft: Draft,
): Html {
  const { answer } = deps.texts
  const obstacle = whyNot(deps, visit, view)
  // What was typed is never lost, not even when it can no longer be sent.
  if (obstacle !== undefined)
    return html`<p class="panel">${obstacle}</p>${draft.text === '' ? '' : textField(deps, draft.text)}`
  const { ticket } = view
  const path = `/tiket/${ticket.number}/jawab`
  const free = ticket.holder === undefined ? html`<p class="hint">${answer.claims}</p>` : ''
  return deskForm(
    visit,
    path,
    html`<input type="hidden" name="key" value="${draft.key}"><span id="baca">${seenField(draft.seen)}</span>
${cannedChoice(deps, view)}
<div id="isian">${textField(deps, draft.text)}</div>
<p class="news" id="pesan-baru" role="status"></p>
<div class="actions"><button type="submit">${answer.send}</button>${free}</div>`,
    { id: 'jawaban-form' },
  )
}

/** The field that says what has been read. */
export function seenField(seen: bigint): Html {
  return html`<input type="hidden" name="seen" value="${String(seen)}">`
}

/** The field of the answer's text, with what is in it. */
export function textField({ texts }: Pick<TicketPagesDeps, 'texts'>, text: string): Html {
  const { answer } = texts
  return html`<label for="text">${answer.text}</label>
<textarea id="text" name="text" rows="5" maxlength="${longestText}" aria-describedby="text-hint" data-counted>${text}</textarea>
<p class="hint" id="text-hint"><output class="counter" data-count>${formatNumber(text.length)}</output> ${fill(answer.hint, { count: formatNumber(longestText) })}</p>`
}

function whyNot(
  { texts }: TicketPagesDeps,
  { officer }: Pick<DeskVisit, 'officer'>,
  view: TicketView,
): string | undefined {
  const { holder, state } = view.ticket
  if (state === 'closed' || state === 'merged') return texts.answer.over
  if (holder !== undefined && holder.id !== officer.id) return fill(texts.answer.held, { name: holder.name })
  return view.reachable ? undefined : texts.answer.unreachable
}

function cannedChoice(deps: TicketPagesDeps, { ticket }: TicketView): Html | '' {
  const { answer } = deps.texts
  const fitting = answersFor(deps.answers, ticket)
  if (fitting.length === 0) return ''
  const groups = Object.entries(Object.groupBy(fitting, ({ office }) => office ?? ''))
  const options = (answers: readonly CannedAnswer[] = []) =>
    answers.map(({ id, title }) => html`<option value="${id}">${title}</option>`)
  const label = (office: string) => (office === '' ? answer.all_offices : officeTitle(deps, office))
  const path = deskHref(`/tiket/${ticket.number}/isi`)
  return html`<div class="canned"><label for="jawaban">${answer.canned}</label>
<div class="actions"><select id="jawaban" name="jawaban"><option value="">${answer.choose}</option>${groups.map(
    ([office, answers]) => html`<optgroup label="${label(office)}">${options(answers)}</optgroup>`,
  )}</select>
<button class="quiet" type="submit" formaction="${path}" hx-post="${path}" hx-target="#isian" hx-swap="innerHTML">${answer.use}</button></div></div>`
}
