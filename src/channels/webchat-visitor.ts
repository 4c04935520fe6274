import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Address } from './channel.ts'

/** Keyed hashes, by which cookies that were made here are told from others. */
export interface VisitorSecrets {
  /** The key that signs from now on: 8 letters and digits. */
  readonly currentId: string
  /** 32 bytes; throws when there is no key `id`. */
  hash(label: 'visitor', text: string, id: string): Uint8Array
}

const LIFETIME_SECONDS = 90 * 24 * 60 * 60
const SECRET_BYTES = 16
/** The secret, the id of the key that signed it, and the first half of the signature. */
const VALUE_SHAPE = /^([\w-]{22})\.([a-z0-9]{8})\.([\w-]{22})$/

/** Tells visitors apart by a cookie that only their browser holds. */
export interface VisitorCookie {
  /** The visitor of a request; undefined when the cookie is missing or was not made here. */
  read(context: Context): Address | undefined
  /** The visitor of a request, made if there is none. The cookie's lifetime starts anew. */
  welcome(context: Context): Address
  /** Makes the browser forget the visitor. */
  forget(context: Context): void
}

/** A key that ends with the process. */
export function createPassingSecrets(): VisitorSecrets {
  const key = randomBytes(32)
  return {
    currentId: randomBytes(4).toString('hex'),
    hash: (label, text, id) => createHmac('sha256', key).update(`${label}:${id}:${text}`).digest(),
  }
}

/** A signed cookie of 128 random bits, not readable by scripts; by https no other host can set it. */
export function createVisitorCookie(deps: {
  readonly secure: boolean
  readonly secrets: VisitorSecrets
}): VisitorCookie {
  const { secure, secrets } = deps
  // Browsers take a __Host- cookie only with the path of the whole site.
  const name = secure ? '__Host-lopo' : 'lopo'
  const place = { path: secure ? '/' : '/chat', secure }
  const readSecret = (context: Context) => verified(secrets, getCookie(context, name))
  return {
    read(context) {
      const secret = readSecret(context)
      return secret === undefined ? undefined : addressOf(secret)
    },
    welcome(context) {
      const secret = readSecret(context) ?? randomBytes(SECRET_BYTES).toString('base64url')
      const { currentId } = secrets
      const value = `${secret}.${currentId}.${signature(secrets, secret, currentId).toString('base64url')}`
      setCookie(context, name, value, {
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

function signature(secrets: VisitorSecrets, secret: string, keyId: string): Buffer {
  return Buffer.from(secrets.hash('visitor', secret, keyId)).subarray(0, 16)
}

/** The secret of a cookie that was signed here; the key may be an older one. */
function verified(secrets: VisitorSecrets, value = ''): string | undefined {
  const [, secret, keyId, signed] = VALUE_SHAPE.exec(value) ?? []
  if (secret === undefined || keyId === undefined || signed === undefined) return undefined
  try {
    const isOurs = timingSafeEqual(signature(secrets, secret, keyId), Buffer.from(signed, 'base64url'))
    return isOurs ? secret : undefined
  } catch {
    return undefined
  }
}

/** The address holds a hash: who reads the database cannot take over a visitor's chat. */
function addressOf(secret: string): Address {
  const id = createHash('sha256').update(secret).digest('base64url')
  return { channel: 'webchat', account: 'main', id }
}
