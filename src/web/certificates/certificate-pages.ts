import { type Context, Hono } from 'hono'
import { isCertificateToken, type PublicCertificate } from '../../training/certificates/certificate.ts'
import type { CertificateWords } from '../../training/certificates/certificate-words.ts'
import { signInHeaders } from '../desk/desk-request.ts'
import type { Html, Layout } from '../layout.ts'
import { busyView, certificateView, unknownView } from './certificate-views.ts'
import { createPageViews, type PageViews } from './page-views.ts'

export interface CertificatePagesDeps {
  readonly texts: () => CertificateWords['page']
  readonly layout: Layout
  /** What whoever holds a token may know; undefined when there is no such certificate. */
  readonly find: (token: string) => Promise<PublicCertificate | undefined>
  readonly now: () => Date
}

/**
 * The pages behind the QR codes of certificates, to be mounted at /sertifikat: name, course, date, and whether it is valid. One
 * that was erased is as one that never was.
 */
export function createCertificatePages(deps: CertificatePagesDeps): Hono {
  const views = createPageViews(deps.now)
  const app = new Hono()
  app.use(async (context, next) => {
    await next()
    context.header('Cache-Control', 'no-store')
    context.header('X-Robots-Tag', 'noindex, nofollow')
  })
  app.get('/:token', (context) => showCertificate(deps, views, context, context.req.param('token')))
  return app
}

async function showCertificate(
  deps: CertificatePagesDeps,
  views: PageViews,
  context: Context,
  token: string,
): Promise<Response> {
  const texts = deps.texts()
  const page = (body: Html, status: 200 | 404 | 429) =>
    context.html(deps.layout({ title: texts.title, body }), status)
  if (!views.take(addressOf(context))) return page(busyView(texts), 429)
  const certificate = isCertificateToken(token) ? await deps.find(token) : undefined
  return certificate === undefined
    ? page(unknownView(texts), 404)
    : page(certificateView(texts, certificate), 200)
}

/** Where the request comes from, as far as it can be believed. */
function addressOf(context: Context): string {
  return signInHeaders(context).get('x-forwarded-for') ?? ''
}
