import type { Officer, StaffRole } from './officer.ts'

/** An officer's account as an admin sees it. */
export interface StaffAccount extends Officer {
  /** The name to sign in with: lower-case letters, digits, dots and hyphens. */
  readonly login: string
  readonly state: 'invited' | 'active' | 'disabled'
  readonly createdAt: Date
  readonly lastSeenAt: Date | undefined
}

/** A wish about an account that could not be done, and why. */
export type AccountRefusal =
  | 'login_taken'
  | 'login_malformed'
  | 'name_missing'
  | 'no_role'
  | 'kelurahan_needed'
  | 'kelurahan_unknown'
  | 'unknown_account'
  /** The last admin can neither be disabled nor lose the role. */
  | 'last_admin'

/** Accounts of officers. Each change is in the trail, and ends the account's sessions where it takes something away. */
export interface StaffAccounts {
  /** Adds an account; the first password is shown once to whoever adds it, and must be changed at the first sign-in. */
  add(
    account: {
      readonly login: string
      readonly name: string
      readonly roles: readonly StaffRole[]
      readonly kelurahan?: string | undefined
    },
    by: string,
  ): Promise<
    | { readonly type: 'added'; readonly account: StaffAccount; readonly firstPassword: string }
    | { readonly type: 'refused'; readonly why: AccountRefusal }
  >
  setRoles(
    login: string,
    roles: readonly StaffRole[],
    kelurahan: string | undefined,
    by: string,
  ): Promise<'set' | AccountRefusal>
  disable(login: string, by: string): Promise<'disabled' | AccountRefusal>
  enable(login: string, by: string): Promise<'enabled' | AccountRefusal>
  /** Forgets password and second factor, and gives a first password again. */
  reset(
    login: string,
    by: string,
  ): Promise<
    | { readonly type: 'reset'; readonly firstPassword: string }
    | { readonly type: 'refused'; readonly why: AccountRefusal }
  >
  list(): Promise<readonly StaffAccount[]>
  find(id: string): Promise<StaffAccount | undefined>
}
