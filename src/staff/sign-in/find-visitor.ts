import { accountOf, officerOf } from '../account-store.ts'
import { askAuth } from './ask-auth.ts'
import { onlyCookie } from './auth-cookies.ts'
import type { SessionRow } from './session-store.ts'
import type { Visitor } from './sign-in.ts'
import { renewalHeader } from './sign-in.ts'
import type { SignInGround } from './sign-in-ground.ts'

/** The session of a request that has not ended, with its account as it is now. */
export async function findSession(
  { auth, store, now }: SignInGround,
  headers: Headers,
): Promise<SessionRow | undefined> {
  const own = await onlyCookie(auth, headers, 'session')
  if (!own.has('cookie')) return undefined
  const found = await askAuth(() => auth.api.getSession({ headers: own, returnHeaders: true }))
  const id = found?.response?.session.id
  return id === undefined ? undefined : store.use(id, now(), !headers.has(renewalHeader))
}

/** Who stands behind a request. A session that was begun without the second factor is nobody's once the account has one. */
export async function findVisitor(ground: SignInGround, headers: Headers): Promise<Visitor> {
  return visitorOf(await findSession(ground, headers))
}

/** Who has the session. */
export function visitorOf(session: SessionRow | undefined): Visitor {
  if (session === undefined) return { type: 'stranger' }
  const officer = officerOf(session.user)
  if (accountOf(session.user).state === 'invited') return { type: 'enrolling', officer }
  return session.secondFactor ? { type: 'officer', officer, sessionId: session.id } : { type: 'stranger' }
}
