import type { SignIn } from './sign-in.ts'
import type { SignInDeps } from './sign-in-ground.ts'

/** Signing in on the tables of staff. Nothing is read or loaded before the first request. */
export function createSignIn(deps: SignInDeps): SignIn {
  let opened: Promise<SignIn> | undefined
  const open = () => {
    opened ??= openSignIn(deps).catch((error) => {
      // The database may answer the next time.
      opened = undefined
      throw error
    })
    return opened
  }
  return {
    visitor: async (headers) => (await open()).visitor(headers),
    withPassword: async (headers, attempt) => (await open()).withPassword(headers, attempt),
    withCode: async (headers, attempt) => (await open()).withCode(headers, attempt),
    beginEnrolment: async (headers, wish) => (await open()).beginEnrolment(headers, wish),
    finishEnrolment: async (headers, proof) => (await open()).finishEnrolment(headers, proof),
    changePassword: async (headers, wish) => (await open()).changePassword(headers, wish),
    sessions: async (headers) => (await open()).sessions(headers),
    revoke: async (headers, sessionId) => (await open()).revoke(headers, sessionId),
    leave: async (headers) => (await open()).leave(headers),
  }
}

/** The sign-in library is large, and most commands need none of it. */
async function openSignIn(deps: SignInDeps): Promise<SignIn> {
  const { openSignIn } = await import('./open-sign-in.ts')
  return openSignIn(deps)
}
