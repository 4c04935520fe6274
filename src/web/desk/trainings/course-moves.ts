import { html } from 'hono/html'
import type { CourseState } from '../../../training/course.ts'
import type { CourseView } from '../../../training/training-desk.ts'
import type { Html } from '../../layout.ts'
import { deskForm } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import { errorLine, hintLine } from './form-controls.ts'
import type { TrainingPagesDeps } from './training-deps.ts'

/** The longest reason, in characters, that the desk takes. */
const longestReason = 300

/** A reason that was typed, and what is wrong with it. */
export interface GivenReason {
  readonly reason: string
  readonly error: string
}

type Visit = Pick<DeskVisit, 'csrf'>

/** Where a course may go from here, each with a sentence of what happens then; the first is what comes next. */
export function nextMoves(deps: TrainingPagesDeps, visit: Visit, { course, moves }: CourseView): Html | '' {
  const { texts } = deps
  const next = moves.filter((to) => to !== 'cancelled')
  if (next.length === 0) return ''
  const forms = next.map((to, index) => {
    const { button, text } = texts.moves[to]
    return pressForm(visit, `/pelatihan/${course.number}/keadaan`, {
      ...{ button, text, to },
      kind: index === 0 ? '' : 'quiet',
    })
  })
  return html`<section class="panel next"><h2>${texts.course.next_title}</h2>${forms}</section>`
}

/** What is seldom done: copy, cancel, delete. */
export function moreMoves(
  deps: TrainingPagesDeps,
  visit: Visit,
  { course, moves, counts }: CourseView,
  given: GivenReason | undefined,
): Html {
  const { texts } = deps
  const path = `/pelatihan/${course.number}`
  const isEmpty = Object.values(counts).every((count) => count === 0)
  const copy = pressForm(visit, `${path}/salin`, { ...texts.copy, kind: 'quiet' })
  const remove = pressForm(visit, `${path}/hapus`, { ...texts.remove, kind: 'danger' })
  return html`<section class="more"><h2>${texts.course.more}</h2>${folded(texts.copy.button, copy)}
${moves.includes('cancelled') ? folded(texts.moves.cancelled.button, cancelForm(deps, visit, path, given), given !== undefined) : ''}
${course.state === 'draft' && isEmpty ? folded(texts.remove.button, remove) : ''}</section>`
}

function folded(title: string, body: Html, isOpen = false): Html {
  return html`<details class="panel fold" name="tindakan"${isOpen ? html` open` : ''}><summary>${title}</summary>${body}</details>`
}

function pressForm(
  visit: Visit,
  path: string,
  press: { readonly button: string; readonly text: string; readonly kind: string; readonly to?: CourseState },
): Html {
  const { button, text, kind, to } = press
  const body = html`${to === undefined ? '' : html`<input type="hidden" name="to" value="${to}">`}<p class="press-text">${text}</p><button type="submit" class="${kind}">${button}</button>`
  return deskForm(visit, path, body, { kind: 'form press' })
}

function cancelForm(
  { texts }: TrainingPagesDeps,
  visit: Visit,
  path: string,
  given: GivenReason | undefined,
): Html {
  const { moves, cancel } = texts
  const described = given === undefined ? 'reason-hint' : 'reason-hint reason-error'
  const body = html`<input type="hidden" name="to" value="cancelled"><p>${moves.cancelled.text}</p>
<div class="field"><label for="reason">${cancel.reason}</label>${hintLine('reason', cancel.reason_hint)}${errorLine('reason', given?.error)}
<textarea id="reason" name="reason" rows="3" maxlength="${longestReason}" aria-describedby="${described}"${
    given === undefined ? '' : html` aria-invalid="true" autofocus`
  }>${given?.reason ?? ''}</textarea></div>
<button class="danger" type="submit">${moves.cancelled.button}</button>`
  return deskForm(visit, `${path}/keadaan`, body)
}
