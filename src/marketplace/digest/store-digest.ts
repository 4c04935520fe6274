import { z } from 'zod'
import { sql, type Transaction } from '../../storage/database.ts'

/** A product of a shop. */
interface ShopProduct {
  readonly shopId: number
  readonly productId: number
}

/** What a broadcast tells of: the products of the digest that it is, or one product. */
export type ToldProducts = { readonly digest: number } | { readonly product: number }

/** A place in a digest as officers see it. */
export interface PlaceLine {
  readonly productId: number
  readonly product: string
  readonly shop: string
  /** Kemendagri code with dots. */
  readonly kelurahan: string
  readonly askedAt: Date
  readonly featuredAt: Date | undefined
  /** The broadcast it was in. */
  readonly broadcast: number | undefined
  /** Nobody asked: it filled the digest. */
  readonly isFilling: boolean
}

/** Digests of products in PostgreSQL, besides the places that owners ask for. */
export interface DigestStore {
  /** The newest shops that were never in a digest and do not wait for one, each with its newest product that is shown. */
  newcomers(transaction: Transaction, most: number): Promise<readonly ShopProduct[]>
  /** Notes that these are in a digest though nobody asked. */
  give(
    transaction: Transaction,
    products: readonly ShopProduct[],
    taken: { readonly broadcast: number; readonly at: Date },
  ): Promise<void>
  /** Digests since then that were cancelled before they left, or removed, and still hold places. */
  unsent(transaction: Transaction, since: Date): Promise<readonly number[]>
  /** Forgets what `give` noted of this one. */
  takeBack(transaction: Transaction, broadcast: number): Promise<void>
  /** Names of products of a digest, or of the one product, that nobody may see now; its number where there is none any more. */
  withdrawn(transaction: Transaction, of: ToldProducts): Promise<readonly string[]>
  /** Who had a place, the latest first. */
  had(transaction: Transaction, most: number): Promise<readonly PlaceLine[]>
  /** The same of these products that wait, in that order. */
  waiting(transaction: Transaction, placeIds: readonly number[]): Promise<readonly PlaceLine[]>
  /** How many wait whose product cannot be told now: it is hidden, or waits for an officer. */
  resting(transaction: Transaction, placeIds: readonly number[]): Promise<number>
}

const productRows = z.array(
  z.object({ shop_id: z.bigint().transform(Number), product_id: z.bigint().transform(Number) }),
)
const withdrawnRows = z.array(
  z.object({ id: z.bigint(), name: z.string().nullable() }).transform(({ id, name }) => name ?? String(id)),
)
const broadcastRows = z.array(z.object({ broadcast: z.number() }))
const lineRows = z.array(
  z
    .object({
      ...{ id: z.bigint().transform(Number), product_id: z.bigint().transform(Number), product: z.string() },
      ...{ shop: z.string(), kelurahan: z.string(), asked_at: z.date(), featured_at: z.date().nullable() },
      broadcast: z.number().nullable(),
    })
    .transform((row) => ({
      id: row.id,
      line: {
        ...{ productId: row.product_id, product: row.product, shop: row.shop, kelurahan: row.kelurahan },
        ...{ askedAt: row.asked_at, featuredAt: row.featured_at ?? undefined },
        broadcast: row.broadcast ?? undefined,
        isFilling: row.featured_at?.getTime() === row.asked_at.getTime(),
      } satisfies PlaceLine,
    })),
)

/** Makes the store. A place that nobody asked for is one that was asked for when it was given. */
export function createDigestStore(): DigestStore {
  return { ...createGiving(), ...createLines(), withdrawn: findWithdrawn }
}

async function findWithdrawn(transaction: Transaction, of: ToldProducts): Promise<readonly string[]> {
  const told =
    'product' in of
      ? sql`SELECT ${BigInt(of.product)}::bigint AS id`
      : sql`SELECT DISTINCT product_id AS id FROM digest_place WHERE broadcast = ${of.digest}`
  const rows = await transaction.$queryRaw`
    SELECT told.id, p.name FROM (${told}) told
    LEFT JOIN product p ON p.id = told.id LEFT JOIN shop s ON s.id = p.shop_id
    WHERE NOT coalesce(p.state IN ('shown', 'sold_out') AND s.state = 'active', false) OR NOT EXISTS (
      SELECT 1 FROM shop_consent c WHERE c.shop_id = s.id AND c.purpose = 'publish' AND c.ended_at IS NULL)
    ORDER BY told.id`
  return withdrawnRows.parse(rows)
}

function createGiving(): Pick<DigestStore, 'newcomers' | 'give' | 'unsent' | 'takeBack'> {
  return {
    async newcomers(transaction, most) {
      const rows = await transaction.$queryRaw`
        SELECT s.id AS shop_id, p.id AS product_id FROM shop s
        JOIN LATERAL (SELECT id FROM product WHERE shop_id = s.id AND state = 'shown' ORDER BY id DESC LIMIT 1) p ON true
        WHERE s.state = 'active'
          AND EXISTS (SELECT 1 FROM shop_consent c
            WHERE c.shop_id = s.id AND c.purpose = 'publish' AND c.ended_at IS NULL)
          AND NOT EXISTS (SELECT 1 FROM digest_place d JOIN shop o ON o.id = d.shop_id
            WHERE o.id = s.id OR o.contact_id = s.contact_id)
        ORDER BY s.created_at DESC, s.id DESC LIMIT ${most}`
      return productRows.parse(rows).map((row) => ({ shopId: row.shop_id, productId: row.product_id }))
    },
    async give(transaction, products, { broadcast, at }) {
      await transaction.digestPlace.createMany({
        data: products.map(({ shopId, productId }) => ({
          ...{ shopId: BigInt(shopId), productId: BigInt(productId) },
          ...{ askedAt: at, featuredAt: at, broadcast },
        })),
      })
    },
    async unsent(transaction, since) {
      const rows = await transaction.$queryRaw`
        SELECT DISTINCT d.broadcast FROM digest_place d LEFT JOIN broadcast b ON b.id = d.broadcast
        WHERE d.broadcast IS NOT NULL AND d.featured_at > ${since}
          AND (b.id IS NULL OR (b.state = 'cancelled' AND b.started_at IS NULL))`
      return broadcastRows.parse(rows).map(({ broadcast }) => broadcast)
    },
    async takeBack(transaction, broadcast) {
      await transaction.$executeRaw`
        DELETE FROM digest_place WHERE broadcast = ${broadcast} AND featured_at = asked_at`
    },
  }
}

function createLines(): Pick<DigestStore, 'had' | 'waiting' | 'resting'> {
  return {
    async had(transaction, most) {
      const rows = await transaction.$queryRaw`
        SELECT d.id, d.product_id, p.name AS product, s.name AS shop, s.kelurahan, d.asked_at, d.featured_at, d.broadcast
        FROM digest_place d JOIN product p ON p.id = d.product_id JOIN shop s ON s.id = d.shop_id
        WHERE d.featured_at IS NOT NULL ORDER BY d.featured_at DESC, d.id LIMIT ${most}`
      return lineRows.parse(rows).map(({ line }) => line)
    },
    async waiting(transaction, placeIds) {
      const rows = await transaction.$queryRaw`
        SELECT d.id, d.product_id, p.name AS product, s.name AS shop, s.kelurahan, d.asked_at, d.featured_at, d.broadcast
        FROM digest_place d JOIN product p ON p.id = d.product_id JOIN shop s ON s.id = d.shop_id
        WHERE d.id = ANY (${placeIds.map(BigInt)}::bigint[])`
      const lines = new Map(lineRows.parse(rows).map(({ id, line }) => [id, line]))
      return placeIds.flatMap((id) => lines.get(id) ?? [])
    },
    resting: (transaction, placeIds) =>
      transaction.digestPlace.count({
        where: { featuredAt: null, id: { notIn: placeIds.map(BigInt) } },
      }),
  }
}
