import type { Context } from 'hono'
import { kupangDay } from './kupang-day.ts'
import { networkOf } from './visitor-limit.ts'

/** Which products each network asked for today. */
export interface DailyProducts {
  /** Notes one more; false when it would be one more than a network may ask for in a day. */
  take(context: Context, product: number): boolean
}

export interface DailyProductsOptions {
  /** How many different products a network may ask for in a day. */
  readonly most: number
  readonly mostNetworks?: number
}

const usualNetworks = 10_000

/** Remembers them for a day in Kupang. Beyond `mostNetworks` those are forgotten that asked for nothing for longest. */
export function createDailyProducts(
  { most, mostNetworks = usualNetworks }: DailyProductsOptions,
  now: () => Date,
): DailyProducts {
  const asked = new Map<string, Set<number>>()
  let today = 0
  return {
    take(context, product) {
      const day = kupangDay(now())
      if (day !== today) asked.clear()
      today = day
      const network = networkOf(context)
      const products = asked.get(network) ?? new Set()
      asked.delete(network)
      asked.set(network, products)
      const [oldest] = asked.keys()
      if (asked.size > mostNetworks && oldest !== undefined) asked.delete(oldest)
      if (products.has(product)) return true
      if (products.size >= most) return false
      products.add(product)
      return true
    },
  }
}
