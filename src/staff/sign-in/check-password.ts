import { askAuth } from './ask-auth.ts'
import { withoutCookies } from './auth-cookies.ts'
import { clientNetwork } from './client-address.ts'
import type { Verdict } from './guard.ts'
import { emailOf, nobodysEmail, parseLogin } from './login.ts'
import type { SignInStep } from './sign-in.ts'
import type { SignInGround } from './sign-in-ground.ts'

/** The first step: login and password. Whoever does not exist is hashed for, counted and locked like everybody. */
export async function checkPassword(
  ground: SignInGround,
  headers: Headers,
  { login: wish, password }: { readonly login: string; readonly password: string },
): Promise<SignInStep> {
  const { auth, guard } = ground
  const login = parseLogin(wish)
  const attempt = {
    login: login ?? wish.trim().toLowerCase().slice(0, 64),
    network: clientNetwork(headers),
    action: 'staff.sign_in',
  }
  const email = login === undefined ? nobodysEmail : emailOf(login)
  const tried = await guard.try(attempt, async (): Promise<Verdict<SignInStep>> => {
    const body = { email, password }
    const asked = { body, headers: withoutCookies(headers), returnHeaders: true } as const
    const answer = await askAuth(() => auth.api.signInEmail(asked))
    if (answer === undefined) return { type: 'wrong' }
    const { response, cookies } = answer
    const type = 'twoFactorRedirect' in response ? 'code_needed' : 'enrol'
    if (type === 'enrol') await noteEnrolling(ground, response.user.id)
    return { type: 'right', value: { type, cookies } }
  })
  if (tried.type === 'wrong') return { type: 'refused' }
  return tried.type === 'locked' ? tried : tried.value
}

function noteEnrolling({ note }: SignInGround, id: string): Promise<void> {
  return note({ action: 'staff.sign_in', by: id, subject: id, outcome: 'enrolling' })
}
