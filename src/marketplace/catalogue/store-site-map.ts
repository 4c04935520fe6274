import { z } from 'zod'
import type { Database } from '../../storage/database.ts'
import { isPublicProduct } from './store-sql.ts'

/** A page that search engines may list. */
export interface SiteMapEntry {
  readonly id: number
  readonly name: string
  /** When it last changed. */
  readonly changedAt: Date
}

/** What search engines are told of the catalogue. */
export interface SiteMapStore {
  /** How many products and shops there are. */
  siteMapSize(): Promise<{ readonly products: number; readonly shops: number }>
  siteMapProducts(offset: number, limit: number): Promise<readonly SiteMapEntry[]>
  /** Shops with something to show. */
  siteMapShops(offset: number, limit: number): Promise<readonly SiteMapEntry[]>
}

const sizeRows = z.tuple([z.object({ products: z.number(), shops: z.number() })])
const entryRows = z.array(
  z.object({ id: z.bigint().transform(Number), name: z.string(), changedAt: z.date() }),
)

const listed = `product p JOIN shop s ON s.id = p.shop_id WHERE ${isPublicProduct}`
const sizeSql = `SELECT count(*)::int AS products, count(DISTINCT s.id)::int AS shops FROM ${listed}`
const productsSql = `SELECT p.id, p.name, p.changed_at AS "changedAt" FROM ${listed} ORDER BY p.id OFFSET $1 LIMIT $2`
const shopsSql = `SELECT s.id, s.name, max(p.changed_at) AS "changedAt" FROM ${listed}
  GROUP BY s.id, s.name ORDER BY s.id OFFSET $1 LIMIT $2`

/** Makes it. */
export function createSiteMapStore(prisma: Database): SiteMapStore {
  const entries = async (sql: string, offset: number, limit: number) =>
    entryRows.parse(await prisma.$queryRawUnsafe(sql, offset, limit))
  return {
    async siteMapSize() {
      const [size] = sizeRows.parse(await prisma.$queryRawUnsafe(sizeSql))
      return size
    },
    siteMapProducts: (offset, limit) => entries(productsSql, offset, limit),
    siteMapShops: (offset, limit) => entries(shopsSql, offset, limit),
  }
}
