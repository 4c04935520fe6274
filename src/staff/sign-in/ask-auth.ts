import { isAPIError } from 'better-auth/api'

/** What a call of the sign-in library gave, with the cookies it wants set; undefined when it refused. */
export interface AuthAnswer<T> {
  readonly response: T
  readonly cookies: readonly string[]
}

/** Asks the sign-in library. Why it refuses is nobody's business; that it cannot do its work is thrown. */
export async function askAuth<T>(
  call: () => Promise<{ readonly headers: Headers; readonly response: T }>,
): Promise<AuthAnswer<T> | undefined> {
  try {
    const { headers, response } = await call()
    return { response, cookies: headers.getSetCookie() }
  } catch (cause) {
    if (isAPIError(cause) && cause.statusCode < 500) return undefined
    throw new Error('the sign-in library failed', { cause })
  }
}
