import type { Database } from '../../storage/database.ts'
import { type AttemptCount, type AttemptLimit, countAttempt } from './attempt-limit.ts'

/** A keyed hash of a login or a network. */
export type AttemptKey = Uint8Array<ArrayBuffer>

/** An attempt that may be looked at. It counts as failed until it is taken back. */
export interface CountedAttempt {
  readonly type: 'counted'
  readonly key: AttemptKey
  /** The lock that this attempt brings when it fails. */
  readonly lock: { readonly until: Date; readonly locks: number } | undefined
}

/** The counts of failed attempts in PostgreSQL, for every process. */
export interface AttemptStore {
  begin(
    key: AttemptKey,
    limit: AttemptLimit,
    now: Date,
  ): Promise<CountedAttempt | { readonly type: 'locked'; readonly until: Date }>
  /**
   * The attempt did not fail: it counts no more, and the lock that it brought is gone. `times`: how many failures count no
   * more, itself with them.
   */
  takeBack(attempt: CountedAttempt, times?: number): Promise<void>
  /** All is well: nothing is counted any more. Resolves with how many failures were. */
  clear(key: AttemptKey): Promise<number>
}

/** Makes the store. */
export function createAttemptStore({ prisma }: { readonly prisma: Database }): AttemptStore {
  return {
    begin: (keyHash, limit, now) =>
      prisma.$transaction(async (transaction) => {
        // The row is there before it is read, so that two first attempts wait for each other as well.
        const data = [{ keyHash, lastAt: now }]
        await transaction.staffAttempts.createMany({ data, skipDuplicates: true })
        await transaction.$executeRaw`SELECT 1 FROM staff_attempts WHERE key_hash = ${keyHash} FOR UPDATE`
        const row = await transaction.staffAttempts.findUniqueOrThrow({ where: { keyHash } })
        const counted = countAttempt(countOf(row), limit, now)
        if (counted.type === 'locked') return counted
        const { failures, locks, lockedUntil, lastAt } = counted.count
        const update = { failures, locks, lockedUntil: lockedUntil ?? null, lastAt }
        await transaction.staffAttempts.update({ where: { keyHash }, data: update })
        const isLock = lockedUntil !== undefined && lockedUntil > now
        const lock = isLock ? { until: lockedUntil, locks } : undefined
        return { type: 'counted', key: keyHash, lock }
      }),
    async takeBack({ key, lock }, times = 1) {
      const until = lock?.until ?? null
      await prisma.$executeRaw`
        UPDATE staff_attempts SET
          failures = greatest(failures - ${times}, 0),
          locks = CASE WHEN locked_until = ${until}::timestamptz THEN locks - 1 ELSE locks END,
          locked_until = CASE WHEN locked_until = ${until}::timestamptz THEN NULL ELSE locked_until END
        WHERE key_hash = ${key}`
    },
    async clear(keyHash) {
      const [gone] = await prisma.$queryRaw<{ failures: number }[]>`
        DELETE FROM staff_attempts WHERE key_hash = ${keyHash} RETURNING failures`
      return gone?.failures ?? 0
    },
  }
}

function countOf(row: {
  readonly failures: number
  readonly locks: number
  readonly lockedUntil: Date | null
  readonly lastAt: Date
}): AttemptCount {
  return { ...row, lockedUntil: row.lockedUntil ?? undefined }
}
