import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { formatMoment } from '../../../language/format.ts'
import type { AttendanceView, ClassCode } from '../../../training/training-desk.ts'
import type { Html } from '../../layout.ts'
import type { ApplicantPagesDeps } from '../applicants/applicant-deps.ts'
import { deskHref } from '../desk-form.ts'
import { livePart } from '../desk-part.ts'
import { qrPicture } from '../qr-picture.ts'
import { clockOf, marginMs, sessionName, sessionPath } from './session-words.ts'

const renewSeconds = 10

/** The code as a projector shows it in class; with JavaScript it renews itself. */
export function codePage(deps: ApplicantPagesDeps, view: AttendanceView, code: ClassCode | undefined): Html {
  const { texts } = deps
  const { course, session } = view
  const path = sessionPath(course.number, session.id)
  const live = {
    ...{ id: 'kode', path: `${path}/kode/isi`, seconds: renewSeconds },
    body: codeBody(deps, view, code),
  }
  return html`<div class="projector"><p class="back"><a href="${deskHref(path)}">${texts.code.back}</a></p>
<h1>${course.title} <span class="kind">${sessionName(texts, course, session)}</span></h1>${livePart(live)}
<noscript><p><a class="button second" href="${deskHref(`${path}/kode`)}">${texts.code.reload}</a></p></noscript></div>`
}

/** What of the page changes: the code, until when it holds, and how many are there. */
export function codeBody(
  deps: ApplicantPagesDeps,
  { session, people }: AttendanceView,
  code: ClassCode | undefined,
): Html {
  const { code: words } = deps.texts
  const there = { present: people.filter(({ present }) => present).length, count: people.length }
  const count = html`<p class="there">${fill(words.there, there)}</p>`
  if (code === undefined) {
    const from = formatMoment(new Date(session.startsAt.getTime() - marginMs))
    const to = clockOf(new Date(session.endsAt.getTime() + marginMs))
    return html`<p class="panel">${fill(words.closed, { from, to: `${to} WITA` })}</p>${count}`
  }
  return html`<div class="class-code"><div class="code-words">${digits(words.read, code.code)}<p class="how">${words.how}</p>
<p class="until">${fill(words.until, { time: clockOf(code.validUntil) })}</p>${count}</div>${pictures(deps, code.code)}</div>`
}

/** In groups of three, as people read numbers aloud. */
function digits(read: string, code: string): Html {
  return html`<p class="digits"><span class="away">${fill(read, { digits: [...code].join(' ') })}</span><span aria-hidden="true">${code.slice(0, 3)}</span> <span aria-hidden="true">${code.slice(3)}</span></p>`
}

function pictures({ texts, checkInLinks }: ApplicantPagesDeps, code: string): Html | '' {
  const links = checkInLinks?.(code) ?? []
  if (links.length === 0) return ''
  return html`<div class="pictures"><p class="scan">${texts.code.scan}</p><ul class="qr-list">${links.map(
    ({ label, url }) => html`<li>${qrPicture(url, fill(texts.code.qr, { label }))}<b>${label}</b></li>`,
  )}</ul></div>`
}
