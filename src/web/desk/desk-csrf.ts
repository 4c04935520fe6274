import { timingSafeEqual } from 'node:crypto'
import type { Visitor } from '../../staff/sign-in/sign-in.ts'
import type { Keyring } from '../../storage/keyring.ts'

/** Words that prove that a form was made for the session that sends it. */
export interface Csrf {
  /** The word for a visitor's forms; empty for a stranger, who has no session to protect. */
  token(visitor: Visitor): string
  /** Whether the word was made for this visitor's session; never for a stranger. */
  matches(visitor: Visitor, token: string | undefined): boolean
}

/** Makes them of the city's keys: nothing is stored, and a word dies with its session. */
export function createCsrf(secrets: Pick<Keyring, 'hash' | 'ids'>): Csrf {
  return {
    token(visitor) {
      const session = sessionOf(visitor)
      return session === undefined ? '' : Buffer.from(secrets.hash('csrf', session)).toString('base64url')
    },
    matches(visitor, token) {
      const session = sessionOf(visitor)
      if (session === undefined || token === undefined) return false
      const given = Buffer.from(token, 'base64url')
      // A page may have been open while the keys were changed.
      return secrets.ids.some((id) => isSame(given, secrets.hash('csrf', session, id)))
    },
  }
}

function sessionOf(visitor: Visitor): string | undefined {
  if (visitor.type === 'stranger') return undefined
  return visitor.type === 'officer' ? `session:${visitor.sessionId}` : `enrolling:${visitor.officer.id}`
}

function isSame(given: Buffer, expected: Uint8Array): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected)
}
