import { html } from 'hono/html'
import { formatDate } from '../../language/format.ts'
import type { PublicCertificate } from '../../training/certificates/certificate.ts'
import type { CertificateWords } from '../../training/certificates/certificate-words.ts'
import type { Html } from '../layout.ts'

type Texts = CertificateWords['page']

/** What a certificate says, and whether it is valid. */
export function certificateView(
  texts: Texts,
  { name, course, issuedOn, isRevoked }: PublicCertificate,
): Html {
  const [title, text] = isRevoked ? [texts.revoked, texts.revoked_text] : [texts.valid, texts.valid_text]
  return html`<h1>${title}</h1>
<p>${text}</p>
<dl class="proof"><dt>${texts.name}</dt><dd>${name}</dd>
<dt>${texts.course}</dt><dd>${course}</dd>
<dt>${texts.date}</dt><dd>${formatDate(issuedOn)}</dd></dl>`
}

/** No certificate is there, and what to do then. */
export function unknownView({ unknown: { title, text, next } }: Texts): Html {
  return html`<h1>${title}</h1><p>${text}</p><p>${next}</p>`
}

/** Somebody looked too often. */
export function busyView({ busy: { title, text } }: Texts): Html {
  return html`<h1>${title}</h1><p>${text}</p>`
}
