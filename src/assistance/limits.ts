import { startOfDay, startOfNextDay } from './city-time.ts'

/** Failed checks a chat may have in a day of the city. */
const failuresADay = 5
/** Different persons a chat may find in seven days of the city. */
const personsAWeek = 3
/** Wrong tries at one person, from all chats together, after which the details in a chat find them no more for a day. */
export const guessesADay = 5
const day = 86_400_000

/** What a chat checked lately. */
export interface PastChecks {
  /** Since the city's day began. */
  readonly failedToday: number
  /** For each person found in the last seven days, today included: when last. */
  readonly foundAt: readonly Date[]
}

/** From when on checks count for the limits. */
export function countedSince(now: Date): { readonly failures: Date; readonly persons: Date } {
  const today = startOfDay(now)
  return { failures: today, persons: new Date(today.getTime() - 6 * day) }
}

/** When a locked chat may check again; undefined when it is not locked. Always the beginning of a day. */
export function lockedUntil(past: PastChecks, now: Date): Date | undefined {
  const locks: Date[] = []
  if (past.failedToday >= failuresADay) locks.push(startOfNextDay(now))
  const latest = [...past.foundAt].sort((a, b) => b.getTime() - a.getTime())
  const last = latest[personsAWeek - 1]
  if (last !== undefined) locks.push(new Date(startOfDay(last).getTime() + 7 * day))
  return locks.reduce<Date | undefined>(
    (end, lock) => (end === undefined || lock > end ? lock : end),
    undefined,
  )
}
