import { html } from 'hono/html'
import { closeReasons } from '../../../inquiry/ticket.ts'
import type { TicketView } from '../../../inquiry/ticket-desk.ts'
import type { Officer } from '../../../staff/officer.ts'
import type { Html } from '../../layout.ts'
import { deskField, deskSelect } from '../desk-field.ts'
import { deskForm } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import { longestText, type TicketPagesDeps } from './ticket-deps.ts'

type Visit = Pick<DeskVisit, 'csrf' | 'officer'>

/** What one press does with a ticket: only what can be done with it now. */
export function quickActions({ texts }: TicketPagesDeps, visit: Visit, view: TicketView): Html {
  const { actions } = texts
  const { number, state, holder } = view.ticket
  const press = (path: string, label: string, kind = 'quiet'): Html =>
    deskForm(
      visit,
      `/tiket/${number}/${path}`,
      html`<button class="${kind}" type="submit">${label}</button>`,
      { kind: 'inline' },
    )
  if (state === 'merged') return html``
  if (state === 'closed') return html`<div class="actions">${press('buka', actions.reopen)}</div>`
  const isMine = holder?.id === visit.officer.id
  const isOthers = holder !== undefined && !isMine && !visit.officer.roles.includes('admin')
  const mayHandBack = view.ticket.liveUntil !== undefined && !isOthers
  const wasAnswered = view.entries.some(({ type }) => type === 'officer')
  const mayAsk = wasAnswered && state !== 'confirming' && view.reachable && !isOthers
  return html`<div class="actions">${holder === undefined ? press('ambil', actions.claim, 'primary') : ''}${
    isMine ? press('lepas', actions.release) : ''
  }${mayHandBack ? press('bot', actions.hand_back) : ''}${mayAsk ? press('tanya', actions.ask_solved) : ''}</div>
${mayHandBack ? html`<p class="hint">${actions.hand_back_hint}</p>` : ''}${mayAsk ? html`<p class="hint">${actions.ask_solved_hint}</p>` : ''}`
}

/** What needs a word more, each folded away until it is wanted. */
export function moreActions(
  deps: TicketPagesDeps,
  visit: Visit,
  view: TicketView,
  more: { readonly colleagues: readonly Pick<Officer, 'id' | 'name'>[]; readonly note: string },
): Html {
  const { actions } = deps.texts
  const { state } = view.ticket
  if (state === 'merged') return html``
  const isOver = state === 'closed'
  return html`<section class="more"><h2>${actions.more}</h2>
${folded(actions.note, noteForm(deps, visit, view, more.note), more.note !== '')}
${isOver ? '' : folded(actions.assign, assignForm(deps, visit, view, more.colleagues))}
${isOver ? '' : folded(actions.transfer, transferForm(deps, visit, view))}
${isOver ? '' : folded(actions.close, closeForm(deps, visit, view))}
${isOver || view.ticket.kind !== 'deletion' ? '' : folded(actions.erase, eraseForm(deps, visit, view))}
${isOver || view.ticket.anonymous ? '' : folded(actions.merge, mergeForm(deps, visit, view))}</section>`
}

function folded(title: string, form: Html, isOpen = false): Html {
  return html`<details class="panel fold" name="tindakan"${isOpen ? html` open` : ''}><summary>${title}</summary>${form}</details>`
}

function eraseForm({ texts }: TicketPagesDeps, visit: Visit, { ticket }: TicketView): Html {
  const { erase_hint, erase_do } = texts.actions
  return deskForm(
    visit,
    `/tiket/${ticket.number}/hapus`,
    html`<p>${erase_hint}</p><button class="danger" type="submit">${erase_do}</button>`,
  )
}

function noteForm({ texts }: TicketPagesDeps, visit: Visit, { ticket }: TicketView, note: string): Html {
  const { note_text, note_hint, note_do } = texts.actions
  return deskForm(
    visit,
    `/tiket/${ticket.number}/catatan`,
    html`<label for="catatan">${note_text}</label><p class="hint" id="catatan-hint">${note_hint}</p>
<textarea id="catatan" name="note" rows="3" maxlength="${longestText}" aria-describedby="catatan-hint">${note}</textarea>
<button type="submit">${note_do}</button>`,
  )
}

function assignForm(
  { texts }: TicketPagesDeps,
  visit: Visit,
  { ticket }: TicketView,
  colleagues: readonly Pick<Officer, 'id' | 'name'>[],
): Html {
  const { assign_to, assign_do, nobody } = texts.actions
  if (colleagues.length === 0) return html`<p class="hint">${nobody}</p>`
  const options = colleagues.map(({ id, name }) => ({ value: id, label: name }))
  const body = html`${deskSelect({ name: 'rekan', label: assign_to, options: [unchosen(texts), ...options] })}<button type="submit">${assign_do}</button>`
  return deskForm(visit, `/tiket/${ticket.number}/tugas`, body)
}

function transferForm(deps: TicketPagesDeps, visit: Visit, { ticket }: TicketView): Html {
  const { transfer_to, transfer_do, transfer_hint } = deps.texts.actions
  const others = deps.offices.filter(({ code }) => code !== ticket.office)
  const options = others.map(({ code, title }) => ({ value: code, label: title }))
  const choice = {
    name: 'kantor',
    label: transfer_to,
    hint: transfer_hint,
    options: [unchosen(deps.texts), ...options],
  }
  const body = html`${deskSelect(choice)}<button type="submit">${transfer_do}</button>`
  return deskForm(visit, `/tiket/${ticket.number}/teruskan`, body)
}

function closeForm({ texts }: TicketPagesDeps, visit: Visit, { ticket }: TicketView): Html {
  const { close_reason, close_do } = texts.actions
  const options = closeReasons.map((reason) => ({ value: reason, label: texts.reasons[reason] }))
  const body = html`${deskSelect({ name: 'alasan', label: close_reason, options: [unchosen(texts), ...options] })}<button type="submit">${close_do}</button>`
  return deskForm(visit, `/tiket/${ticket.number}/tutup`, body)
}

function mergeForm({ texts }: TicketPagesDeps, visit: Visit, { ticket }: TicketView): Html {
  const { merge_into, merge_hint, merge_do } = texts.actions
  const field = deskField({
    name: 'ke',
    label: merge_into,
    hint: merge_hint,
    inputMode: 'numeric',
    maxLength: 12,
  })
  return deskForm(
    visit,
    `/tiket/${ticket.number}/gabung`,
    html`${field}<button type="submit">${merge_do}</button>`,
  )
}

// What cannot be undone by a slip of a thumb begins with no choice made.
function unchosen({ answer }: TicketPagesDeps['texts']): { readonly value: string; readonly label: string } {
  return { value: '', label: answer.choose }
}
