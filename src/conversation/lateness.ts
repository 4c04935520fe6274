const day = 24 * 60 * 60_000
/** A message older than this is answered with an apology for the wait. */
const lateAfterMs = 10 * 60_000
/**
 * A message older than this is not acted on: what it answered has long passed, and what it asked for may be wanted no
 * more. An officer reads it instead.
 */
const tooLateAfterMs = 2 * day
/** No phone that is set right says that it wrote so far ahead of the platform's clock, or before there was such a bot. */
const aheadMs = day
const earliest = Date.UTC(2015, 0)

/** How the time that a message claims to be of stands to the clock. */
export type Lateness = 'in_time' | 'late' | 'too_late' | 'wrong_time'

/** What a message is by its age; on both edges it still belongs to the milder side. */
export function latenessOf(sentAt: Date, now: Date): Lateness {
  const age = now.getTime() - sentAt.getTime()
  if (age < -aheadMs || sentAt.getTime() < earliest) return 'wrong_time'
  if (age > tooLateAfterMs) return 'too_late'
  return age > lateAfterMs ? 'late' : 'in_time'
}

/** Whether a late message is the first of a run: of several that waited together one is apologised for. */
export function beginsRun(lastMessageAt: Date | null, now: Date): boolean {
  return lastMessageAt === null || now.getTime() - lastMessageAt.getTime() > lateAfterMs
}

/** The same time, or 1970 for one that the database could not hold: either is no time at which anybody wrote. */
export function storableTime(at: Date): Date {
  const year = at.getUTCFullYear()
  return year >= 1 && year <= 9999 ? at : new Date(0)
}
