import type { Context } from 'hono'
import type { DayCount } from '../../marketplace/day-counts.ts'
import { kupangDay } from './kupang-day.ts'
import { networkOf } from './visitor-limit.ts'

/** Who looked at what today, and asked whom. */
export interface FirstLooks {
  /** Those of the products with which nobody from the visitor's network did that today; they are noted. */
  first(context: Context, what: DayCount['what'], products: readonly number[]): readonly number[]
}

const mostLooks = 50_000

/** Remembers looks for a day in Kupang, so that one visitor makes no product look popular or asked for. Beyond `most` the oldest are forgotten. */
export function createFirstLooks(now: () => Date, most = mostLooks): FirstLooks {
  const looks = new Set<string>()
  let today = 0
  return {
    first(context, what, products) {
      if (products.length === 0) return []
      const day = kupangDay(now())
      if (day !== today) looks.clear()
      today = day
      const network = networkOf(context)
      return products.filter((product) => {
        const look = `${what} ${product} ${network}`
        if (looks.has(look)) return false
        looks.add(look)
        const [oldest] = looks
        if (looks.size > most && oldest !== undefined) looks.delete(oldest)
        return true
      })
    },
  }
}
