import { html } from 'hono/html'
import type { AudienceCount } from '../../../broadcast/audience.ts'
import type { BroadcastMove, BroadcastView } from '../../../broadcast/broadcast-desk.ts'
import { fill } from '../../../language/fill-text.ts'
import { formatMoment, formatNumber } from '../../../language/format.ts'
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

/**
 * What comes next, each with a sentence of what happens then. What reaches people is asked twice, with how many it is for; what stops
 * it is done at once. `count`: whom it reaches, until that is fixed.
 */
export function nextMoves(
  deps: Deps,
  visit: Visit,
  view: BroadcastView,
  {
    pressed,
    count,
  }: { readonly pressed?: Pressed | undefined; readonly count?: AudienceCount | undefined } = {},
): Html | '' {
  const { texts } = deps
  const { moves } = view
  const parts = [
    moves.includes('approve')
      ? approveForm(deps, visit, view, { pressed, count })
      : waitLine(deps, visit, view),
    moves.includes('send') ? sendForm(deps, visit, view, count) : '',
    moves.includes('propose') ? plainForm(deps, visit, view, 'propose', '') : '',
    moves.includes('pause') ? plainForm(deps, visit, view, 'pause', '') : '',
    moves.includes('go_on') ? restForm(deps, visit, view, 'go_on') : '',
    moves.includes('resume') ? restForm(deps, visit, view, 'resume') : '',
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
  }${folded(press.copy, copy)}${moves.includes('cancel') ? endForm(deps, visit, view, 'cancel') : ''}${
    moves.includes('remove') ? endForm(deps, visit, view, 'remove') : ''
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

/** What takes two presses: the first says what happens then, the second does it. */
function sureForm(
  { texts }: Pick<Deps, 'texts'>,
  visit: Visit,
  { broadcast }: BroadcastView,
  { move, label, sure, kind }: Sure,
): Html {
  const { version, number } = broadcast
  const body = html`<input type="hidden" name="version" value="${version}"><p class="press-text">${texts.moves[move].text}</p><button type="submit" class="${kind}">${sure}</button>`
  return folded(label, deskForm(visit, pathOf(number, pressPaths[move]), body, { kind: 'form press' }))
}

interface Sure {
  readonly move: Press
  /** Of the first press, and of the second. */
  readonly label: string
  readonly sure: string
  readonly kind: 'danger' | ''
}

/** What cannot be taken back. */
function endForm(deps: Deps, visit: Visit, view: BroadcastView, move: 'cancel' | 'remove'): Html {
  const { press, moves } = deps.texts
  const label = moves[move].button
  const sure = fill(press.are_you_sure, { what: label.charAt(0).toLowerCase() + label.slice(1) })
  return sureForm(deps, visit, view, { move, label, sure, kind: 'danger' })
}

/** What has those told who were not yet. */
function restForm(deps: Deps, visit: Visit, view: BroadcastView, move: 'go_on' | 'resume'): Html {
  const { press, moves } = deps.texts
  const { waiting = 0, queued = 0 } = view.figures ?? {}
  const sure = fill(press[`sure_${move}`], { count: formatNumber(waiting + queued) })
  return sureForm(deps, visit, view, { move, label: moves[move].button, sure, kind: '' })
}

function sendForm(deps: Deps, visit: Visit, view: BroadcastView, count: AudienceCount | undefined): Html {
  const { press, moves } = deps.texts
  const time = timeOf(deps, view)
  const label = time === undefined ? moves.send.button : fill(press.schedule_send, { time })
  const people = { count: formatNumber(count?.reachable ?? 0) }
  const sure = fill(time === undefined ? press.sure_send : press.sure_schedule, people)
  return sureForm(deps, visit, view, { move: 'send', label, sure, kind: '' })
}

/** When it is to begin; undefined: at once. */
function timeOf({ now }: Deps, { broadcast: { scheduledAt } }: BroadcastView): string | undefined {
  return scheduledAt !== undefined && scheduledAt > now() ? formatMoment(scheduledAt) : undefined
}

/** Two steps: that it was read, then the press, which says for how many it is. */
function approveForm(
  deps: Deps,
  visit: Visit,
  view: BroadcastView,
  { pressed, count }: { readonly pressed: Pressed | undefined; readonly count: AudienceCount | undefined },
): Html {
  const { texts } = deps
  const { text } = texts.moves.approve
  const { version, number } = view.broadcast
  const error = pressed?.move === 'approve' ? pressed.error : undefined
  const time = timeOf(deps, view)
  const people = { count: formatNumber(count?.reachable ?? 0) }
  const label =
    time === undefined
      ? fill(texts.press.sure_approve, people)
      : fill(texts.press.schedule_approve, { time, ...people })
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
