import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Keyring } from '../../storage/keyring.ts'
import { deskRoot } from './desk-request.ts'

/** A sentence that is shown once, on the page after a post. */
export interface Flash {
  keep(context: Context, text: string): void
  /** The sentence that was kept, which is then gone; undefined when there is none. */
  take(context: Context): string | undefined
}

const longest = 500
const keptSeconds = 120

/** Keeps it in a sealed cookie: any process can show it, nobody can plant or read it. */
export function createFlash(deps: {
  readonly secrets: Pick<Keyring, 'seal' | 'open'>
  readonly secure: boolean
}): Flash {
  const { secrets, secure } = deps
  const name = secure ? '__Secure-lopo_desk_flash' : 'lopo_desk_flash'
  const where = { path: deskRoot, httpOnly: true, sameSite: 'Strict', secure } as const
  return {
    keep(context, text) {
      const sealed = Buffer.from(secrets.seal(text.slice(0, longest))).toString('base64url')
      setCookie(context, name, sealed, { ...where, maxAge: keptSeconds })
    },
    take(context) {
      const sealed = getCookie(context, name)
      if (sealed === undefined) return undefined
      deleteCookie(context, name, where)
      try {
        return secrets.open(Buffer.from(sealed, 'base64url'))
      } catch {
        // Not sealed here, or with a key that is gone: there is nothing to tell.
        return undefined
      }
    },
  }
}
