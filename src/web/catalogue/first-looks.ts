import type { Context } from 'hono'
import { networkOf } from './visitor-limit.ts'

/** Who looked at what today. */
export interface FirstLooks {
  /** Those of the products that nobody from the visitor's network looked at today; they are noted. */
  first(context: Context, products: readonly number[]): readonly number[]
}

const mostLooks = 50_000
const kupangMs = 8 * 3_600_000
const dayMs = 86_400_000

/** Remembers looks for a day in Kupang, so that one visitor makes no product look popular. Beyond `most` the oldest are forgotten. */
export function createFirstLooks(now: () => Date, most = mostLooks): FirstLooks {
  const looks = new Set<string>()
  let today = 0
  return {
    first(context, products) {
      if (products.length === 0) return []
      const day = Math.floor((now().getTime() + kupangMs) / dayMs)
      if (day !== today) looks.clear()
      today = day
      const network = networkOf(context)
      return products.filter((product) => {
        const look = `${product} ${network}`
        if (looks.has(look)) return false
        looks.add(look)
        const [oldest] = looks
        if (looks.size > most && oldest !== undefined) looks.delete(oldest)
        return true
      })
    },
  }
}
