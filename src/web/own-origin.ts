import type { Context } from 'hono'

/**
 * Whether a form may come from a page of this server. Browsers name the page a form comes from; very old ones say nothing, and are
 * believed: this is for forms that need no signing in. `publicUrl` undefined: the request's own host.
 */
export function isOwnOrigin(context: Context, publicUrl: string | undefined): boolean {
  if (context.req.header('sec-fetch-site') === 'cross-site') return false
  const origin = context.req.header('origin')
  if (origin === undefined) return true
  const host = publicUrl === undefined ? context.req.header('host') : new URL(publicUrl).host
  return URL.canParse(origin) && new URL(origin).host === host
}
