import { z } from 'zod'
import type { Transaction } from '../../storage/database.ts'
import { type Product, type ProductState, productStates, publicStates } from '../product.ts'
import type { AlikeProduct, DayFigures, HistoryLine, Look, ProductView } from './desk-views.ts'
import { bandKey, type PriceBands } from './price-bands.ts'
import { snapshotShape } from './product-snapshot.ts'

/** What is known of a product besides itself. */
export interface SurroundingsStore {
  priceBands(transaction: Transaction): Promise<PriceBands>
  /** Products of a name that is alike, of the same shop first. */
  alike(transaction: Transaction, product: Product): Promise<readonly AlikeProduct[]>
  approval(transaction: Transaction, id: number): Promise<ProductView['approved']>
  /** The newest first. */
  history(transaction: Transaction, id: number, limit: number): Promise<readonly HistoryLine[]>
  statesOfShop(transaction: Transaction, shopId: number): Promise<Readonly<Record<ProductState, number>>>
  figuresOf(transaction: Transaction, id: number, since: Date): Promise<DayFigures>
  /** A colleague who opened it since. */
  lookOfOther(transaction: Transaction, id: number, viewerId: string, since: Date): Promise<Look | undefined>
}

/** Makes it. */
export function createSurroundingsStore(): SurroundingsStore {
  return { priceBands: readPriceBands, alike: findAlike, figuresOf: readFigures, ...createProductReads() }
}

const bandRows = z.array(
  z.object({
    category: z.string(),
    unit: z.string(),
    low: z.number(),
    median: z.number(),
    high: z.number(),
    count: z.number(),
  }),
)

async function readPriceBands(transaction: Transaction): Promise<PriceBands> {
  const rows = await transaction.$queryRaw`
    SELECT category, unit, count(*)::int AS count,
      percentile_disc(0.1) WITHIN GROUP (ORDER BY price) AS low,
      percentile_disc(0.5) WITHIN GROUP (ORDER BY price) AS median,
      percentile_disc(0.9) WITHIN GROUP (ORDER BY price) AS high
    FROM product WHERE state = ANY(${[...publicStates]}) GROUP BY category, unit`
  return new Map(
    bandRows.parse(rows).map(({ category, unit, ...band }) => [bandKey({ category, unit }), band]),
  )
}

const alikeRows = z.array(
  z.object({
    id: z.bigint(),
    name: z.string(),
    price: z.number(),
    unit: z.string(),
    state: z.enum(productStates),
    shop_name: z.string(),
    photo: z.string().nullable(),
    is_same_shop: z.boolean(),
    likeness: z.number(),
  }),
)
const mostAlike = 6
const [ownThreshold, othersThreshold] = [0.35, 0.5]

const findAlike: SurroundingsStore['alike'] = async (transaction, { id, shopId, name, price }) => {
  // Of a whole city's products only what is found by the index is compared.
  await transaction.$executeRaw`
    SELECT set_config('pg_trgm.similarity_threshold', ${String(othersThreshold)}, true)`
  const rows = await transaction.$queryRaw`
    WITH alike AS (
      (SELECT id, shop_id, similarity(name, ${name})::float8 AS likeness, true AS is_same_shop FROM product
        WHERE shop_id = ${shopId}::bigint AND id <> ${id}::bigint AND state <> 'draft'
          AND similarity(name, ${name}) >= ${ownThreshold}
        ORDER BY likeness DESC, abs(price - ${price}), id LIMIT ${mostAlike})
      UNION ALL
      (SELECT id, shop_id, similarity(name, ${name})::float8, false FROM product
        WHERE name % ${name} AND shop_id <> ${shopId}::bigint AND state <> 'draft'
        ORDER BY 3 DESC, abs(price - ${price}), id LIMIT ${mostAlike}))
    SELECT p.id, p.name, p.price, p.unit, p.state, s.name AS shop_name, a.is_same_shop, a.likeness,
      (SELECT f.id::text FROM product_photo f WHERE f.product_id = p.id ORDER BY f.position LIMIT 1) AS photo
    FROM alike a JOIN product p ON p.id = a.id JOIN shop s ON s.id = a.shop_id
    ORDER BY a.is_same_shop DESC, a.likeness DESC, p.id`
  return alikeRows.parse(rows).map((row) => {
    const { id: other, shop_name: shopName, is_same_shop: isSameShop, photo, likeness, ...product } = row
    return {
      product: { ...product, id: Number(other) },
      shopName,
      isSameShop,
      likeness,
      photo: photo ?? undefined,
    }
  })
}

const figureRows = z.tuple([z.object({ views: z.number(), finds: z.number(), contacts: z.number() })])

const readFigures: SurroundingsStore['figuresOf'] = async (transaction, id, since) => {
  const rows = await transaction.$queryRaw`
    SELECT coalesce(sum(views), 0)::int AS views, coalesce(sum(finds), 0)::int AS finds,
      coalesce(sum(contacts), 0)::int AS contacts
    FROM product_day WHERE product_id = ${id}::bigint AND day >= ${since}::date`
  return figureRows.parse(rows)[0]
}

const doers = z.enum(['owner', 'staff', 'system'])
const stateCounts = z.array(z.object({ state: z.enum(productStates), _count: z.number() }))

function createProductReads(): Pick<
  SurroundingsStore,
  'approval' | 'history' | 'statesOfShop' | 'lookOfOther'
> {
  return {
    async approval(transaction, id) {
      const row = await transaction.productApproval.findUnique({ where: { productId: BigInt(id) } })
      return row === null ? undefined : { at: row.at, by: row.by, was: snapshotShape.parse(row.was) }
    },
    async history(transaction, id, limit) {
      const rows = await transaction.productChange.findMany({
        where: { productId: BigInt(id) },
        orderBy: { id: 'desc' },
        take: limit,
      })
      return rows.map(({ at, byType, by, what, details }) => ({
        ...{ at, by: doers.parse(byType), name: by ?? undefined, what, details: details ?? undefined },
      }))
    },
    async statesOfShop(transaction, shopId) {
      const rows = await transaction.product.groupBy({
        by: ['state'],
        where: { shopId: BigInt(shopId) },
        _count: true,
      })
      const counts = new Map(stateCounts.parse(rows).map(({ state, _count }) => [state, _count]))
      return countByState((state) => counts.get(state) ?? 0)
    },
    async lookOfOther(transaction, id, viewerId, since) {
      const row = await transaction.productLook.findFirst({
        where: { productId: BigInt(id), officerId: { not: viewerId }, at: { gt: since } },
        select: { by: true, at: true },
      })
      return row ?? undefined
    },
  }
}

/** A number for each state. */
export function countByState(count: (state: ProductState) => number): Readonly<Record<ProductState, number>> {
  return {
    ...{ draft: count('draft'), waiting: count('waiting'), needs_fix: count('needs_fix') },
    ...{ shown: count('shown'), sold_out: count('sold_out') },
    ...{ hidden: count('hidden'), removed: count('removed') },
  }
}
