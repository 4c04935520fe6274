import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { formatMoment } from '../../../language/format.ts'
import type { AttendanceView } from '../../../training/training-desk.ts'
import type { Html } from '../../layout.ts'
import type { ApplicantPagesDeps } from '../applicants/applicant-deps.ts'
import { courseParts } from '../applicants/course-parts.ts'
import { refusalNotice } from '../applicants/decision-form.ts'
import { personName } from '../applicants/person-words.ts'
import { pickBar, pickScript } from '../applicants/pick-bar.ts'
import { deskForm, deskHref } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import { clockOf, marginMs, sessionLinks, sessionName, sessionPath, sessionTime } from './session-words.ts'

type Person = AttendanceView['people'][number]

/** What the list of a session is made with. */
export interface ShownAttendance {
  readonly view: AttendanceView
  /** How many never came to any session that is over. */
  readonly never: number
  /** Everybody's box is ticked, whoever was there. */
  readonly areAllTicked: boolean
  /** Who is ticked in a form that was not taken. */
  readonly ticked?: readonly number[]
  readonly refusal?: string
}

/** Who came to a session, by the code or by the list; and the ways to take attendance. */
export function attendancePage(deps: ApplicantPagesDeps, visit: DeskVisit, shown: ShownAttendance): Html {
  const { texts } = deps
  const { attendance } = texts
  const { course, session, people } = shown.view
  const present = people.filter((person) => person.present).length
  const opensAt = new Date(session.startsAt.getTime() - marginMs)
  const isEarly = deps.now() < opensAt
  return html`<div class="attendance">${courseParts(texts, course.number, 'attendance')}
<h1>${fill(attendance.heading, { title: course.title })}</h1>${sessionLinks(texts, course, session)}
${refusalNotice(texts, shown.refusal)}<section><h2>${sessionName(texts, course, session)}</h2><p>${sessionTime(texts, course, session)}</p>
${isEarly ? html`<p class="warning">${fill(attendance.early, { time: formatMoment(opensAt) })}</p>` : codeLink(deps, shown.view)}</section>
<section><h2>${attendance.list}</h2>${isEarly ? '' : html`<p>${fill(attendance.there, { present, count: people.length })}</p>`}
${people.length === 0 ? html`<p class="panel">${attendance.nobody}</p>` : isEarly ? names(deps, people) : attendanceForm(deps, visit, shown)}</section>
${neverCame(deps, shown)}<p><a href="${deskHref(`/peserta/${course.number}/hadir.pdf`)}" download>${attendance.sheet}</a></p></div>${pickScript}`
}

function codeLink({ texts, now }: ApplicantPagesDeps, { course, session }: AttendanceView): Html | '' {
  if (now().getTime() >= session.endsAt.getTime() + marginMs) return ''
  const { show_code, show_code_hint } = texts.attendance
  return html`<p class="actions"><a class="button" href="${deskHref(`${sessionPath(course.number, session.id)}/kode`)}">${show_code}</a><span class="hint">${show_code_hint}</span></p>`
}

function names({ texts }: ApplicantPagesDeps, people: readonly Person[]): Html {
  return html`<ol class="people">${people.map(({ number, name }) => html`<li>${personName(texts, name)} <span class="hint beside">${fill(texts.number, { number })}</span></li>`)}</ol>`
}

function attendanceForm(deps: ApplicantPagesDeps, visit: DeskVisit, shown: ShownAttendance): Html {
  const { texts } = deps
  const { course, session, people } = shown.view
  const { areAllTicked, ticked } = shown
  const path = sessionPath(course.number, session.id)
  const seen = people.filter(({ present }) => present).map(({ number }) => number)
  const isTicked = ({ number, present }: Person) => areAllTicked || (ticked?.includes(number) ?? present)
  const body = html`<input type="hidden" name="tampak" value="${seen.join('.')}">
${pickBar(texts, { href: areAllTicked ? path : `${path}?pilih=semua`, areAllTicked })}
<ul class="roll">${people.map((person) => html`<li>${personBox(deps, person, isTicked(person))}</li>`)}</ul>
<p class="actions save"><button type="submit">${texts.attendance.save}</button></p>`
  return deskForm(visit, path, body, { kind: 'picks' })
}

function personBox({ texts }: ApplicantPagesDeps, person: Person, isTicked: boolean): Html {
  const { number, name } = person
  return html`<label class="check"><input type="checkbox" name="pilih.${number}" value="ya"${isTicked ? html` checked` : ''}><span>${personName(texts, name)}
<span class="hint">${fill(texts.number, { number })}${wayWords(texts, person)}</span></span></label>`
}

function wayWords({ attendance }: ApplicantPagesDeps['texts'], { way, at }: Person): string {
  if (way === undefined) return ''
  return ` · ${way === 'code' && at !== undefined ? fill(attendance.by_code, { time: clockOf(at) }) : attendance.by_list}`
}

function neverCame({ texts }: ApplicantPagesDeps, { view, never }: ShownAttendance): Html | '' {
  if (never === 0) return ''
  const { never_title, never: words, never_open } = texts.attendance
  return html`<section class="panel"><h2>${never_title}</h2><p>${fill(words, { count: never })}</p>
<p><a class="button second small" href="${deskHref(`/kehadiran/${view.course.number}/tidak-hadir`)}">${never_open}</a></p></section>`
}
