import { askAuth } from './ask-auth.ts'
import { cookieValue, onlyCookie, sessionOf } from './auth-cookies.ts'
import { noteSignedIn, parseCode, takeOnce } from './check-code.ts'
import { clientNetwork } from './client-address.ts'
import { findSession, visitorOf } from './find-visitor.ts'
import type { Verdict } from './guard.ts'
import { loginOf } from './login.ts'
import { weaknessOf } from './password-rules.ts'
import type { SessionRow } from './session-store.ts'
import type { SignIn, SignInStep } from './sign-in.ts'
import type { SignInGround } from './sign-in-ground.ts'

type Begun = Awaited<ReturnType<SignIn['beginEnrolment']>>

/**
 * Sets the officer's own password and makes a second factor that does not count yet. Whoever broke off after the password may
 * keep it; only a first password must go.
 */
export async function beginEnrolment(
  ground: SignInGround,
  headers: Headers,
  wish: { readonly oldPassword: string; readonly newPassword: string },
): Promise<Begun> {
  const session = await findSession(ground, headers)
  if (session === undefined || visitorOf(session).type !== 'enrolling') return { type: 'refused' }
  const login = loginOf(session.user.email)
  const not = session.user.firstPassword ? wish.oldPassword : undefined
  const why = weaknessOf(wish.newPassword, { login, not })
  if (why !== undefined) return { type: 'weak_password', why }
  const attempt = { login, network: clientNetwork(headers), action: 'staff.enrol' }
  const tried = await ground.guard.try(attempt, () => makeFactor(ground, headers, session, wish))
  return tried.type === 'right' || tried.type === 'signed_in' ? tried.value : { type: 'refused' }
}

async function makeFactor(
  ground: SignInGround,
  headers: Headers,
  session: SessionRow,
  wish: { readonly oldPassword: string; readonly newPassword: string },
): Promise<Verdict<Begun>> {
  const { auth, store, note } = ground
  const { userId, user } = session
  const changed = await setPassword(ground, headers, wish)
  if (changed === undefined) return { type: 'wrong' }
  const asked = { body: { password: wish.newPassword, method: 'totp' }, headers: changed.headers } as const
  const made = await askAuth(() => auth.api.enableTwoFactor({ ...asked, returnHeaders: true }))
  if (made === undefined || made.response.method !== 'totp') return { type: 'wrong' }
  await store.markOwnPassword(userId)
  await note({ action: 'staff.enrol', by: userId, subject: userId, outcome: 'begun' })
  const { totpURI, backupCodes } = made.response
  const secret = new URL(totpURI).searchParams.get('secret') ?? ''
  const cookies = [...changed.cookies, ...made.cookies]
  const uri = uriOf(loginOf(user.email), secret)
  return { type: 'right', value: { type: 'begun', uri, secret, backupCodes, cookies } }
}

/** Changes the password where it is another; what follows needs the session that is begun with it. */
async function setPassword(
  { auth }: SignInGround,
  headers: Headers,
  { oldPassword, newPassword }: { readonly oldPassword: string; readonly newPassword: string },
): Promise<{ readonly headers: Headers; readonly cookies: readonly string[] } | undefined> {
  const own = await onlyCookie(auth, headers, 'session')
  if (newPassword === oldPassword) return { headers: own, cookies: [] }
  const body = { currentPassword: oldPassword, newPassword, revokeOtherSessions: true }
  const changed = await askAuth(() => auth.api.changePassword({ body, headers: own, returnHeaders: true }))
  if (changed === undefined) return undefined
  const { cookies } = changed
  return { headers: await sessionOf(auth, headers, cookies), cookies }
}

/** As apps read it from a QR. The library's own would show the address that nobody has. */
function uriOf(login: string, secret: string): string {
  return `otpauth://totp/Lopo:${encodeURIComponent(login)}?secret=${secret}&issuer=Lopo`
}

/** Makes the second factor count by a first code of it. Every other session of the account ends. */
export async function finishEnrolment(
  ground: SignInGround,
  headers: Headers,
  proof: { readonly code: string },
): Promise<SignInStep> {
  const session = await findSession(ground, headers)
  const mayEnrol = session?.user.firstPassword === false && visitorOf(session).type === 'enrolling'
  if (session === undefined || !mayEnrol) return { type: 'refused' }
  const login = loginOf(session.user.email)
  const attempt = { login, network: clientNetwork(headers), action: 'staff.enrol' }
  const tried = await ground.guard.try(attempt, () => proveFactor(ground, headers, session, proof))
  if (tried.type === 'wrong') return { type: 'refused' }
  return tried.type === 'locked' ? tried : tried.value
}

async function proveFactor(
  ground: SignInGround,
  headers: Headers,
  { userId }: SessionRow,
  proof: { readonly code: string },
): Promise<Verdict<SignInStep>> {
  const { auth, store, note } = ground
  const read = parseCode(proof.code)
  if (read?.type !== 'phone') return { type: 'wrong' }
  const own = await onlyCookie(auth, headers, 'session')
  const answer = await takeOnce(ground, userId, read, (body) =>
    auth.api.verifyTOTP({ body, headers: own, returnHeaders: true }),
  )
  if (answer === undefined) return { type: 'wrong' }
  // The library began a new session, whose token its answer does not tell.
  const token = await cookieValue(auth, await sessionOf(auth, headers, answer.cookies), 'session')
  const id = await store.markSecondFactor(token ?? '')
  await store.endOthers(userId, id)
  await note({ action: 'staff.enrol', by: userId, subject: userId, outcome: 'enrolled' })
  const failedAttempts = await noteSignedIn(ground, userId, 'enrolment')
  return { type: 'signed_in', value: { type: 'signed_in', cookies: answer.cookies, failedAttempts } }
}
