/** How many attempts may fail, for one login and for one network, before none is looked at for a time. */
export const mostFailures = { login: 5, address: 30 } as const

const minute = 60_000
const firstLock = 15 * minute
const longestLock = 240 * minute
const forgetAfter = 1_440 * minute

/** What is known of the attempts at one login or from one network. */
export interface AttemptCount {
  /** Since the last lock. */
  readonly failures: number
  /** Locks since all was well. */
  readonly locks: number
  readonly lockedUntil: Date | undefined
  readonly lastAt: Date
}

/**
 * Counts an attempt as failed before it is looked at, so that many at once cannot all be: the last one allowed already locks.
 * Whoever turns out to be right has it taken back. Each lock is twice as long as the one before, four hours at most; a day
 * without attempts forgets all.
 */
export function countAttempt(
  before: AttemptCount | undefined,
  most: number,
  now: Date,
):
  | { readonly type: 'locked'; readonly until: Date }
  | { readonly type: 'counted'; readonly count: AttemptCount } {
  const until = before?.lockedUntil
  if (until !== undefined && until > now) return { type: 'locked', until }
  const isOld = before === undefined || before.lastAt.getTime() < now.getTime() - forgetAfter
  const { failures, locks } = isOld ? { failures: 0, locks: 0 } : before
  // A lock that has passed gives all attempts back.
  const counted = (until === undefined || isOld ? failures : 0) + 1
  if (counted < most)
    return { type: 'counted', count: { failures: counted, locks, lockedUntil: undefined, lastAt: now } }
  const lockedUntil = new Date(now.getTime() + Math.min(longestLock, firstLock * 2 ** locks))
  return { type: 'counted', count: { failures: counted, locks: locks + 1, lockedUntil, lastAt: now } }
}

/** When counts that nobody touched since are of no use any more. */
export function forgottenBefore(now: Date): Date {
  return new Date(now.getTime() - forgetAfter)
}
