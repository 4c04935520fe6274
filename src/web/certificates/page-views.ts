/** Counts how often pages are looked at from an address. */
export interface PageViews {
  /** Whether the address may look once more. */
  take(address: string): boolean
}

const most = 120
const spanMs = 10 * 60_000
const mostAddresses = 10_000

/** 120 pages an address in ten minutes: a hall full of people behind one address may look, a program that tries tokens is slow. */
export function createPageViews(now: () => Date): PageViews {
  const counts = new Map<string, { readonly since: number; count: number }>()
  return {
    take(address) {
      const at = now().getTime()
      const known = counts.get(address)
      const entry = known === undefined || at - known.since >= spanMs ? { since: at, count: 0 } : known
      entry.count += 1
      counts.delete(address)
      counts.set(address, entry)
      // Those that were here longest ago are forgotten first.
      const [oldest] = counts.keys()
      if (counts.size > mostAddresses && oldest !== undefined) counts.delete(oldest)
      return entry.count <= most
    },
  }
}
