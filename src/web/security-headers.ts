import type { MiddlewareHandler } from 'hono'

const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const YEAR_SECONDS = 365 * 24 * 60 * 60

/** Sets the security headers on every answer. `secure`: people reach the server by https only. */
export function securityHeaders({ secure }: { readonly secure: boolean }): MiddlewareHandler {
  return async (context, next) => {
    await next()
    const { headers } = context.res
    // A route may be stricter, as with files that strangers sent.
    if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', CONTENT_POLICY)
    headers.set('X-Content-Type-Options', 'nosniff')
    // Not no-referrer: with it, browsers send a form with the origin "null", and the same-origin check must refuse it.
    headers.set('Referrer-Policy', 'same-origin')
    headers.set('X-Frame-Options', 'DENY')
    headers.set('Cross-Origin-Opener-Policy', 'same-origin')
    headers.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), interest-cohort=()')
    if (secure) headers.set('Strict-Transport-Security', `max-age=${YEAR_SECONDS}`)
  }
}
