import { z } from 'zod'
import { askAuth } from './ask-auth.ts'
import { onlyCookie } from './auth-cookies.ts'
import { clientNetwork } from './client-address.ts'
import { findSession, visitorOf } from './find-visitor.ts'
import type { Verdict } from './guard.ts'
import { loginOf } from './login.ts'
import { weaknessOf } from './password-rules.ts'
import type { SessionRow } from './session-store.ts'
import type { SignIn, StaffSession } from './sign-in.ts'
import type { SignInGround } from './sign-in-ground.ts'

/** The officer's sessions, the latest used first; none for anybody else. */
export async function ownSessions(ground: SignInGround, headers: Headers): Promise<readonly StaffSession[]> {
  const session = await findOfficerSession(ground, headers)
  if (session === undefined) return []
  const rows = await ground.store.list(session.userId, ground.now())
  return rows.map(({ id, createdAt, seenAt, userAgent }) => ({
    ...{ id, startedAt: createdAt, seenAt, device: userAgent ?? '?', isThisOne: id === session.id },
  }))
}

/** Ends one of the officer's own sessions. */
export async function revokeSession(ground: SignInGround, headers: Headers, id: string): Promise<void> {
  const session = await findOfficerSession(ground, headers)
  if (session === undefined || !z.uuid().safeParse(id).success) return
  const { userId } = session
  if (!(await ground.store.end(userId, id))) return
  await ground.note({ action: 'staff.revoke', by: userId, subject: userId })
}

/** Ends this session, whoever has it. */
export async function leave(ground: SignInGround, headers: Headers): Promise<{ cookies: readonly string[] }> {
  const { auth, note } = ground
  const session = await findSession(ground, headers)
  const own = await onlyCookie(auth, headers, 'session')
  const answer = await askAuth(() => auth.api.signOut({ headers: own, returnHeaders: true }))
  if (session !== undefined)
    await note({ action: 'staff.sign_out', by: session.userId, subject: session.userId })
  return { cookies: answer?.cookies ?? [] }
}

/** Changes the officer's password. Every other session of the officer ends. */
export async function changePassword(
  ground: SignInGround,
  headers: Headers,
  { oldPassword, newPassword }: { readonly oldPassword: string; readonly newPassword: string },
): ReturnType<SignIn['changePassword']> {
  const { auth, store, note } = ground
  const session = await findOfficerSession(ground, headers)
  if (session === undefined) return 'refused'
  const { id, userId, user } = session
  const login = loginOf(user.email)
  const why = weaknessOf(newPassword, { login, not: oldPassword })
  if (why !== undefined) return why
  const attempt = { login, network: clientNetwork(headers), action: 'staff.password' }
  const own = await onlyCookie(auth, headers, 'session')
  const body = { currentPassword: oldPassword, newPassword }
  const tried = await ground.guard.try(attempt, async (): Promise<Verdict<'changed'>> => {
    const asked = { body, headers: own, returnHeaders: true } as const
    if ((await askAuth(() => auth.api.changePassword(asked))) === undefined) return { type: 'wrong' }
    await store.endOthers(userId, id)
    await note({ action: 'staff.password', by: userId, subject: userId, outcome: 'changed' })
    return { type: 'right', value: 'changed' }
  })
  return tried.type === 'right' || tried.type === 'signed_in' ? tried.value : 'refused'
}

async function findOfficerSession(ground: SignInGround, headers: Headers): Promise<SessionRow | undefined> {
  const session = await findSession(ground, headers)
  return visitorOf(session).type === 'officer' ? session : undefined
}
