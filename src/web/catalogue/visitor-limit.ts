import type { Context } from 'hono'
import { signInHeaders } from '../desk/desk-request.ts'

/** Counts what visitors do, by their address. */
export interface VisitorLimit {
  /** Whether the visitor may do it once more. */
  take(context: Context): boolean
}

const mostVisitors = 10_000

/** At most so many times in a span. Behind one address of a phone company there are many people: limits are wide. */
export function createVisitorLimit(
  { most, spanMs }: { readonly most: number; readonly spanMs: number },
  now: () => Date,
): VisitorLimit {
  const counts = new Map<string, { readonly since: number; count: number }>()
  return {
    take(context) {
      const address = signInHeaders(context).get('x-forwarded-for') ?? ''
      const at = now().getTime()
      const known = counts.get(address)
      const entry = known === undefined || at - known.since >= spanMs ? { since: at, count: 0 } : known
      entry.count += 1
      counts.delete(address)
      counts.set(address, entry)
      // Those that were here longest ago are forgotten first.
      const [oldest] = counts.keys()
      if (counts.size > mostVisitors && oldest !== undefined) counts.delete(oldest)
      return entry.count <= most
    },
  }
}
