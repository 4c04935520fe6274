import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { formatMoment } from '../../../language/format.ts'
import type { Course, Session } from '../../../training/course.ts'
import type { Html } from '../../layout.ts'
import type { ApplicantTexts } from '../applicants/applicant-texts.ts'
import { deskHref } from '../desk-form.ts'
import { shortMoment } from '../desk-time.ts'

/** Attendance is taken from this long before a session to this long after it. */
export const marginMs = 3_600_000

/** The address, below /desk, of a session's list. */
export function sessionPath(courseNumber: number, sessionId: bigint): string {
  return `/kehadiran/${courseNumber}/${sessionId}`
}

/** What a session is called: its title, or its place in the course. */
export function sessionName(texts: ApplicantTexts, course: Course, session: Session): string {
  const place = course.sessions.findIndex(({ id }) => id === session.id) + 1
  return session.title ?? fill(texts.attendance.session, { place })
}

/** When and where a session is: "Kamis, 5 Maret 2026 pukul 09.00 sampai 12.00 WITA, Aula". */
export function sessionTime(
  texts: ApplicantTexts,
  course: Course,
  { startsAt, endsAt, place }: Session,
): string {
  const from = formatMoment(startsAt).replace(/ WITA$/, '')
  return `${fill(texts.attendance.at, { from, to: clockOf(endsAt) })}, ${place ?? course.place}`
}

/** A moment's time of day in Kupang, as "09.30". */
export function clockOf(moment: Date): string {
  return shortMoment(moment).slice(-5)
}

/** The session that attendance is taken of now, else the last that began, else the first. */
export function nearestSession({ sessions }: Pick<Course, 'sessions'>, now: Date): Session | undefined {
  const at = now.getTime()
  const isOn = ({ startsAt, endsAt }: Session) =>
    startsAt.getTime() - marginMs <= at && at <= endsAt.getTime() + marginMs
  return sessions.find(isOn) ?? sessions.findLast(({ startsAt }) => startsAt <= now) ?? sessions[0]
}

/** The way between the sessions of a course. */
export function sessionLinks(texts: ApplicantTexts, course: Course, here: Session): Html {
  return html`<nav aria-label="${texts.attendance.sessions}"><ul class="chips">${course.sessions.map(
    (session) =>
      html`<li><a class="chip tall" href="${deskHref(sessionPath(course.number, session.id))}"${session.id === here.id ? html` aria-current="page"` : ''}><span>${sessionName(texts, course, session)}</span>
<span class="hint under">${shortMoment(session.startsAt)}</span></a></li>`,
  )}</ul></nav>`
}
