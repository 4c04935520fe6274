/** Counts how often a form of one link was sent. */
export interface Tries {
  /** Whether the link may be sent once more. */
  take(token: string): boolean
}

const most = 20
const spanMs = 15 * 60_000
const mostTokens = 10_000

/** Twenty forms a link in its fifteen minutes: enough for any mistake, too few to try numbers. */
export function createTries(now: () => Date): Tries {
  const counts = new Map<string, { count: number; since: number }>()
  return {
    take(token) {
      const at = now().getTime()
      const known = counts.get(token)
      const entry = known === undefined || at - known.since > spanMs ? { count: 0, since: at } : known
      entry.count++
      counts.delete(token)
      counts.set(token, entry)
      // The links that were used longest ago go first; a wrong token cannot push out more than others.
      const [oldest] = counts.keys()
      if (counts.size > mostTokens && oldest !== undefined) counts.delete(oldest)
      return entry.count <= most
    },
  }
}
