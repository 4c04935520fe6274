const minute = 60_000
const firstLock = 15 * minute
const longestLock = 240 * minute
const forgetAfter = 1_440 * minute
const hour = 60 * minute

/** How many attempts may fail before none is looked at for a time. */
export interface AttemptLimit {
  readonly most: number
  /** Milliseconds in which all of them are forgotten, one after the other; undefined: only a day without attempts forgets. */
  readonly slidesOver: number | undefined
}

/**
 * For one login and for one network. A whole office may share an address: its typos of many days must not add up, and what
 * one login withstands is kept by that login's own count.
 */
export const attemptLimits = {
  login: { most: 5, slidesOver: undefined },
  address: { most: 30, slidesOver: hour },
} as const satisfies Readonly<Record<string, AttemptLimit>>

/** What is known of the attempts at one login or from one network. */
export interface AttemptCount {
  /** Since the last lock, and not forgotten. */
  readonly failures: number
  /** Locks since all was well. */
  readonly locks: number
  /** The end of the last lock that still counts; it may have passed. */
  readonly lockedUntil: Date | undefined
  /** Of the last attempt, or since when the next failure is being forgotten. */
  readonly lastAt: Date
}

/**
 * Counts an attempt as failed before it is looked at, so that many at once cannot all be: the last one allowed already locks.
 * Whoever turns out to be right has it taken back. Each lock is twice as long as the one before, four hours at most.
 */
export function countAttempt(
  before: AttemptCount | undefined,
  { most, slidesOver }: AttemptLimit,
  now: Date,
):
  | { readonly type: 'locked'; readonly until: Date }
  | { readonly type: 'counted'; readonly count: AttemptCount } {
  const until = before?.lockedUntil
  if (until !== undefined && until > now) return { type: 'locked', until }
  const kept =
    before === undefined
      ? forgotten(now)
      : slidesOver === undefined
        ? keptUntilQuiet(before, now)
        : keptOfWindow(before, { step: slidesOver / most, slidesOver }, now)
  const failures = kept.failures + 1
  if (failures < most) return { type: 'counted', count: { ...kept, failures } }
  const lockedUntil = new Date(now.getTime() + Math.min(longestLock, firstLock * 2 ** kept.locks))
  return { type: 'counted', count: { ...kept, failures, locks: kept.locks + 1, lockedUntil } }
}

function forgotten(now: Date): AttemptCount {
  return { failures: 0, locks: 0, lockedUntil: undefined, lastAt: now }
}

function keptUntilQuiet({ failures, locks, lockedUntil, lastAt }: AttemptCount, now: Date): AttemptCount {
  if (lastAt.getTime() < now.getTime() - forgetAfter) return forgotten(now)
  // A lock that has passed gives all attempts back.
  return { failures: lockedUntil === undefined ? failures : 0, locks, lockedUntil: undefined, lastAt: now }
}

function keptOfWindow(
  before: AttemptCount,
  { step, slidesOver }: { readonly step: number; readonly slidesOver: number },
  now: Date,
): AttemptCount {
  const { lockedUntil, lastAt } = before
  // A lock is remembered for as long, so that the next one is longer: attempts in between do not keep it alive.
  const isRecent = lockedUntil !== undefined && now.getTime() - lockedUntil.getTime() < slidesOver
  const lock = isRecent ? { locks: before.locks, lockedUntil } : { locks: 0, lockedUntil: undefined }
  const isFirstSinceLock = lockedUntil !== undefined && lastAt < lockedUntil
  const gone = Math.floor((now.getTime() - lastAt.getTime()) / step)
  if (isFirstSinceLock || gone >= before.failures) return { ...lock, failures: 0, lastAt: now }
  return { ...lock, failures: before.failures - gone, lastAt: new Date(lastAt.getTime() + gone * step) }
}

/** When counts that nobody touched since are of no use any more. */
export function forgottenBefore(now: Date): Date {
  return new Date(now.getTime() - forgetAfter)
}
