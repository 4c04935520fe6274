import { isIP } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/** Where the desk is mounted. */
export const deskRoot = '/desk'

/**
 * Whether a request was made by a page of this server: browsers say so in Sec-Fetch-Site or Origin, very old ones in
 * Referer only. A request that says nothing is refused.
 */
export function isFromDesk(context: Context, publicUrl: string | undefined): boolean {
  const site = context.req.header('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin'
  const claimed = parseUrl(context.req.header('origin') ?? context.req.header('referer'))
  if (claimed === undefined) return false
  const own = parseUrl(publicUrl)
  return claimed.origin === own?.origin || claimed.host === context.req.header('host')
}

/** The page of the desk that a wish names, as path and query; the desk's first page when it names any other place. */
export function pageWithin(wish: string | undefined): string {
  const own = 'http://desk.invalid'
  if (wish === undefined || !wish.startsWith('/') || !URL.canParse(wish, own)) return deskRoot
  const { origin, pathname, search } = new URL(wish, own)
  const isPage = pathname === deskRoot || pathname.startsWith(`${deskRoot}/`)
  // Back at the door, one would walk in a circle.
  const isDoor = /^\/desk\/(masuk|kode|keluar|daftar-aman)(\/|$)/.test(pathname)
  if (origin !== own || !isPage || isDoor) return deskRoot
  return pathname === deskRoot ? deskRoot : pathname + search
}

/** Whether htmx asks, for a part of a page or a whole one. */
export function isHtmx(context: Context): boolean {
  return context.req.header('hx-request') === 'true'
}

/** Whether only the body of a page is wanted, to be put into a page that is open. */
export function wantsPart(context: Context): boolean {
  return isHtmx(context) && context.req.header('hx-request-type') === 'partial'
}

/** The page an officer looks at: of a whole page its own address, of a part the address that htmx tells. */
export function currentPage(context: Context): string {
  const told = parseUrl(context.req.header('hx-current-url'))
  if (isHtmx(context)) return pageWithin(told === undefined ? undefined : told.pathname + told.search)
  const { pathname, search } = new URL(context.req.url)
  return context.req.method === 'GET' ? pageWithin(pathname + search) : deskRoot
}

/**
 * The headers by which signing in knows who asks. X-Forwarded-For is one address that may be believed: a proxy's word
 * counts only when it runs on this machine.
 */
export function signInHeaders(context: Context): Headers {
  const headers = new Headers(context.req.raw.headers)
  const near = remoteAddress(context)
  const told = headers.get('x-forwarded-for')?.split(',').at(-1)?.trim()
  const far = told !== undefined && isIP(told) !== 0 && isLoopback(near) ? told : near
  if (far === undefined) headers.delete('x-forwarded-for')
  else headers.set('x-forwarded-for', far)
  return headers
}

function remoteAddress(context: Context): string | undefined {
  // Without a server around it, as in tests, there is no connection.
  const isServed = context.env !== undefined && 'incoming' in context.env
  return isServed ? getConnInfo(context).remote.address : undefined
}

function isLoopback(ip: string | undefined): boolean {
  return ip !== undefined && /^(::1$|(::ffff:)?127\.)/.test(ip)
}

function parseUrl(text: string | undefined): URL | undefined {
  return text !== undefined && URL.canParse(text) ? new URL(text) : undefined
}
