import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import type { Course } from '../../../training/course.ts'
import type { CertificateLine } from '../../../training/training-desk.ts'
import type { Html } from '../../layout.ts'
import type { ApplicantPagesDeps } from '../applicants/applicant-deps.ts'
import { type ApplicantTexts, certificateActs } from '../applicants/applicant-texts.ts'
import { pickBox } from '../applicants/chosen-people.ts'
import { courseParts } from '../applicants/course-parts.ts'
import { refusalNotice } from '../applicants/decision-form.ts'
import { personName, plainName } from '../applicants/person-words.ts'
import { pickBar, pickScript } from '../applicants/pick-bar.ts'
import { registrationPill } from '../applicants/registration-pill.ts'
import { deskForm, deskHref } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import { deskTable } from '../desk-table.ts'
import { shortMoment } from '../desk-time.ts'

/** What the page is made with. */
export interface ShownCertificates {
  readonly course: Course
  readonly lines: readonly CertificateLine[]
  readonly chosen: 'all' | readonly number[]
  readonly refusal?: string | undefined
}

/** The address, below /desk, of a course's certificates, with these people ticked. */
export function certificatesPath(courseNumber: number, chosen: ShownCertificates['chosen'] = []): string {
  const word = chosen === 'all' ? 'semua' : chosen.join('.')
  return `/sertifikat/${courseNumber}${word === '' ? '' : `?pilih=${word}`}`
}

/** Everybody who has a seat: whether they came often enough, whether they passed, and their certificates. */
export function certificatePage(
  { texts }: ApplicantPagesDeps,
  visit: Pick<DeskVisit, 'csrf'>,
  shown: ShownCertificates,
): Html {
  const { certificates } = texts
  const { course, lines, refusal } = shown
  return html`<div class="certificates">${courseParts(texts, course.number, 'certificates')}
<h1>${fill(certificates.heading, { title: course.title })}</h1>
<p class="lead">${fill(certificates.lead, { percent: course.minAttendance })}</p>${refusalNotice(texts, refusal)}
${lines.length === 0 ? html`<p class="panel">${certificates.none}</p>` : chosenForm(texts, visit, shown)}</div>${pickScript}`
}

function chosenForm(
  texts: ApplicantTexts,
  visit: Pick<DeskVisit, 'csrf'>,
  { course, lines, chosen }: ShownCertificates,
): Html {
  const { certificates, list } = texts
  const body = html`${pickBar(texts, {
    href: certificatesPath(course.number, chosen === 'all' ? [] : 'all'),
    areAllTicked: chosen === 'all',
    down: { id: 'tindakan', label: certificates.columns.action },
  })}${certificateTable(texts, lines, chosen)}
<section class="panel decide" id="tindakan"><h2>${certificates.act_title}</h2><p class="actions">${certificateActs.map(
    (act) =>
      html`<button type="submit" name="tindakan" value="${act}"${act === 'issue' ? '' : html` class="quiet"`}>${certificates.actions[act].label}</button>`,
  )}</p><p class="hint">${list.check_hint}</p></section>`
  return deskForm(visit, `/sertifikat/${course.number}/periksa`, body, { kind: 'picks' })
}

function certificateTable(
  texts: ApplicantTexts,
  lines: readonly CertificateLine[],
  chosen: ShownCertificates['chosen'],
): Html {
  const { caption, columns } = texts.certificates
  return deskTable({
    caption,
    columns: [columns.person, columns.attended, columns.state, columns.certificate, columns.action],
    rows: lines.map((line) => [
      personCell(texts, line, chosen),
      attendedCell(texts, line),
      registrationPill(texts, line.registration.state),
      certificateCell(texts, line),
      actionCell(texts, line),
    ]),
  })
}

function personCell(
  texts: ApplicantTexts,
  { registration, name }: CertificateLine,
  chosen: ShownCertificates['chosen'],
): Html {
  const { number, courseNumber } = registration
  const label = fill(texts.list.pick, { name: `${plainName(texts, name)} (${number})` })
  const box = pickBox(number, label, chosen === 'all' || chosen.includes(number))
  return html`<div class="person">${box}<div><a href="${deskHref(`/peserta/${courseNumber}/${number}`)}">${personName(texts, name)}</a>
<span class="hint under">${fill(texts.number, { number })}</span></div></div>`
}

/** How often a person came, and whether that is enough; nothing before the first session was. */
export function attendedCell({ certificates }: ApplicantTexts, line: CertificateLine): Html | string {
  const { attended, held, isEnough } = line
  if (held === 0) return ''
  const verdict = isEnough
    ? html`<span class="pill good">${certificates.enough}</span>`
    : html`<span class="pill late">${certificates.short}</span>`
  return html`${fill(certificates.attended, { attended, held })} ${verdict}`
}

function certificateCell({ certificates }: ApplicantTexts, line: CertificateLine): Html {
  const { number, sentAt, revokedAt } = line
  if (number === undefined) return html`<span class="hint">${certificates.no_certificate}</span>`
  const sent =
    sentAt === undefined ? certificates.not_sent : fill(certificates.sent, { time: shortMoment(sentAt) })
  return html`<b class="few">${number}</b> ${
    revokedAt === undefined
      ? html`<span class="hint under">${sent}</span>`
      : html`<span class="pill alert">${fill(certificates.revoked, { time: shortMoment(revokedAt) })}</span>`
  }`
}

function actionCell({ certificates }: ApplicantTexts, line: CertificateLine): Html | '' {
  const { registration, number, revokedAt } = line
  // Nothing is to be had of one that was revoked.
  if (number === undefined || revokedAt !== undefined) return ''
  const link = (what: string, text: string, label: string): Html =>
    html`<a class="roomy" href="${deskHref(`/sertifikat/${registration.courseNumber}/${number}/${what}`)}" aria-label="${label}">${text}</a>`
  const { pdf, pdf_of, revoke, revoke_of } = certificates
  return html`<div class="links">${link('pdf', pdf, fill(pdf_of, { number }))}${link('cabut', revoke, fill(revoke_of, { number }))}</div>`
}
