import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import type { CourseView } from '../../../training/training-desk.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import { shortMoment } from '../desk-time.ts'
import { courseFacts } from './course-facts.ts'
import { type GivenReason, moreMoves, nextMoves } from './course-moves.ts'
import { coursePeople } from './course-people.ts'
import { coursePill } from './course-pill.ts'
import { courseTelling } from './course-telling.ts'
import { sessionText } from './schedule-words.ts'
import type { TrainingPagesDeps } from './training-deps.ts'

/** More meetings are folded away but for the next. */
const mostMeetings = 8

/** A course with what was refused just now. */
export interface ShownCourse {
  readonly view: CourseView
  readonly refusal?: string | undefined
  readonly given?: GivenReason | undefined
}

/** One course: where it stands and what comes next, its people, its meetings, its announcement, its facts. */
export function courseView(
  deps: TrainingPagesDeps,
  visit: Pick<DeskVisit, 'csrf'>,
  { view, refusal, given }: ShownCourse,
): Html {
  const { texts } = deps
  const { course } = view
  const { state, number, title, createdBy, createdAt, cancelReason } = course
  const isOver = state === 'finished' || state === 'cancelled'
  const note = fill(texts.state_notes[state], { reason: cancelReason ?? '' })
  return html`<div class="course">${parts(deps, view)}
<h1>${fill(texts.course.title, { number, name: title })}</h1>
<p class="standing-line">${coursePill(texts, state)} ${note}</p>
${refusal === undefined ? '' : html`<div class="notice" role="alert" tabindex="-1"${given === undefined ? html` autofocus` : ''}><p><b>${texts.refused.title}.</b> ${refusal}</p></div>`}
${isOver ? '' : html`<p class="actions"><a class="button second" href="${deskHref(`/pelatihan/${number}/ubah`)}">${texts.course.edit}</a></p>`}
<div class="course-columns"><div class="course-main">${nextMoves(deps, visit, view)}
${state === 'draft' ? '' : coursePeople(deps, view)}${meetings(deps, view)}${courseTelling(deps, view)}</div>
<div class="course-rest"><section><h2>${texts.course.facts_title}</h2><p class="hint">${texts.course.facts_hint}</p>${courseFacts(deps, course)}
<p class="hint">${fill(texts.course.made, { name: createdBy, time: shortMoment(createdAt) })}</p></section>
${moreMoves(deps, visit, view, given)}</div></div></div>
<script src="${deskHref('/pelatihan/halaman.js')}" defer></script>`
}

/** The way between the pages of one course; of a draft there is only this one. */
function parts({ texts }: TrainingPagesDeps, { course }: CourseView): Html {
  const { course: words } = texts
  const { number, state } = course
  const back = html`<p class="back"><a href="${deskHref('/pelatihan')}">${words.back}</a></p>`
  if (state === 'draft') return back
  const others = [
    ['peserta', words.parts.applicants],
    ['kehadiran', words.parts.attendance],
    ['sertifikat', words.parts.certificates],
  ]
  return html`${back}<nav class="parts" aria-label="${words.parts_label}"><ul><li><a href="${deskHref(`/pelatihan/${number}`)}" aria-current="page">${words.parts.course}</a></li>${others.map(
    ([path, label]) => html`<li><a href="${deskHref(`/${path}/${number}`)}">${label}</a></li>`,
  )}</ul></nav>`
}

function meetings(deps: TrainingPagesDeps, { course }: CourseView): Html {
  const { texts } = deps
  const hasPeople = course.state !== 'draft' && course.state !== 'cancelled'
  const next = course.sessions.findIndex(({ endsAt }) => endsAt > deps.now())
  const lines = course.sessions.map((session) => {
    const { id, title, place } = session
    const what = [title, place].filter((part) => part !== undefined).join(' · ')
    const when = sessionText(texts, session)
    const link = html` <a class="meeting-link" href="${deskHref(`/kehadiran/${course.number}/${id}`)}">${texts.course.attendance}<span class="away">, ${when}</span></a>`
    return html`<li class="meeting"><span>${when}${what === '' ? '' : html` <span class="hint">${what}</span>`}</span>${hasPeople ? link : ''}</li>`
  })
  const list = html`<ol class="meetings">${lines}</ol>`
  const body =
    lines.length <= mostMeetings
      ? list
      : html`<ol class="meetings">${lines.slice(Math.max(next, 0), Math.max(next, 0) + 1)}</ol>
<details class="all-meetings"><summary class="meeting-fold">${fill(texts.course.all_sessions, { count: lines.length })}</summary>${list}</details>`
  return html`<section><h2>${hasPeople ? texts.course.sessions_title : texts.form.groups.sessions}</h2>${body}</section>`
}
