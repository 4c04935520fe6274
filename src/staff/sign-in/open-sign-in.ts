import { checkCode } from './check-code.ts'
import { checkPassword } from './check-password.ts'
import { beginEnrolment, finishEnrolment } from './enrol.ts'
import { findVisitor } from './find-visitor.ts'
import { changePassword, leave, ownSessions, revokeSession } from './own-sessions.ts'
import type { SignIn } from './sign-in.ts'
import { openSignInGround, type SignInDeps } from './sign-in-ground.ts'

/** Signing in, with its secret read and the library set up. */
export async function openSignIn(deps: SignInDeps): Promise<SignIn> {
  const ground = await openSignInGround(deps)
  return {
    visitor: (headers) => findVisitor(ground, headers),
    withPassword: (headers, attempt) => checkPassword(ground, headers, attempt),
    withCode: (headers, attempt) => checkCode(ground, headers, attempt),
    beginEnrolment: (headers, wish) => beginEnrolment(ground, headers, wish),
    finishEnrolment: (headers, proof) => finishEnrolment(ground, headers, proof),
    changePassword: (headers, wish) => changePassword(ground, headers, wish),
    sessions: (headers) => ownSessions(ground, headers),
    revoke: (headers, sessionId) => revokeSession(ground, headers, sessionId),
    leave: (headers) => leave(ground, headers),
  }
}
