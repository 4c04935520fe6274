import type { Database, Transaction } from '../storage/database.ts'
import {
  type AccountRow,
  accountOf,
  endSessions,
  insertAccount,
  lockAccount,
  readAccounts,
  resetAccount,
  updateAccount,
} from './account-store.ts'
import { createAttemptStore } from './attempt-store.ts'
import type { AuditTrail } from './audit-trail.ts'
import { newFirstPassword } from './backup-code.ts'
import { parseLogin } from './login.ts'
import type { StaffRole } from './officer.ts'
import { readStaffSecret, type StaffSealer } from './secret-store.ts'
import type { AccountRefusal, StaffAccounts } from './staff-accounts.ts'

/** What accounts are kept with. */
export interface StaffAccountsDeps {
  readonly database: { readonly prisma: Database }
  readonly keyring: StaffSealer
  readonly audit: AuditTrail<Transaction>
  readonly now: () => Date
  readonly places: { byCode(code: string): { readonly code: string } | undefined }
}

/** A change of one account, for the trail. */
interface Deed {
  readonly by: string
  readonly action: string
  readonly details?: Readonly<Record<string, string | number>>
}

type Found = NonNullable<Awaited<ReturnType<typeof lockAccount>>>

/** Makes the accounts in PostgreSQL. */
export function createStaffAccounts(deps: StaffAccountsDeps): StaffAccounts {
  const { prisma } = deps.database
  const { now } = deps
  const note = (transaction: Transaction, id: string, { by, action, details }: Deed) =>
    deps.audit.record(transaction, {
      ...{ at: now(), actor: { type: 'staff', id: by }, action, subject: id },
      ...(details === undefined ? {} : { details }),
    })
  /** Does something to the account of a login, and writes it into the trail unless it was refused. */
  const change = (
    login: string,
    deed: Deed,
    work: (transaction: Transaction, found: Found) => Promise<AccountRefusal | undefined>,
  ) =>
    prisma.$transaction(async (transaction): Promise<AccountRefusal | undefined> => {
      const found = await lockAccount(transaction, parseLogin(login) ?? '')
      if (found === undefined) return 'unknown_account'
      const refusal = await work(transaction, found)
      if (refusal === undefined) await note(transaction, found.row.id, deed)
      return refusal
    })
  const unlock = async (login: string) => {
    const { hash } = await readStaffSecret(prisma, deps.keyring)
    await createAttemptStore(deps.database).clear(hash('login', login))
  }
  return {
    async add({ login: wish, name, ...rest }, by) {
      const login = parseLogin(wish)
      if (login === undefined) return { type: 'refused', why: 'login_malformed' }
      if (name.trim() === '') return { type: 'refused', why: 'name_missing' }
      const read = readRoles(deps, rest.roles, rest.kelurahan)
      if (read.type === 'refused') return read
      const firstPassword = newFirstPassword()
      const account = { login, name: name.trim(), ...read.wish, passwordHash: await hash(firstPassword) }
      const row = await prisma.$transaction(async (transaction) => {
        const row = await insertAccount(transaction, { ...account, now: now() })
        const details = detailsOf(read.wish)
        if (row !== undefined) await note(transaction, row.id, { by, action: 'staff.add', details })
        return row
      })
      if (row === undefined) return { type: 'refused', why: 'login_taken' }
      return { type: 'added', account: accountOf(row), firstPassword }
    },
    async setRoles(login, roles, kelurahan, by) {
      const read = readRoles(deps, roles, kelurahan)
      if (read.type === 'refused') return read.why
      const deed = { by, action: 'staff.roles', details: detailsOf(read.wish) }
      const refusal = await change(login, deed, async (transaction, { row, hasOtherAdmin }) => {
        if (isAdmin(row) && !read.wish.roles.includes('admin') && !hasOtherAdmin) return 'last_admin'
        if (takesAway(row, read.wish)) await endSessions(transaction, row.id)
        await updateAccount(transaction, row.id, { ...read.wish, updatedAt: now() })
        return undefined
      })
      return refusal ?? 'set'
    },
    async disable(login, by) {
      const refusal = await change(login, { by, action: 'staff.disable' }, async (transaction, found) => {
        const { row, hasOtherAdmin } = found
        if (isAdmin(row) && !hasOtherAdmin) return 'last_admin'
        await endSessions(transaction, row.id)
        await updateAccount(transaction, row.id, { disabledAt: row.disabledAt ?? now(), updatedAt: now() })
        return undefined
      })
      return refusal ?? 'disabled'
    },
    async enable(login, by) {
      const refusal = await change(login, { by, action: 'staff.enable' }, async (transaction, { row }) => {
        await updateAccount(transaction, row.id, { disabledAt: null, updatedAt: now() })
        return undefined
      })
      return refusal ?? 'enabled'
    },
    async reset(login, by) {
      const firstPassword = newFirstPassword()
      const passwordHash = await hash(firstPassword)
      const refusal = await change(login, { by, action: 'staff.reset' }, async (transaction, { row }) => {
        await endSessions(transaction, row.id)
        await resetAccount(transaction, { id: row.id, passwordHash, now: now() })
        return undefined
      })
      if (refusal !== undefined) return { type: 'refused', why: refusal }
      // Most often it is asked for by somebody who tried too often.
      await unlock(parseLogin(login) ?? '')
      return { type: 'reset', firstPassword }
    },
    list: () => readAccounts(prisma),
    find: async (id) => (await readAccounts(prisma, id))[0],
  }
}

/** Hashed as the sign-in library does it. Loaded when it is needed: commands that hash nothing need not wait for it. */
async function hash(password: string): Promise<string> {
  const { hashPassword } = await import('better-auth/crypto')
  return hashPassword(password)
}

interface RoleWish {
  readonly roles: StaffRole[]
  readonly kelurahan: string | null
}

function readRoles(
  { places }: StaffAccountsDeps,
  roles: readonly StaffRole[],
  kelurahan: string | undefined,
): { type: 'read'; wish: RoleWish } | { type: 'refused'; why: AccountRefusal } {
  if (roles.length === 0) return { type: 'refused', why: 'no_role' }
  const wish = { roles: [...new Set(roles)] }
  if (!roles.includes('lurah')) return { type: 'read', wish: { ...wish, kelurahan: null } }
  if (kelurahan === undefined || kelurahan === '') return { type: 'refused', why: 'kelurahan_needed' }
  const code = places.byCode(kelurahan)?.code
  if (code === undefined) return { type: 'refused', why: 'kelurahan_unknown' }
  return { type: 'read', wish: { ...wish, kelurahan: code } }
}

function detailsOf({ roles, kelurahan }: RoleWish): Record<string, string> {
  return { roles: roles.join(' '), ...(kelurahan === null ? {} : { kelurahan }) }
}

function isAdmin({ roles, disabledAt }: AccountRow): boolean {
  return roles.includes('admin') && disabledAt === null
}

function takesAway(row: AccountRow, { roles, kelurahan }: RoleWish): boolean {
  const kept = new Set<string>(roles)
  return row.roles.some((role) => !kept.has(role)) || row.kelurahan !== kelurahan
}
