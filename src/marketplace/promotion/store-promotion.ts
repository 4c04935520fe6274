import type { Transaction } from '../../storage/database.ts'

/** A product that has a place in a digest, and the place. */
export interface DigestPick {
  readonly placeId: number
  readonly productId: number
  readonly shopId: number
}

/** One that waits; `isFirst` where whoever asked never had a place. */
export interface WaitingPick extends DigestPick {
  readonly isFirst: boolean
}

/**
 * Chooses at most so many of those who asked for a place in the digest, one of a shop: everybody once before anybody twice, and among
 * those the one who asked first. Only what is shown now. Others who choose wait until the end of the transaction; nothing is noted
 * until `feature`.
 */
export type DigestChoice = (transaction: Transaction, count: number) => Promise<readonly WaitingPick[]>

/** Places in the weekly digest: asked for, in turn, and given. */
export interface PromotionStore {
  /** The place that the shop waits for. */
  waiting(transaction: Transaction, shopId: number): Promise<DigestPick | undefined>
  ask(transaction: Transaction, shopId: number, productId: number, at: Date): Promise<void>
  /** Gives the place that a shop waits for to another product of it. */
  change(transaction: Transaction, placeId: number, productId: number): Promise<void>
  /** How many would be chosen before the shop. */
  countBefore(transaction: Transaction, shopId: number): Promise<number>
  readonly pickForDigest: DigestChoice
  /** Notes that these places are taken into a digest, the broadcast of that number. */
  feature(
    transaction: Transaction,
    placeIds: readonly number[],
    taken: { readonly broadcast: number; readonly at: Date },
  ): Promise<void>
  /** Gives back the places of a digest that was not sent: they wait again, as before. */
  release(transaction: Transaction, broadcast: number): Promise<void>
}

/** Makes the store. */
export function createPromotionStore(): PromotionStore {
  return {
    async waiting(transaction, shopId) {
      const row = await transaction.digestPlace.findFirst({
        where: { shopId: BigInt(shopId), featuredAt: null },
        orderBy: { id: 'asc' },
      })
      return row === null ? undefined : { placeId: Number(row.id), productId: Number(row.productId), shopId }
    },
    async ask(transaction, shopId, productId, askedAt) {
      await transaction.digestPlace.create({
        data: { shopId: BigInt(shopId), productId: BigInt(productId), askedAt },
        select: { id: true },
      })
    },
    async change(transaction, placeId, productId) {
      await transaction.digestPlace.update({
        where: { id: BigInt(placeId) },
        data: { productId: BigInt(productId) },
        select: { id: true },
      })
    },
    async countBefore(transaction, shopId) {
      const line = await inLine(transaction, 1_000_000)
      const place = line.findIndex((pick) => pick.shopId === shopId)
      return place === -1 ? line.length : place
    },
    async pickForDigest(transaction, count) {
      await transaction.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('lopo digest', 0))::text`
      return inLine(transaction, count)
    },
    async feature(transaction, placeIds, { broadcast, at }) {
      await transaction.digestPlace.updateMany({
        where: { id: { in: placeIds.map(BigInt) } },
        data: { featuredAt: at, broadcast },
      })
    },
    async release(transaction, broadcast) {
      await transaction.digestPlace.updateMany({
        where: { broadcast },
        data: { featuredAt: null, broadcast: null },
      })
    },
  }
}

/**
 * Who waits, in turn. How often somebody had a place is counted for the person, whatever shop it was of; an owner whom nobody knows
 * yet is the shop.
 */
async function inLine(transaction: Transaction, most: number): Promise<readonly WaitingPick[]> {
  const rows = await transaction.$queryRaw<
    {
      readonly id: bigint
      readonly product_id: bigint
      readonly shop_id: bigint
      readonly is_first: boolean
    }[]
  >`
    SELECT w.id, w.product_id, w.shop_id, w.times = 0 AS is_first
    FROM (
      SELECT DISTINCT ON (coalesce(s.contact_id::text, s.id::text)) d.id, d.product_id, d.shop_id, d.asked_at,
        (SELECT count(*) FROM digest_place f JOIN shop o ON o.id = f.shop_id
          WHERE f.featured_at IS NOT NULL AND (o.id = s.id OR o.contact_id = s.contact_id)) AS times
      FROM digest_place d
      JOIN shop s ON s.id = d.shop_id AND s.state = 'active'
      JOIN product p ON p.id = d.product_id AND p.shop_id = s.id AND p.state = 'shown'
      WHERE d.featured_at IS NULL
        AND EXISTS (SELECT 1 FROM shop_consent c
          WHERE c.shop_id = s.id AND c.purpose = 'publish' AND c.ended_at IS NULL)
      ORDER BY coalesce(s.contact_id::text, s.id::text), d.asked_at, d.id
    ) w
    ORDER BY w.times, w.asked_at, w.id
    LIMIT ${most}`
  return rows.map((row) => ({
    placeId: Number(row.id),
    productId: Number(row.product_id),
    shopId: Number(row.shop_id),
    isFirst: row.is_first,
  }))
}
