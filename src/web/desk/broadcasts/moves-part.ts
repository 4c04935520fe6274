import { html } from 'hono/html'
import type { BroadcastMove, BroadcastView } from '../../../broadcast/broadcast-desk.ts'
import { fill } from '../../../language/fill-text.ts'
import { formatMoment } from '../../../language/format.ts'
import { may } from '../../../staff/officer.ts'
import type { Html } from '../../layout.ts'
import { deskForm, deskHref } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import { errorLine, hintLine } from '../trainings/form-controls.ts'
import { type BroadcastPagesDeps, pathOf } from './broadcast-deps.ts'

/** What was pressed just now and not done: what was typed, and what is wrong with it. */
export interface Pressed {
  readonly move: 'approve' | 'send_back'
  readonly reason?: string
  readonly error: string
}

type Visit = Pick<DeskVisit, 'csrf' | 'officer'>
type Deps = Pick<BroadcastPagesDeps, 'texts' | 'now'>
type Press = Exclude<BroadcastMove, 'edit'>

/** Where each press is sent to, below the broadcast's path. */
export const pressPaths: Readonly<Record<Press, string>> = {
  propose: '/usulkan',
  approve: '/setujui',
  send: '/kirim',
  send_back: '/kembalikan',
  pause: '/jeda',
  resume: '/lanjutkan',
  go_on: '/teruskan',
  cancel: '/batalkan',
  remove: '/hapus',
}

/** What comes next, each with a sentence of what happens then. */
export function nextMoves(deps: Deps, visit: Visit, view: BroadcastView, pressed?: Pressed): Html | '' {
  const { texts } = deps
  const { moves } = view
  const parts = [
    moves.includes('approve') ? approveForm(deps, visit, view, pressed) : waitLine(deps, visit, view),
    moves.includes('send') ? sendForm(deps, visit, view) : '',
    moves.includes('propose') ? plainForm(deps, visit, view, 'propose', '') : '',
    moves.includes('go_on') ? plainForm(deps, visit, view, 'go_on', 'quiet') : '',
    moves.includes('pause') ? sureForm(deps, visit, view, 'pause') : '',
    moves.includes('resume') ? sureForm(deps, visit, view, 'resume') : '',
  ].filter((part) => part !== '')
  if (parts.length === 0) return ''
  return html`<section class="panel next"><h2>${texts.page.next_title}</h2>${parts}</section>`
}

/** What is seldom done: send back, cancel, remove, copy. */
export function moreMoves(deps: Deps, visit: Visit, view: BroadcastView, pressed?: Pressed): Html {
  const { texts } = deps
  const { moves, broadcast } = view
  const { press } = texts
  const copy = html`<p class="press-text">${press.copy_text}</p><a class="button second" href="${deskHref(`/siaran/baru?dari=${broadcast.number}`)}">${press.copy_link}</a>`
  return html`<section class="more"><h2>${texts.page.more}</h2>${
    moves.includes('send_back')
      ? folded(
          texts.moves.send_back.button,
          sendBackForm(deps, visit, view, pressed),
          pressed?.move === 'send_back',
        )
      : ''
  }${folded(press.copy, copy)}${moves.includes('cancel') ? sureForm(deps, visit, view, 'cancel') : ''}${
    moves.includes('remove') ? sureForm(deps, visit, view, 'remove') : ''
  }</section>`
}

function folded(title: string, body: Html, isOpen = false): Html {
  return html`<details class="panel fold"${isOpen ? html` open` : ''}><summary>${title}</summary>${body}</details>`
}

/** One press that is done at once. */
function plainForm(
  { texts }: Deps,
  visit: Visit,
  { broadcast }: BroadcastView,
  move: Press,
  kind: string,
): Html {
  const { button, text } = texts.moves[move]
  const body = html`<input type="hidden" name="version" value="${broadcast.version}"><p class="press-text">${text}</p><button type="submit" class="${kind}">${button}</button>`
  return deskForm(visit, pathOf(broadcast.number, pressPaths[move]), body, { kind: 'form press' })
}

/** What takes two presses: the first says what happens then. */
function sureForm({ texts }: Deps, visit: Visit, { broadcast }: BroadcastView, move: Press): Html {
  const { button, text } = texts.moves[move]
  const sure = fill(texts.press.are_you_sure, { what: button.charAt(0).toLowerCase() + button.slice(1) })
  const kind = move === 'resume' || move === 'pause' ? '' : 'danger'
  const body = html`<p class="press-text">${text}</p><button type="submit" class="${kind}">${sure}</button>`
  return folded(
    button,
    deskForm(visit, pathOf(broadcast.number, pressPaths[move]), body, { kind: 'form press' }),
  )
}

function sendForm({ texts, now }: Deps, visit: Visit, { broadcast }: BroadcastView): Html {
  const { button, text } = texts.moves.send
  const { scheduledAt, version, number } = broadcast
  const label =
    scheduledAt !== undefined && scheduledAt > now()
      ? fill(texts.press.schedule_send, { time: formatMoment(scheduledAt) })
      : button
  const body = html`<input type="hidden" name="version" value="${version}"><p class="press-text">${text}</p><button type="submit">${label}</button>`
  return deskForm(visit, pathOf(number, pressPaths.send), body, { kind: 'form press' })
}

/** Two steps: that it was read, then the press. */
function approveForm(
  { texts, now }: Deps,
  visit: Visit,
  { broadcast }: BroadcastView,
  pressed?: Pressed,
): Html {
  const { button, text } = texts.moves.approve
  const { scheduledAt, version, number } = broadcast
  const error = pressed?.move === 'approve' ? pressed.error : undefined
  const label =
    scheduledAt !== undefined && scheduledAt > now()
      ? fill(texts.press.schedule_approve, { time: formatMoment(scheduledAt) })
      : button
  const wrong =
    error === undefined ? '' : html` aria-invalid="true" aria-describedby="dibaca-error" autofocus`
  const body = html`<input type="hidden" name="version" value="${version}"><p class="press-text">${text}</p>${errorLine('dibaca', error)}
<label class="check"><input id="dibaca" type="checkbox" name="dibaca" value="ya"${wrong}><span>${texts.press.read}</span></label>
<button type="submit">${label}</button>`
  // One that reaches few by now needs nobody who may approve.
  const path = may(visit.officer, 'broadcast_approval') ? pressPaths.approve : pressPaths.send
  return deskForm(visit, pathOf(number, path), body, { kind: 'form press' })
}

/** Kindly, why whoever might look for the button has none. */
function waitLine({ texts }: Deps, visit: Visit, { broadcast }: BroadcastView): Html | '' {
  if (broadcast.state !== 'proposed') return ''
  const { press } = texts
  return html`<p>${may(visit.officer, 'broadcast_approval') ? press.same_person : press.wait}</p>`
}

const longestReason = 300

function sendBackForm({ texts }: Deps, visit: Visit, { broadcast }: BroadcastView, pressed?: Pressed): Html {
  const { press, moves } = texts
  const given = pressed?.move === 'send_back' ? pressed : undefined
  const described = given === undefined ? 'reason-hint' : 'reason-hint reason-error'
  const body = html`<p>${moves.send_back.text}</p>
<div class="field"><label for="reason">${press.reason}</label>${hintLine('reason', press.reason_hint)}${errorLine('reason', given?.error)}
<textarea id="reason" name="reason" rows="3" maxlength="${longestReason}" aria-describedby="${described}"${
    given === undefined ? '' : html` aria-invalid="true" autofocus`
  }>${given?.reason ?? ''}</textarea></div>
<button class="quiet" type="submit">${moves.send_back.button}</button>`
  return deskForm(visit, pathOf(broadcast.number, pressPaths.send_back), body)
}
