import { html } from 'hono/html'
import { isPublic } from '../../../training/course.ts'
import type { ApplicantView, Decision } from '../../../training/training-desk.ts'
import type { Html } from '../../layout.ts'
import { deskField } from '../desk-field.ts'
import { deskForm, deskHref } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import { deskTime } from '../desk-time.ts'
import type { ApplicantPagesDeps } from './applicant-deps.ts'
import { applicantFacts } from './applicant-facts.ts'
import { messageForm, reasonForm, refusalNotice } from './decision-form.ts'
import { messageField } from './decision-wish.ts'
import { decisionsOf } from './decisions-of.ts'
import { personName } from './person-words.ts'
import { registrationPill } from './registration-pill.ts'

/** The longest note, in characters, that its field takes. */
const longestNote = 1_000

type Fields = Readonly<Record<string, string>>

/** Why something was not done, and what stood in the form. */
export interface ApplicantGiven {
  readonly refusal?: string
  readonly fields?: Fields
}

/** One person who applied: facts, words, score and note, decisions, and how it came to stand so. */
export function applicantPage(
  deps: ApplicantPagesDeps,
  visit: Pick<DeskVisit, 'csrf'>,
  view: ApplicantView,
  given: ApplicantGiven,
): Html {
  const { texts } = deps
  const { person } = texts
  const { courseNumber, chatId, contactId } = view.registration
  const isErased = contactId === undefined
  return html`<div class="applicant"><p class="back"><a href="${deskHref(`/peserta/${courseNumber}`)}">${person.back}</a></p>
<h1>${personName(texts, view.name)}</h1><p class="lead">${view.course.title}</p>
${refusalNotice(texts, given.refusal)}${isErased ? html`<p class="warning">${person.erased}</p>` : ''}
<div class="applicant-columns"><div><section><h2>${person.facts}</h2>${applicantFacts(deps, view, deps.now())}</section>
${said(deps, view)}${history(deps, view)}</div>
<div>${!isErased && chatId === undefined ? html`<p class="warning">${person.unreachable}</p>` : ''}${assessForm(deps, visit, view, given)}${decisionForms(deps, visit, view, given)}</div></div></div>`
}

function said({ texts }: ApplicantPagesDeps, { reason, answers }: ApplicantView): Html {
  const { person } = texts
  return html`${reason === '' ? '' : html`<section><h2>${person.reason}</h2><p class="said"><bdi>${reason}</bdi></p></section>`}${
    answers.length === 0
      ? ''
      : html`<section><h2>${person.answers}</h2><dl class="answers">${answers.map(
          ({ question, answer }) => html`<dt><bdi>${question}</bdi></dt><dd><bdi>${answer}</bdi></dd>`,
        )}</dl></section>`
  }`
}

function history({ texts }: ApplicantPagesDeps, { history }: ApplicantView): Html {
  const { person } = texts
  return html`<section><h2>${person.history}</h2><ol class="timeline">${history.map(
    ({ state, by, actor, reason, at }) =>
      html`<li>${registrationPill(texts, state)} <span class="hint">${by ?? person.by[actor]}, ${deskTime(at)}</span>${
        reason === undefined ? '' : html`<p class="said"><bdi>${reason}</bdi></p>`
      }</li>`,
  )}</ol></section>`
}

function assessForm(
  { texts }: ApplicantPagesDeps,
  visit: Pick<DeskVisit, 'csrf'>,
  view: ApplicantView,
  { fields = {} }: ApplicantGiven,
): Html {
  const { person } = texts
  const { registration, course } = view
  const score = fields.nilai ?? (registration.score === undefined ? '' : String(registration.score))
  const scoreField = deskField({
    name: 'nilai',
    label: person.score,
    hint: person.score_hint,
    value: score,
    inputMode: 'numeric',
    maxLength: 3,
    required: false,
  })
  const body = html`${course.selection === 'officer' ? scoreField : ''}
<div class="field"><label for="catatan">${person.note}</label><p class="hint" id="catatan-hint">${person.note_hint}</p>
<textarea id="catatan" name="catatan" rows="4" maxlength="${longestNote}" aria-describedby="catatan-hint">${fields.catatan ?? view.note}</textarea></div>
<button type="submit">${person.save}</button>`
  return html`<section class="panel"><h2>${person.assess}</h2>${deskForm(visit, personPath(view, 'nilai'), body)}</section>`
}

function decisionForms(
  deps: ApplicantPagesDeps,
  visit: Pick<DeskVisit, 'csrf'>,
  view: ApplicantView,
  given: ApplicantGiven,
): Html {
  const { person } = deps.texts
  const possible = isPublic(view.course) ? decisionsOf(view.registration.state) : []
  return html`<section class="more"><h2>${person.decide}</h2>${
    possible.length === 0
      ? html`<p class="quiet-text">${person.no_decision}</p>`
      : possible.map((decision) => oneDecision(deps, visit, view, decision, given))
  }</section>`
}

/** Folded, so that it takes two taps, and says what the person is told before the second. */
function oneDecision(
  { texts }: ApplicantPagesDeps,
  visit: Pick<DeskVisit, 'csrf'>,
  view: ApplicantView,
  decision: Decision,
  { fields = {} }: ApplicantGiven,
): Html {
  const { label, told } = texts.decisions[decision]
  const isDanger = decision === 'reject' || decision === 'withdraw'
  const body = html`<input type="hidden" name="putusan" value="${decision}"><p>${told}</p>${wordsFor(texts, decision, fields)}<p class="actions"><button type="submit"${isDanger ? html` class="danger"` : ''}>${label}</button></p>`
  return html`<details class="panel fold" name="putusan"${fields.putusan === decision ? html` open` : ''}><summary>${label}</summary>${deskForm(
    visit,
    personPath(view, 'putusan'),
    body,
  )}</details>`
}

/** What is written to the person along with a decision; nothing where they are told no more than how it came out. */
function wordsFor(texts: ApplicantPagesDeps['texts'], decision: Decision, fields: Fields): Html | '' {
  if (decision === 'reject') return reasonForm(texts, fields, texts.list.choose)
  if (decision !== 'interview' && decision !== 'withdraw') return ''
  const hint = decision === 'interview' ? texts.reason.text_interview : undefined
  return messageForm(texts, messageField(decision), fields, hint)
}

function personPath({ registration }: ApplicantView, what: string): string {
  return `/peserta/${registration.courseNumber}/${registration.number}/${what}`
}
