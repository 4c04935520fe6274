import { html } from 'hono/html'
import type { CodeList } from '../../../assistance/code-desk.ts'
import { formatClaimCode } from '../../../language/claim-code.ts'
import { fill } from '../../../language/fill-text.ts'
import { dayInWita, formatDate, isoDay } from '../../../language/format.ts'
import type { Html } from '../../layout.ts'
import { deskField, deskSelect } from '../desk-field.ts'
import { deskForm, deskHref } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import type { ListTexts } from '../lists/list-texts.ts'

type Texts = ListTexts['codes']

/** The forms that issue and revoke codes. Whatever was written in them before is not repeated. */
export function codesView(
  texts: Texts,
  visit: Pick<DeskVisit, 'csrf'>,
  lists: readonly CodeList[],
  problem?: string,
): Html {
  return html`<h1>${texts.title}</h1><p class="lead">${texts.lead}</p>
<h2>${texts.issue_title}</h2>${problem === undefined ? '' : html`<p class="error" role="alert">${problem}</p>`}
${lists.length === 0 ? html`<p>${texts.no_list}</p>` : issueForm(texts, visit, lists)}
<h2>${texts.revoke_title}</h2>
${deskForm(
  visit,
  '/kode-warga/cabut',
  html`${deskField({ name: 'code', label: texts.code, hint: texts.revoke_hint, maxLength: 40 })}
<p class="actions"><button class="danger" type="submit">${texts.revoke}</button></p>`,
)}`
}

function issueForm(texts: Texts, visit: Pick<DeskVisit, 'csrf'>, lists: readonly CodeList[]): Html {
  const options = lists.map(({ kind, title }) => ({ value: kind, label: title }))
  return deskForm(
    visit,
    '/kode-warga/terbit',
    html`${deskSelect({ name: 'kind', label: texts.kind, options })}
${deskField({ name: 'nik', label: texts.nik, hint: texts.nik_hint, inputMode: 'numeric', maxLength: 30, required: false })}
${deskField({ name: 'household', label: texts.household, maxLength: 60, required: false })}
<p class="actions"><button type="submit">${texts.issue}</button></p>`,
  )
}

/** A code that was just issued, and the way to its letter. */
export function issuedView(
  texts: Texts,
  visit: Pick<DeskVisit, 'csrf'>,
  issued: {
    readonly code: string
    readonly expiresAt: Date
    /** The sealed word that the letter is asked for with. */
    readonly pass: string
  },
): Html {
  const { code, expiresAt, pass } = issued
  return html`<h1>${texts.issued_title}</h1><p class="secret claim-code">${formatClaimCode(code)}</p>
<p>${fill(texts.valid, { until: formatDate(isoDay(dayInWita(expiresAt))) })}</p><p class="warning">${texts.issued}</p>
${deskForm(
  visit,
  '/kode-warga/surat',
  html`<input type="hidden" name="pass" value="${pass}"><p class="actions"><button type="submit">${texts.letter}</button></p>`,
)}
<p class="actions"><a href="${deskHref('/kode-warga')}">${texts.back}</a></p>`
}
