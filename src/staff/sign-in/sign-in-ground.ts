import type { Database, Transaction } from '../../storage/database.ts'
import type { AlarmStore } from '../alarm-store.ts'
import type { AuditTrail } from '../audit-trail.ts'
import { createAttemptStore } from './attempt-store.ts'
import { type Auth, createAuth } from './auth-store.ts'
import { createGuard, type Guard, type SignInNote } from './guard.ts'
import { readStaffSecret, type StaffSealer, type StaffSecret } from './secret-store.ts'
import { createSessionStore, type SessionStore } from './session-store.ts'

/** What signing in is built from. */
export interface SignInDeps {
  readonly database: { readonly prisma: Database }
  readonly keyring: StaffSealer
  readonly audit: AuditTrail<Transaction>
  readonly alarms: Pick<AlarmStore, 'raise'>
  readonly now: () => Date
  /** The address officers use. With https cookies go over nothing else. */
  readonly publicUrl: string | undefined
}

/** What every step of signing in stands on. */
export interface SignInGround {
  readonly auth: Auth
  readonly store: SessionStore
  readonly guard: Guard
  readonly secret: StaffSecret
  readonly now: () => Date
  note(entry: SignInNote): Promise<void>
}

/** Reads the secret and sets up the library. */
export async function openSignInGround(deps: SignInDeps): Promise<SignInGround> {
  const { database, now, publicUrl } = deps
  const secret = await readStaffSecret(database.prisma, deps.keyring)
  const note = ({ action, by, ...rest }: SignInNote) => {
    const actor =
      by === undefined ? ({ type: 'system', id: 'sign_in' } as const) : ({ type: 'staff', id: by } as const)
    return database.prisma.$transaction((transaction) =>
      deps.audit.record(transaction, { at: now(), actor, action, ...rest }),
    )
  }
  const store = createSessionStore(database)
  return {
    auth: createAuth({ prisma: database.prisma, secret: secret.auth, publicUrl, now }),
    guard: createGuard({
      attempts: createAttemptStore(database),
      store,
      secret,
      note,
      alarms: deps.alarms,
      now,
    }),
    ...{ store, secret, now, note },
  }
}
