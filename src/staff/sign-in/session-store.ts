import type { Database } from '../../storage/database.ts'
import type { AccountRow } from '../account-store.ts'
import { emailOf } from './login.ts'
import { idleSince, libraryNow } from './session-limits.ts'

/** A session with its account. */
export interface SessionRow {
  readonly id: string
  readonly userId: string
  readonly secondFactor: boolean
  readonly userAgent: string | null
  readonly createdAt: Date
  readonly seenAt: Date
  readonly user: AccountRow
}

/** For how long a code that was taken is not taken again: longer than the 90 seconds in which it is right. */
const codeKeptMs = 5 * 60_000

/** A moment's use is written down once in this time. */
const seenEveryMs = 60_000

/** What signing in needs of the tables besides what the library does itself. */
export interface SessionStore {
  /**
   * The session, unless it stood idle too long or its account is disabled: then it is ended. Notes that it was used, where
   * somebody used it.
   */
  use(id: string, now: Date, bySomebody: boolean): Promise<SessionRow | undefined>
  /** The sessions of an account that have not ended, the latest used first. */
  list(userId: string, now: Date): Promise<readonly Omit<SessionRow, 'user'>[]>
  /** Ends one of the account's sessions; false when it has none of the id. */
  end(userId: string, id: string): Promise<boolean>
  /** Ends the account's sessions but this one. */
  endOthers(userId: string, id: string): Promise<void>
  /** Makes the session with this token one that was begun with the second factor. Returns its id. */
  markSecondFactor(token: string): Promise<string>
  /** The account that a challenge of the library asks for a code. */
  challenged(identifier: string): Promise<AccountRow | undefined>
  /** The account of a login. */
  account(login: string): Promise<AccountRow | undefined>
  /** Takes a code for an account; false when it is taken already. */
  takeCode(userId: string, codeHash: Uint8Array<ArrayBuffer>, now: Date): Promise<boolean>
  /** Gives a code back that was wrong. */
  giveBackCode(userId: string, codeHash: Uint8Array<ArrayBuffer>): Promise<void>
  /** Counts a failure, to be told at the next sign-in. */
  countFailure(login: string): Promise<void>
  /** How many failures there were, which are forgotten with it; notes that the officer was seen. */
  takeFailures(userId: string, now: Date): Promise<number>
  /** The password is the officer's own from now on. */
  markOwnPassword(userId: string): Promise<void>
}

/** Makes the store. */
export function createSessionStore({ prisma }: { readonly prisma: Database }): SessionStore {
  return { ...sessions(prisma), ...accounts(prisma), ...usedCodes(prisma) }
}

type Sessions = Pick<SessionStore, 'use' | 'list' | 'end' | 'endOthers' | 'markSecondFactor'>

function sessions(prisma: Database): Sessions {
  return {
    use: (id, now, bySomebody) => useSession(prisma, id, now, bySomebody),
    list: (userId, now) =>
      prisma.staffSession.findMany({
        where: {
          userId,
          secondFactor: true,
          expiresAt: { gt: libraryNow() },
          seenAt: { gte: idleSince(now) },
        },
        orderBy: { seenAt: 'desc' },
      }),
    async end(userId, id) {
      return (await prisma.staffSession.deleteMany({ where: { userId, id } })).count > 0
    },
    async endOthers(userId, id) {
      await prisma.staffSession.deleteMany({ where: { userId, id: { not: id } } })
    },
    async markSecondFactor(token) {
      return (await prisma.staffSession.update({ where: { token }, data: { secondFactor: true } })).id
    },
  }
}

async function useSession(
  prisma: Database,
  id: string,
  now: Date,
  bySomebody: boolean,
): Promise<SessionRow | undefined> {
  const session = await prisma.staffSession.findUnique({ where: { id }, include: { user: true } })
  if (session === null) return undefined
  if (session.seenAt < idleSince(now) || session.user.disabledAt !== null) {
    await prisma.staffSession.deleteMany({ where: { id } })
    return undefined
  }
  if (bySomebody && now.getTime() - session.seenAt.getTime() >= seenEveryMs) {
    await prisma.staffSession.updateMany({ where: { id }, data: { seenAt: now } })
    const where = { id: session.userId }
    if (session.secondFactor) await prisma.staffAccount.updateMany({ where, data: { lastSeenAt: now } })
  }
  return session
}

type Accounts = Pick<
  SessionStore,
  'challenged' | 'account' | 'countFailure' | 'takeFailures' | 'markOwnPassword'
>

function accounts(prisma: Database): Accounts {
  return {
    async challenged(identifier) {
      const where = { identifier, expiresAt: { gt: libraryNow() } }
      const id = (await prisma.staffChallenge.findFirst({ where }))?.value
      if (id === undefined) return undefined
      return (await prisma.staffAccount.findUnique({ where: { id } })) ?? undefined
    },
    async account(login) {
      return (await prisma.staffAccount.findUnique({ where: { email: emailOf(login) } })) ?? undefined
    },
    async countFailure(login) {
      const where = { email: emailOf(login) }
      await prisma.staffAccount.updateMany({ where, data: { failures: { increment: 1 } } })
    },
    async takeFailures(userId, now) {
      const [row] = await prisma.$queryRaw<{ failures: number }[]>`
        UPDATE staff_account AS now SET failures = 0, last_seen_at = ${now} FROM staff_account AS before
        WHERE now.id = ${userId}::uuid AND before.id = now.id RETURNING before.failures`
      return row?.failures ?? 0
    },
    async markOwnPassword(userId) {
      await prisma.staffAccount.update({ where: { id: userId }, data: { firstPassword: false } })
    },
  }
}

function usedCodes(prisma: Database): Pick<SessionStore, 'takeCode' | 'giveBackCode'> {
  return {
    async takeCode(userId, codeHash, now) {
      const again = new Date(now.getTime() - codeKeptMs)
      const taken = await prisma.$executeRaw`
        INSERT INTO staff_used_code (user_id, code_hash, used_at) VALUES (${userId}::uuid, ${codeHash}, ${now})
        ON CONFLICT (user_id, code_hash) DO UPDATE SET used_at = excluded.used_at WHERE staff_used_code.used_at < ${again}`
      return taken > 0
    },
    async giveBackCode(userId, codeHash) {
      await prisma.staffUsedCode.deleteMany({ where: { userId, codeHash } })
    },
  }
}
