import { z } from 'zod'
import type { Database } from '../../storage/database.ts'
import { readTogether } from '../../storage/read-together.ts'
import type { ListedProduct, Listing, ListingNarrow, Looked, Overview, ShopListing } from './listing.ts'
import { cardRow, listingRow, overviewRow, productRow, shopRow } from './store-catalogue-rows.ts'
import { createSiteMapStore, type SiteMapStore } from './store-site-map.ts'
import {
  cardOf,
  isPublicProduct,
  isPublicShop,
  papersOf,
  photoOf,
  shopOf,
  wasPublicShop,
} from './store-sql.ts'

/** What a report of a listing says. */
export interface ListingReport {
  readonly productId: number
  /** A code of `reports` in flows/content/umkm.yaml. */
  readonly reason: string
  readonly words: string
  readonly at: Date
}

/** What a page of a list begins after, and how many it holds. */
export interface Span {
  readonly offset: number
  readonly limit: number
}

/** The catalogue in PostgreSQL: only what anybody may see leaves it. */
export interface CatalogueStore extends SiteMapStore {
  overview(): Promise<Overview>
  /** Ready and not sold out, the newest first. */
  newest(limit: number): Promise<Listing['products']>
  /** What is in stock first, then the newest. */
  list(narrow: ListingNarrow, span: Span): Promise<Listing>
  product(id: number): Promise<Looked<ListedProduct>>
  shop(id: number, span: Span): Promise<Looked<ShopListing>>
  /** The name and the shop of a product that anybody may see. */
  offerOf(id: number): Promise<{ readonly name: string; readonly shopId: number } | undefined>
  /** Whether a picture may be shown to anybody: a photo of a product that is in the catalogue now. */
  isPublicPicture(id: string): Promise<boolean>
  /** Puts a report down. */
  report(report: ListingReport): Promise<void>
}

const mostOthers = 4
const inOrder = `(p.state = 'sold_out'), p.shown_at DESC NULLS LAST, p.id DESC`

const newestSql = `
  SELECT coalesce(json_agg(card ORDER BY shown_at DESC, id DESC), '[]') AS answer FROM (
    SELECT ${cardOf} AS card, p.shown_at, p.id FROM product p JOIN shop s ON s.id = p.shop_id
    WHERE ${isPublicProduct} AND p.state = 'shown' AND p.availability = 'ready' AND p.shown_at IS NOT NULL
    ORDER BY p.shown_at DESC, p.id DESC LIMIT $1) newest`

const overviewSql = `
  WITH listed AS MATERIALIZED (
    SELECT p.id, p.category, s.kelurahan, p.state, p.shown_at
    FROM product p JOIN shop s ON s.id = p.shop_id WHERE ${isPublicProduct}),
  counted AS (
    SELECT category, kelurahan, count(*) AS count FROM listed GROUP BY GROUPING SETS ((category), (kelurahan))),
  pictured AS (
    SELECT DISTINCT ON (category) category, id FROM listed p
    WHERE EXISTS (SELECT 1 FROM product_photo h WHERE h.product_id = p.id)
    ORDER BY category, ${inOrder})
  SELECT json_build_object(
    'categories', (SELECT coalesce(json_agg(json_build_object(
        'code', category, 'count', count, 'photo', ${photoOf('pictured.id')})), '[]')
      FROM counted LEFT JOIN pictured USING (category) WHERE category IS NOT NULL),
    'kelurahan', (SELECT coalesce(json_agg(json_build_object('code', kelurahan, 'count', count)), '[]')
      FROM counted WHERE kelurahan IS NOT NULL)) AS answer`

/** A list narrowed by a condition of one value, $1; its span is $2 and $3. */
const listSql = (condition: string) => `
  WITH listed AS MATERIALIZED (
    SELECT p.id, p.state, p.shown_at FROM product p JOIN shop s ON s.id = p.shop_id
    WHERE ${isPublicProduct} AND ${condition}),
  page AS (SELECT id FROM listed p ORDER BY ${inOrder} LIMIT $2 OFFSET $3)
  SELECT json_build_object(
    'total', (SELECT count(*) FROM listed),
    'products', (SELECT coalesce(json_agg(${cardOf} ORDER BY ${inOrder}), '[]')
      FROM page JOIN product p USING (id) JOIN shop s ON s.id = p.shop_id)) AS answer`

const lists = {
  all: listSql('$1::text IS NULL'),
  category: listSql('p.category = $1::text'),
  kelurahan: listSql('s.kelurahan = $1::text'),
  shop: listSql('s.id = $1::bigint'),
} as const

const productSql = `
  SELECT p.id, CASE
    WHEN NOT (${isPublicProduct}) THEN json_build_object('category', p.category,
      'wasShown', p.shown_at IS NOT NULL OR p.state IN ('hidden', 'removed'))
    ELSE json_build_object('page', json_build_object(
      'id', p.id, 'name', p.name, 'description', p.description, 'category', p.category, 'price', p.price,
      'unit', p.unit, 'availability', p.availability, 'halal', p.halal, 'soldOut', p.state = 'sold_out',
      'photos', (SELECT coalesce(json_agg(json_build_object('id', h.id, 'width', h.width, 'height', h.height)
        ORDER BY h.position), '[]') FROM product_photo h WHERE h.product_id = p.id),
      'papers', ${papersOf(`(a.product_id IS NULL OR a.product_id = p.id) AND (a.kind <> 'halal' OR p.halal = 'certified')`)},
      'shop', ${shopOf},
      'hasContact', s.phone IS NOT NULL AND EXISTS (SELECT 1 FROM shop_consent c
        WHERE c.shop_id = s.id AND c.purpose = 'contact' AND c.ended_at IS NULL),
      'others', (SELECT coalesce(json_agg(card), '[]') FROM (SELECT ${cardOf} AS card
        FROM product p WHERE p.shop_id = s.id AND p.id <> wanted.id AND p.state IN ('shown', 'sold_out')
        ORDER BY ${inOrder} LIMIT ${mostOthers}) others)))
  END AS answer
  FROM unnest($1::bigint[]) AS wanted (id) JOIN product p ON p.id = wanted.id JOIN shop s ON s.id = p.shop_id`

const shopSql = `
  SELECT CASE WHEN ${isPublicShop} THEN json_build_object('page', ${shopOf})
    ELSE json_build_object('wasShown', ${wasPublicShop}) END AS answer
  FROM shop s WHERE s.id = $1`

const pictureSql = `
  SELECT h.id, true AS answer FROM product_photo h JOIN product p ON p.id = h.product_id JOIN shop s ON s.id = p.shop_id
  WHERE h.id = ANY($1::uuid[]) AND ${isPublicProduct}`

const offerSql = `
  SELECT json_build_object('name', p.name, 'shopId', p.shop_id) AS answer
  FROM product p JOIN shop s ON s.id = p.shop_id WHERE p.id = $1 AND ${isPublicProduct}`

const looked = <Page extends z.ZodType>(page: Page) =>
  z.union([
    z.object({ page }),
    z.object({ wasShown: z.boolean(), category: z.string().optional() }).transform((rest) => ({
      ...rest,
      page: undefined,
    })),
  ])
const lookedProduct = looked(productRow)
const lookedShop = looked(shopRow)
const answers = z.array(z.object({ answer: z.unknown() }))
const answersById = z.array(
  z.object({ id: z.union([z.bigint().transform(Number), z.uuid()]), answer: z.unknown() }),
)
const offerShape = z.object({ name: z.string(), shopId: z.number() }).optional()

/** Makes it. */
export function createCatalogueStore(prisma: Database): CatalogueStore {
  const ask = async (sql: string, ...values: readonly unknown[]): Promise<unknown> => {
    // The statements are the constants above: nothing that anybody wrote becomes a part of them.
    const [row] = answers.parse(await prisma.$queryRawUnsafe(sql, ...values))
    return row?.answer
  }
  const askMany = <Id extends number | string>(sql: string) =>
    readTogether<Id, unknown>(async (ids) => {
      const rows = answersById.parse(await prisma.$queryRawUnsafe(sql, ids))
      const byId = new Map<number | string, unknown>(rows.map(({ id, answer }) => [id, answer]))
      return ids.map((id) => byId.get(id))
    })
  const askProduct = askMany<number>(productSql)
  const askPicture = askMany<string>(pictureSql)
  const list: CatalogueStore['list'] = async ({ category, kelurahan, shopId }, { offset, limit }) => {
    const [sql, value] =
      shopId !== undefined
        ? [lists.shop, shopId]
        : kelurahan !== undefined
          ? [lists.kelurahan, kelurahan]
          : category !== undefined
            ? [lists.category, category]
            : [lists.all, null]
    return listingRow.parse(await ask(sql, value, limit, offset))
  }
  return {
    ...createSiteMapStore(prisma),
    list,
    overview: async () => overviewRow.parse(await ask(overviewSql)),
    newest: async (limit) => z.array(cardRow).parse(await ask(newestSql, limit)),
    async product(id) {
      const read = lookedProduct.optional().parse(await askProduct(id))
      return read?.page === undefined ? absent(read) : { type: 'found', found: read.page }
    },
    async shop(id, span) {
      const read = lookedShop.optional().parse(await ask(shopSql, id))
      if (read?.page === undefined) return absent(read)
      return { type: 'found', found: { shop: read.page, ...(await list({ shopId: id }, span)) } }
    },
    offerOf: async (id) => offerShape.parse(await ask(offerSql, id)),
    isPublicPicture: async (id) => (await askPicture(id)) === true,
    async report({ productId, reason, words, at }) {
      const data = { productId: BigInt(productId), reason, words, at }
      await prisma.productReport.create({ data, select: { id: true } })
    },
  }
}

function absent(
  read: { readonly wasShown: boolean; readonly category?: string | undefined } | undefined,
): Looked<never> {
  return read?.wasShown === true ? { type: 'gone', category: read.category } : { type: 'unknown' }
}
