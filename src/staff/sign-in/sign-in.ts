import type { Officer } from '../officer.ts'

/** A request with this header was made by a page that renews itself: it keeps no session from standing idle. */
export const renewalHeader = 'lopo-renewal'

/** Where an attempt to sign in stands. `cookies` are whole Set-Cookie values for the answer. */
export type SignInStep =
  /** Name, password or code is wrong, or the account is disabled: nobody is told which. */
  | { readonly type: 'refused' }
  /** Too many attempts: none is looked at before `until`. */
  | { readonly type: 'locked'; readonly until: Date }
  /** The password is right; a code of the second factor is asked for. */
  | { readonly type: 'code_needed'; readonly cookies: readonly string[] }
  /** The password is right, and the officer must first set an own password and a second factor. */
  | { readonly type: 'enrol'; readonly cookies: readonly string[] }
  /** `failedAttempts`: how many failed at this account since the officer signed in the last time, to be told. */
  | { readonly type: 'signed_in'; readonly cookies: readonly string[]; readonly failedAttempts?: number }

/** Who stands behind a request. */
export type Visitor =
  | { readonly type: 'stranger' }
  /** Signed in with a first password and no second factor yet: may only enrol. */
  | { readonly type: 'enrolling'; readonly officer: Officer }
  | { readonly type: 'officer'; readonly officer: Officer; readonly sessionId: string }

/** One of an officer's sessions. */
export interface StaffSession {
  readonly id: string
  readonly startedAt: Date
  readonly seenAt: Date
  /** Of which kind the device seems to be, such as `Chrome · Android`. */
  readonly device: string
  readonly isThisOne: boolean
}

/** Signing in and out of the desk: password, then a time-based code. Everything is rate-limited and in the trail. */
export interface SignIn {
  visitor(headers: Headers): Promise<Visitor>
  withPassword(
    headers: Headers,
    attempt: { readonly login: string; readonly password: string },
  ): Promise<SignInStep>
  /** `code`: six digits, or one of the backup codes, each good once. */
  withCode(headers: Headers, attempt: { readonly code: string }): Promise<SignInStep>
  /** Sets the own password and makes the second factor; `uri` is an otpauth URI for a QR. It counts once confirmed by `finishEnrolment`. */
  beginEnrolment(
    headers: Headers,
    wish: { readonly oldPassword: string; readonly newPassword: string },
  ): Promise<
    | { readonly type: 'refused' }
    | { readonly type: 'weak_password'; readonly why: 'too_short' | 'same' | 'common' }
    | {
        readonly type: 'begun'
        readonly uri: string
        readonly secret: string
        readonly backupCodes: readonly string[]
        readonly cookies: readonly string[]
      }
  >
  finishEnrolment(headers: Headers, proof: { readonly code: string }): Promise<SignInStep>
  changePassword(
    headers: Headers,
    wish: { readonly oldPassword: string; readonly newPassword: string },
  ): Promise<'changed' | 'refused' | 'too_short' | 'same' | 'common'>
  sessions(headers: Headers): Promise<readonly StaffSession[]>
  /** Ends one of the officer's own sessions; others' are not touched. */
  revoke(headers: Headers, sessionId: string): Promise<void>
  /** Ends this session; the cookies forget it. */
  leave(headers: Headers): Promise<{ readonly cookies: readonly string[] }>
}
