import type { Context } from 'hono'
import { clientNetwork } from '../../staff/sign-in/client-address.ts'
import { signInHeaders } from '../desk/desk-request.ts'

/** Counts what visitors do, by the network that they come from. */
export interface VisitorLimit {
  /** Whether the visitor may do it once more. */
  take(context: Context): boolean
}

const mostVisitors = 10_000

/** The network that a visitor comes from: of IPv6 the half that one customer has whole. */
export function networkOf(context: Context): string {
  return clientNetwork(signInHeaders(context))
}

/** At most so many times in a span. Behind one address of a phone company there are many people: limits are wide. */
export function createVisitorLimit(
  { most, spanMs }: { readonly most: number; readonly spanMs: number },
  now: () => Date,
): VisitorLimit {
  const counts = new Map<string, { readonly since: number; count: number }>()
  return {
    take(context) {
      const network = networkOf(context)
      const at = now().getTime()
      const known = counts.get(network)
      const entry = known === undefined || at - known.since >= spanMs ? { since: at, count: 0 } : known
      entry.count += 1
      counts.delete(network)
      counts.set(network, entry)
      // Those that were here longest ago are forgotten first.
      const [oldest] = counts.keys()
      if (counts.size > mostVisitors && oldest !== undefined) counts.delete(oldest)
      return entry.count <= most
    },
  }
}
