import { z } from 'zod'
import type { Database, Transaction } from '../storage/database.ts'
import { type Officer, staffRoles } from './officer.ts'
import { emailOf, loginOf } from './sign-in/login.ts'
import type { StaffAccount } from './staff-accounts.ts'

/** A row of the table of accounts. */
export interface AccountRow {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly roles: readonly string[]
  readonly kelurahan: string | null
  readonly twoFactorEnabled: boolean
  readonly firstPassword: boolean
  readonly createdAt: Date
  readonly lastSeenAt: Date | null
  readonly disabledAt: Date | null
}

/** What an admin gives to an account. */
export interface AccountWish {
  readonly name: string
  readonly roles: readonly string[]
  readonly kelurahan: string | null
}

const roles = z.array(z.enum(staffRoles))

/** The officer whose account it is. Throws when the database holds a role that this program does not know. */
export function officerOf({ id, name, kelurahan, ...row }: AccountRow): Officer {
  return { id, name, roles: roles.parse(row.roles), kelurahan: kelurahan ?? undefined }
}

/** The account as an admin sees it. */
export function accountOf(row: AccountRow): StaffAccount {
  const state = row.disabledAt !== null ? 'disabled' : row.twoFactorEnabled ? 'active' : 'invited'
  const { createdAt, lastSeenAt } = row
  return {
    ...officerOf(row),
    login: loginOf(row.email),
    state,
    createdAt,
    lastSeenAt: lastSeenAt ?? undefined,
  }
}

/** All accounts by login, or the one of the id. */
export async function readAccounts(prisma: Database, id?: string): Promise<readonly StaffAccount[]> {
  if (id !== undefined && !z.uuid().safeParse(id).success) return []
  const where = id === undefined ? {} : { id }
  const rows = await prisma.staffAccount.findMany({ where, orderBy: { email: 'asc' } })
  return rows.map(accountOf)
}

/** Makes an account with a hashed password; undefined when the login is taken. */
export async function insertAccount(
  transaction: Transaction,
  wish: AccountWish & { readonly login: string; readonly passwordHash: string; readonly now: Date },
): Promise<AccountRow | undefined> {
  const { name, roles, kelurahan, now } = wish
  const email = emailOf(wish.login)
  const data = [{ email, name, roles: [...roles], kelurahan, createdAt: now, updatedAt: now }]
  const [row] = await transaction.staffAccount.createManyAndReturn({ data, skipDuplicates: true })
  if (row === undefined) return undefined
  await writePassword(transaction, row.id, wish.passwordHash, now)
  return row
}

/** Gives the account another password, as a first one, and takes its second factor. */
export async function resetAccount(
  transaction: Transaction,
  { id, passwordHash, now }: { readonly id: string; readonly passwordHash: string; readonly now: Date },
): Promise<void> {
  await writePassword(transaction, id, passwordHash, now)
  await transaction.staffFactor.deleteMany({ where: { userId: id } })
  const data = { firstPassword: true, twoFactorEnabled: false, updatedAt: now }
  await transaction.staffAccount.update({ where: { id }, data })
}

/** The sign-in library's name for "by password". */
const providerId = 'credential'

async function writePassword(transaction: Transaction, userId: string, password: string, now: Date) {
  await transaction.staffCredential.upsert({
    where: { userId_providerId: { userId, providerId } },
    create: { userId, providerId, accountId: userId, password, createdAt: now, updatedAt: now },
    update: { password, updatedAt: now },
  })
}

/**
 * The account of a login, and whether another account is an admin's and not disabled: both stay so until the transaction ends.
 * Whoever was only invited may never come: beside an account that is enrolled, only an enrolled one counts.
 */
export async function lockAccount(
  transaction: Transaction,
  login: string,
): Promise<{ readonly row: AccountRow; readonly hasOtherAdmin: boolean } | undefined> {
  const email = emailOf(login)
  // Locked in one order: of two admins who disable each other one comes second, and is told.
  const locked = await transaction.$queryRaw<{ email: string; isAdmin: boolean; isEnrolled: boolean }[]>`
    SELECT email, 'admin' = ANY (roles) AND disabled_at IS NULL AS "isAdmin", two_factor_enabled AS "isEnrolled"
    FROM staff_account
    WHERE email = ${email} OR ('admin' = ANY (roles) AND disabled_at IS NULL) ORDER BY id FOR UPDATE`
  const row = await transaction.staffAccount.findUnique({ where: { email } })
  if (row === null) return undefined
  const others = locked.filter((other) => other.isAdmin && other.email !== email)
  return { row, hasOtherAdmin: others.some(({ isEnrolled }) => isEnrolled || !row.twoFactorEnabled) }
}

/** Changes what an admin may change. */
export async function updateAccount(
  transaction: Transaction,
  id: string,
  data: { roles?: string[]; kelurahan?: string | null; disabledAt?: Date | null; updatedAt: Date },
): Promise<void> {
  await transaction.staffAccount.update({ where: { id }, data })
}

/** Ends all sessions of the account and every attempt to sign in that waits for a code. Returns how many sessions ended. */
export async function endSessions(transaction: Transaction, id: string): Promise<number> {
  await transaction.staffChallenge.deleteMany({ where: { value: id } })
  return (await transaction.staffSession.deleteMany({ where: { userId: id } })).count
}
