import { type AuthAnswer, askAuth } from './ask-auth.ts'
import { cookieValue, onlyCookie } from './auth-cookies.ts'
import { parseBackupCode } from './backup-code.ts'
import { clientNetwork } from './client-address.ts'
import type { Verdict } from './guard.ts'
import { loginOf } from './login.ts'
import type { SignInStep } from './sign-in.ts'
import type { SignInGround } from './sign-in-ground.ts'

/** The second step: a code of the phone, or one of those for a lost phone. */
export async function checkCode(
  ground: SignInGround,
  headers: Headers,
  { code }: { readonly code: string },
): Promise<SignInStep> {
  const { auth, store, guard } = ground
  const challenge = await cookieValue(auth, headers, 'challenge')
  // The library has other rows beside the challenges, with longer names.
  const isChallenge = challenge !== undefined && /^2fa-[\w-]{20}$/.test(challenge)
  const account = isChallenge ? await store.challenged(challenge) : undefined
  if (account === undefined) return { type: 'refused' }
  const attempt = {
    login: loginOf(account.email),
    network: clientNetwork(headers),
    action: 'staff.second_factor',
  }
  const tried = await guard.try(attempt, async (): Promise<Verdict<SignInStep>> => {
    const own = await onlyCookie(auth, headers, 'challenge')
    const read = parseCode(code)
    if (read === undefined) return { type: 'wrong' }
    const answer = await takeOnce(ground, account.id, read, (body) => {
      const asked = { body, headers: own, returnHeaders: true } as const
      return read.type === 'phone' ? auth.api.verifyTOTP(asked) : auth.api.verifyBackupCode(asked)
    })
    const token = answer?.response.token
    if (answer === undefined || token === undefined) return { type: 'wrong' }
    await store.markSecondFactor(token)
    const failedAttempts = await noteSignedIn(ground, account.id, read.type)
    return { type: 'signed_in', value: { type: 'signed_in', cookies: answer.cookies, failedAttempts } }
  })
  if (tried.type === 'wrong') return { type: 'refused' }
  return tried.type === 'locked' ? tried : tried.value
}

/** A code as it was read: of the phone, or a backup code. */
export interface ReadCode {
  readonly type: 'phone' | 'backup'
  readonly code: string
}

/** What was typed as a code; undefined when it has the form of none. */
export function parseCode(text: string): ReadCode | undefined {
  const code = text.replaceAll(/\s/g, '')
  if (/^\d{6}$/.test(code)) return { type: 'phone', code }
  const backup = parseBackupCode(text)
  return backup === undefined ? undefined : { type: 'backup', code: backup }
}

/**
 * Asks the library whether a code is right, which the same account has not used before: the library itself would take one
 * again as long as its time lasts. It is taken before it is looked at, so that of two at once only one is.
 */
export async function takeOnce<T>(
  { store, secret, now }: SignInGround,
  userId: string,
  { code }: ReadCode,
  verify: (body: { code: string }) => Promise<{ readonly headers: Headers; readonly response: T }>,
): Promise<AuthAnswer<T> | undefined> {
  const codeHash = secret.hash('code', `${userId}:${code}`)
  if (!(await store.takeCode(userId, codeHash, now()))) return undefined
  let answer: AuthAnswer<T> | undefined
  try {
    answer = await askAuth(() => verify({ code }))
    return answer
  } finally {
    if (answer === undefined) await store.giveBackCode(userId, codeHash)
  }
}

/** Writes down that an officer is signed in, and tells how many attempts failed before. */
export async function noteSignedIn(
  { store, note, now }: SignInGround,
  id: string,
  by: ReadCode['type'] | 'enrolment',
): Promise<number> {
  const failures = await store.takeFailures(id, now())
  const details = { by, failures }
  await note({ action: 'staff.sign_in', by: id, subject: id, outcome: 'signed_in', details })
  return failures
}
