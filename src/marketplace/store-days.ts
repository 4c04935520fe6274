import type { Database } from '../storage/database.ts'
import type { DayCounterDeps } from './day-counts.ts'

/** Adds counts to the days of products; those of products that are gone are dropped. */
export function createWriteDays(prisma: Database): DayCounterDeps['write'] {
  return async (counts) => {
    const rows = counts.map(({ productId, day, what, times }) => ({
      ...{ product_id: productId, day: day.toISOString().slice(0, 10) },
      ...{ views: 0, finds: 0, contacts: 0, [what]: times },
    }))
    await prisma.$executeRaw`
      INSERT INTO product_day (product_id, day, views, finds, contacts)
      SELECT c.product_id, c.day, sum(c.views), sum(c.finds), sum(c.contacts)
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS c(product_id bigint, day date, views int, finds int, contacts int)
      JOIN product p ON p.id = c.product_id
      GROUP BY c.product_id, c.day
      ON CONFLICT (product_id, day) DO UPDATE SET
        views = product_day.views + excluded.views,
        finds = product_day.finds + excluded.finds,
        contacts = product_day.contacts + excluded.contacts`
  }
}
