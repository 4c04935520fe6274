import { createHash, randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Address } from './channel.ts'

const LIFETIME_SECONDS = 90 * 24 * 60 * 60
const SECRET_BYTES = 16
const SECRET_SHAPE = /^[\w-]{22}$/

/** Tells visitors apart by a cookie that only their browser holds. */
export interface VisitorCookie {
  /** The visitor of a request; undefined when the cookie is missing or was not made here. */
  read(context: Context): Address | undefined
  /** The visitor of a request, made if there is none. The cookie's lifetime starts anew. */
  welcome(context: Context): Address
  /** Makes the browser forget the visitor. */
  forget(context: Context): void
}

/** A cookie of 128 random bits, not readable by scripts, sent to the chat's own pages only. */
export function createVisitorCookie({ secure }: { readonly secure: boolean }): VisitorCookie {
  const name = secure ? '__Secure-lopo' : 'lopo'
  const place = { path: '/chat', secure }
  const readSecret = (context: Context): string | undefined => {
    const secret = getCookie(context, name)
    return secret !== undefined && SECRET_SHAPE.test(secret) ? secret : undefined
  }
  return {
    read(context) {
      const secret = readSecret(context)
      return secret === undefined ? undefined : addressOf(secret)
    },
    welcome(context) {
      const secret = readSecret(context) ?? randomBytes(SECRET_BYTES).toString('base64url')
      setCookie(context, name, secret, {
        ...place,
        httpOnly: true,
        sameSite: 'Lax',
        maxAge: LIFETIME_SECONDS,
      })
      return addressOf(secret)
    },
    forget(context) {
      deleteCookie(context, name, place)
    },
  }
}

/** The address holds a hash: who reads the database cannot take over a visitor's chat. */
function addressOf(secret: string): Address {
  const id = createHash('sha256').update(secret).digest('base64url')
  return { channel: 'webchat', account: 'main', id }
}
