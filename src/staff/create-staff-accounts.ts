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
import type { AuditTrail } from './audit-trail.ts'
import { detailsOf, type KnownPlaces, readRoles, takesAway } from './read-roles.ts'
import { createAttemptStore } from './sign-in/attempt-store.ts'
import { newFirstPassword } from './sign-in/backup-code.ts'
import { parseLogin } from './sign-in/login.ts'
import { readStaffSecret, type StaffSealer } from './sign-in/secret-store.ts'
import type { AccountRefusal, StaffAccounts } from './staff-accounts.ts'

/** What accounts are kept with. */
export interface StaffAccountsDeps {
  readonly database: { readonly prisma: Database }
  readonly keyring: StaffSealer
  readonly audit: AuditTrail<Transaction>
  readonly now: () => Date
  readonly places: KnownPlaces
}

/** A change of one account, for the trail. */
interface Deed {
  readonly login: string
  readonly by: string
  readonly action: string
  readonly details?: Readonly<Record<string, string>>
}

type Found = NonNullable<Awaited<ReturnType<typeof lockAccount>>>

/** Makes the accounts in PostgreSQL. */
export function createStaffAccounts(deps: StaffAccountsDeps): StaffAccounts {
  const { prisma } = deps.database
  return {
    add: (wish, by) => addAccount(deps, wish, by),
    setRoles: (login, roles, kelurahan, by) => setRoles(deps, { login, roles, kelurahan, by }),
    async disable(login, by) {
      const refusal = await change(deps, { login, by, action: 'staff.disable' }, shut)
      return refusal ?? 'disabled'
    },
    async enable(login, by) {
      const refusal = await change(
        deps,
        { login, by, action: 'staff.enable' },
        async (transaction, { row }) => {
          await updateAccount(transaction, row.id, { disabledAt: null, updatedAt: deps.now() })
          return undefined
        },
      )
      return refusal ?? 'enabled'
    },
    reset: (login, by) => reset(deps, login, by),
    list: () => readAccounts(prisma),
    find: async (id) => (await readAccounts(prisma, id))[0],
  }
}

/** Does something to the account of a login, and writes it into the trail unless it was refused. */
function change(
  deps: StaffAccountsDeps,
  deed: Deed,
  work: (transaction: Transaction, found: Found, now: Date) => Promise<AccountRefusal | undefined>,
): Promise<AccountRefusal | undefined> {
  return deps.database.prisma.$transaction(async (transaction) => {
    const found = await lockAccount(transaction, parseLogin(deed.login) ?? '')
    if (found === undefined) return 'unknown_account'
    const refusal = await work(transaction, found, deps.now())
    if (refusal === undefined) await note(deps, transaction, found.row.id, deed)
    return refusal
  })
}

function note(
  { audit, now }: StaffAccountsDeps,
  transaction: Transaction,
  subject: string,
  { by, action, details }: Omit<Deed, 'login'>,
): Promise<void> {
  const actor = { type: 'staff', id: by } as const
  const entry = { at: now(), actor, action, subject }
  return audit.record(transaction, details === undefined ? entry : { ...entry, details })
}

async function addAccount(
  deps: StaffAccountsDeps,
  wish: Parameters<StaffAccounts['add']>[0],
  by: string,
): ReturnType<StaffAccounts['add']> {
  const login = parseLogin(wish.login)
  const name = wish.name.trim()
  if (login === undefined) return { type: 'refused', why: 'login_malformed' }
  if (name === '') return { type: 'refused', why: 'name_missing' }
  const read = readRoles(deps.places, wish.roles, wish.kelurahan)
  if (read.type === 'refused') return read
  const firstPassword = newFirstPassword()
  const passwordHash = await hash(firstPassword)
  const row = await deps.database.prisma.$transaction(async (transaction) => {
    const account = { login, name, ...read.wish, passwordHash, now: deps.now() }
    const made = await insertAccount(transaction, account)
    const deed = { by, action: 'staff.add', details: detailsOf(read.wish) }
    if (made !== undefined) await note(deps, transaction, made.id, deed)
    return made
  })
  if (row === undefined) return { type: 'refused', why: 'login_taken' }
  return { type: 'added', account: accountOf(row), firstPassword }
}

async function setRoles(
  deps: StaffAccountsDeps,
  wish: { login: string; by: string; kelurahan: string | undefined } & Pick<
    Parameters<StaffAccounts['add']>[0],
    'roles'
  >,
): ReturnType<StaffAccounts['setRoles']> {
  const read = readRoles(deps.places, wish.roles, wish.kelurahan)
  if (read.type === 'refused') return read.why
  const deed = { login: wish.login, by: wish.by, action: 'staff.roles', details: detailsOf(read.wish) }
  const refusal = await change(deps, deed, async (transaction, { row, hasOtherAdmin }, now) => {
    if (isAdmin(row) && !read.wish.roles.includes('admin') && !hasOtherAdmin) return 'last_admin'
    if (takesAway(row, read.wish)) await endSessions(transaction, row.id)
    await updateAccount(transaction, row.id, { ...read.wish, updatedAt: now })
    return undefined
  })
  return refusal ?? 'set'
}

async function shut(
  transaction: Transaction,
  { row, hasOtherAdmin }: Found,
  now: Date,
): Promise<AccountRefusal | undefined> {
  if (isAdmin(row) && !hasOtherAdmin) return 'last_admin'
  await endSessions(transaction, row.id)
  await updateAccount(transaction, row.id, { disabledAt: row.disabledAt ?? now, updatedAt: now })
  return undefined
}

async function reset(deps: StaffAccountsDeps, login: string, by: string): ReturnType<StaffAccounts['reset']> {
  const secret = await readStaffSecret(deps.database.prisma, deps.keyring)
  const firstPassword = newFirstPassword()
  const passwordHash = await hash(firstPassword)
  const deed = { login, by, action: 'staff.reset' }
  const refusal = await change(deps, deed, async (transaction, { row }, now) => {
    await endSessions(transaction, row.id)
    await resetAccount(transaction, { id: row.id, passwordHash, now })
    return undefined
  })
  if (refusal !== undefined) return { type: 'refused', why: refusal }
  // Most often it is asked for by somebody who tried too often.
  await createAttemptStore(deps.database).clear(secret.hash('login', parseLogin(login) ?? ''))
  return { type: 'reset', firstPassword }
}

/** Hashed as the sign-in library does it. Loaded when it is needed: commands that hash nothing need not wait for it. */
async function hash(password: string): Promise<string> {
  const { hashPassword } = await import('better-auth/crypto')
  return hashPassword(password)
}

function isAdmin({ roles, disabledAt }: AccountRow): boolean {
  return roles.includes('admin') && disabledAt === null
}
