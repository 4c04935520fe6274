import { parseCookies } from 'better-auth/cookies'
import type { Auth } from './auth-store.ts'

/** The cookies of signing in: a session's, and that of somebody whose code is awaited. */
export type CookieName = 'session' | 'challenge'

/** The name of a cookie. */
async function cookieName(auth: Auth, which: CookieName): Promise<string> {
  const context = await auth.$context
  return which === 'session'
    ? context.authCookies.sessionToken.name
    : context.createAuthCookie('two_factor').name
}

/**
 * The request's headers with one cookie of signing in only, and the User-Agent. The library prefers a session to a challenge:
 * whoever means the one must not give it both.
 */
export async function onlyCookie(auth: Auth, headers: Headers, which: CookieName): Promise<Headers> {
  const name = await cookieName(auth, which)
  const value = parseCookies(headers.get('cookie') ?? '').get(name)
  return headersWith(headers, value === undefined ? undefined : `${name}=${value}`)
}

/** The request's headers without any cookie. */
export function withoutCookies(headers: Headers): Headers {
  return headersWith(headers, undefined)
}

/** The headers that carry the session of these Set-Cookie values, as the browser will send it. */
export async function sessionOf(auth: Auth, headers: Headers, cookies: readonly string[]): Promise<Headers> {
  const name = await cookieName(auth, 'session')
  const pair = cookies.findLast((cookie) => cookie.startsWith(`${name}=`))?.split(';')[0]
  return headersWith(headers, pair)
}

/** What a cookie of signing in holds, without its signature: it proves nothing. */
export async function cookieValue(
  auth: Auth,
  headers: Headers,
  which: CookieName,
): Promise<string | undefined> {
  const value = parseCookies(headers.get('cookie') ?? '').get(await cookieName(auth, which))
  return value?.split('.')[0]
}

function headersWith(headers: Headers, cookie: string | undefined): Headers {
  const kept = new Headers()
  const userAgent = headers.get('user-agent')
  if (userAgent !== null) kept.set('user-agent', userAgent)
  if (cookie !== undefined) kept.set('cookie', cookie)
  return kept
}
