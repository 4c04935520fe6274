import type { Context } from 'hono'

/**
 * Whether a form may come from a page of this server, as the browser asked for it or as `publicUrl` names it. Browsers name the page a
 * form comes from; very old ones say nothing, and are believed: this is for forms that need no signing in.
 */
export function isOwnOrigin(context: Context, publicUrl: string | undefined): boolean {
  if (context.req.header('sec-fetch-site') === 'cross-site') return false
  const origin = context.req.header('origin')
  if (origin === undefined) return true
  const told = hostOf(origin)
  return told !== undefined && (told === context.req.header('host') || told === hostOf(publicUrl))
}

function hostOf(address: string | undefined): string | undefined {
  return address !== undefined && URL.canParse(address) ? new URL(address).host : undefined
}
