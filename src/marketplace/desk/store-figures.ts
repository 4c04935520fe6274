import { z } from 'zod'
import type { Transaction } from '../../storage/database.ts'
import type { FigureRow } from './desk-views.ts'
import { countByState } from './store-surroundings.ts'

/** How much there is, and how much it is looked at. */
export interface FigureStore {
  /** A row for each kelurahan with a shop, or each category with a product; visits since that day. */
  figures(transaction: Transaction, by: 'kelurahan' | 'category', since: Date): Promise<readonly FigureRow[]>
}

const count = z.number()
const rowsShape = z.array(
  z.object({
    ...{ key: z.string(), shops: count, views: count, finds: count, contacts: count },
    ...{ draft: count, waiting: count, needs_fix: count },
    ...{ shown: count, sold_out: count, hidden: count, removed: count },
  }),
)

/** Makes it. */
export function createFigureStore(): FigureStore {
  return {
    async figures(transaction, by, since) {
      const found =
        by === 'kelurahan' ? await byKelurahan(transaction, since) : await byCategory(transaction, since)
      return rowsShape.parse(found).map(({ key, shops, views, finds, contacts, ...states }) => ({
        ...{ key, shops, views, finds, contacts },
        states: countByState((state) => states[state]),
      }))
    },
  }
}

function byKelurahan(transaction: Transaction, since: Date) {
  return transaction.$queryRaw`
    WITH days AS (
      SELECT product_id, sum(views) AS views, sum(finds) AS finds, sum(contacts) AS contacts
      FROM product_day WHERE day >= ${since}::date GROUP BY product_id),
    goods AS (
      SELECT p.shop_id, p.state, d.views, d.finds, d.contacts
      FROM product p LEFT JOIN days d ON d.product_id = p.id)
    SELECT s.kelurahan AS key, count(DISTINCT s.id) FILTER (WHERE s.state = 'active')::int AS shops,
      count(*) FILTER (WHERE g.state = 'draft')::int AS draft,
      count(*) FILTER (WHERE g.state = 'waiting')::int AS waiting,
      count(*) FILTER (WHERE g.state = 'needs_fix')::int AS needs_fix,
      count(*) FILTER (WHERE g.state = 'shown')::int AS shown,
      count(*) FILTER (WHERE g.state = 'sold_out')::int AS sold_out,
      count(*) FILTER (WHERE g.state = 'hidden')::int AS hidden,
      count(*) FILTER (WHERE g.state = 'removed')::int AS removed,
      coalesce(sum(g.views), 0)::int AS views, coalesce(sum(g.finds), 0)::int AS finds,
      coalesce(sum(g.contacts), 0)::int AS contacts
    FROM shop s LEFT JOIN goods g ON g.shop_id = s.id GROUP BY s.kelurahan ORDER BY s.kelurahan`
}

function byCategory(transaction: Transaction, since: Date) {
  return transaction.$queryRaw`
    WITH days AS (
      SELECT product_id, sum(views) AS views, sum(finds) AS finds, sum(contacts) AS contacts
      FROM product_day WHERE day >= ${since}::date GROUP BY product_id)
    SELECT p.category AS key, count(DISTINCT s.id) FILTER (WHERE s.state = 'active')::int AS shops,
      count(*) FILTER (WHERE p.state = 'draft')::int AS draft,
      count(*) FILTER (WHERE p.state = 'waiting')::int AS waiting,
      count(*) FILTER (WHERE p.state = 'needs_fix')::int AS needs_fix,
      count(*) FILTER (WHERE p.state = 'shown')::int AS shown,
      count(*) FILTER (WHERE p.state = 'sold_out')::int AS sold_out,
      count(*) FILTER (WHERE p.state = 'hidden')::int AS hidden,
      count(*) FILTER (WHERE p.state = 'removed')::int AS removed,
      coalesce(sum(d.views), 0)::int AS views, coalesce(sum(d.finds), 0)::int AS finds,
      coalesce(sum(d.contacts), 0)::int AS contacts
    FROM product p JOIN shop s ON s.id = p.shop_id LEFT JOIN days d ON d.product_id = p.id
    GROUP BY p.category ORDER BY p.category`
}
