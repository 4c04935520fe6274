import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import type { CertificateLine } from '../../../training/training-desk.ts'
import type { Html } from '../../layout.ts'
import { longestReason } from '../applicants/applicant-deps.ts'
import type { ApplicantTexts } from '../applicants/applicant-texts.ts'
import { refusalNotice } from '../applicants/decision-form.ts'
import { plainName } from '../applicants/person-words.ts'
import { deskField } from '../desk-field.ts'
import { deskForm, deskHref } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'

/** Asks why a certificate is taken back, and says what that means. */
export function revokePage(
  texts: ApplicantTexts,
  visit: Pick<DeskVisit, 'csrf'>,
  { registration, name }: CertificateLine,
  number: string,
  given: { readonly refusal?: string; readonly reason?: string } = {},
): Html {
  const { revoke } = texts
  const list = `/sertifikat/${registration.courseNumber}`
  const field = deskField({
    name: 'alasan',
    label: revoke.reason,
    hint: fill(revoke.reason_hint, { count: longestReason }),
    value: given.reason,
    maxLength: longestReason,
  })
  const body = html`${field}<p class="actions"><button type="submit" class="danger">${revoke.press}</button><a href="${deskHref(list)}">${revoke.back}</a></p>`
  return html`<div class="certificates"><h1>${fill(revoke.title, { number })}</h1>${refusalNotice(texts, given.refusal)}
<p class="lead">${fill(revoke.lead, { name: plainName(texts, name) })}</p><p class="warning">${revoke.means}</p>${deskForm(visit, `${list}/${number}/cabut`, body)}</div>`
}
