import type { Context } from 'hono'

/**
 * Whether a form may come from a page of this server, as `publicUrl` names it; undefined: as the request does. Browsers name the page a
 * form comes from; very old ones say nothing, and are believed: this is for forms that need no signing in.
 */
export function isOwnOrigin(context: Context, publicUrl: string | undefined): boolean {
  if (context.req.header('sec-fetch-site') === 'cross-site') return false
  const origin = context.req.header('origin')
  if (origin === undefined) return true
  const host = publicUrl === undefined ? context.req.header('host') : hostOf(publicUrl)
  return host !== undefined && hostOf(origin) === host
}

function hostOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).host : undefined
}
