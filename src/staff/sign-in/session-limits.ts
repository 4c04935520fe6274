/** How long a session lasts at most, and how long without a request, in hours. */
export const sessionHours = { longest: 12, idle: 1 } as const

/** The last moment before which a session must have been seen, not to have ended by standing idle. */
export function idleSince(now: Date): Date {
  return new Date(now.getTime() - sessionHours.idle * 3_600_000)
}

/** The machine's clock, by which the sign-in library dates what expires, also where a test holds ours still. */
export function libraryNow(): Date {
  return new Date()
}
