import { z } from 'zod'
import { joinSql, type Sql, sql, type Transaction } from '../../storage/database.ts'
import { availabilities, halalStates } from '../product.ts'
import type { WordQuestion } from './resolve-slots.ts'
import type { ProductCard, ProductQuery } from './search.ts'

/** Which products, beside what their words say. */
export type ProductFilter = Omit<ProductQuery, 'words'>

/** Where a page begins, and how many results it has. */
export interface Page {
  readonly offset: number
  readonly limit: number
}

/** Results of a page, and how many there are in all. */
export interface FoundPage {
  readonly products: readonly ProductCard[]
  readonly total: number
}

/** The most that are counted, and the last that a page shows. */
const MOST = 1_000
const HIGHEST_PRICE = 2_147_483_647

const card = z.object({
  id: z.number(),
  name: z.string(),
  price: z.number(),
  unit: z.string(),
  category: z.string(),
  halal: z.enum(halalStates),
  isProven: z.boolean(),
  availability: z.enum(availabilities),
  soldOut: z.boolean(),
  shopId: z.number(),
  shopName: z.string(),
  kelurahan: z.string(),
  photo: z
    .string()
    .nullable()
    .transform((id) => id ?? undefined),
})
const counted = z.array(z.object({ total: z.number() }))
const wordRows = z.array(z.object({ word: z.string() }))

/** The words that products have, of those that are asked for. */
export async function readWords(client: Transaction, question: WordQuestion): Promise<readonly string[]> {
  const { words, forms, skeletons } = question
  const rows = await client.$queryRaw`
    SELECT word FROM search_word WHERE word = ANY(${words}::text[])
    UNION SELECT word FROM search_word WHERE near && ${forms}::text[]
    UNION SELECT word FROM search_word WHERE skeleton = ANY(${skeletons}::text[])`
  return wordRows.parse(rows).map(({ word }) => word)
}

/** The words that look most like one that is like none by its letters. */
export async function readAlike(client: Transaction, word: string, most: number): Promise<readonly string[]> {
  const rows = await client.$queryRaw`
    SELECT word FROM search_word WHERE word % ${word} ORDER BY word <-> ${word}, word LIMIT ${most}`
  return wordRows.parse(rows).map(({ word }) => word)
}

/** Products that fit a query: those whose name says it first, in stock, near, the shortest names, the newest. */
export async function readFitting(
  client: Transaction,
  query: string,
  filter: ProductFilter,
  page: Page,
): Promise<FoundPage> {
  const where = sql`s.terms @@ ${query}::tsquery AND ${conditions(filter)}`
  const order = sql`(s.name_terms @@ ${query}::tsquery) DESC, s.in_stock DESC, ${distance(filter)},
    length(s.name_terms), s.shown_at DESC, s.product_id DESC`
  return readPage(client, where, order, page)
}

/** Products that fit most of the parts: those first that fit more of them, the earlier parts and the name counting for more. */
export async function readNear(
  client: Transaction,
  query: string,
  parts: readonly string[],
  filter: ProductFilter,
  page: Page,
): Promise<FoundPage> {
  const weights = parts.map((part, index) => {
    const weight = index === 0 ? 12 : 10
    return sql`(CASE WHEN s.name_terms @@ ${part}::tsquery THEN ${weight}::int
      WHEN s.terms @@ ${part}::tsquery THEN ${weight - 3}::int ELSE 0 END)`
  })
  const where = sql`s.terms @@ ${query}::tsquery AND ${conditions(filter)}`
  const order = sql`(${joinSql(weights, ' + ')}) DESC, s.in_stock DESC, ${distance(filter)},
    length(s.name_terms), s.shown_at DESC, s.product_id DESC`
  return readPage(client, where, order, page)
}

/** The newest products, in stock first, near first, one of each shop before any shop's second. */
export async function readNewest(client: Transaction, filter: ProductFilter, page: Page): Promise<FoundPage> {
  const where = conditions(filter)
  const rings = ringsOf(filter).map(
    (ring, distance) => sql`(
      SELECT s.product_id, s.shop_id, s.in_stock, s.shown_at, ${distance}::int AS distance
      FROM product_search s WHERE ${ring} AND ${where}
      ORDER BY s.in_stock DESC, s.shown_at DESC, s.product_id LIMIT ${MOST})`,
  )
  const turns = sql`newest AS MATERIALIZED (${joinSql(rings, ' UNION ALL ')}),
    turns AS (
      SELECT *, row_number() OVER (PARTITION BY shop_id, in_stock, distance
        ORDER BY shown_at DESC, product_id DESC) AS turn
      FROM newest
    ), page AS (
      SELECT product_id, row_number() OVER (
        ORDER BY in_stock DESC, distance, turn, shown_at DESC, product_id DESC) AS place
      FROM turns ORDER BY place OFFSET ${page.offset} LIMIT ${limitOf(page)}
    )`
  return readCards(client, turns, where, page)
}

async function readPage(client: Transaction, where: Sql, order: Sql, page: Page): Promise<FoundPage> {
  const best = sql`page AS (
    SELECT product_id, row_number() OVER () AS place FROM (
      SELECT s.product_id FROM product_search s WHERE ${where} ORDER BY ${order}
      OFFSET ${page.offset} LIMIT ${limitOf(page)}) best
  )`
  return readCards(client, best, where, page)
}

/** Reads what lists show of a page, and how many there are in all, in one statement. */
async function readCards(client: Transaction, parts: Sql, where: Sql, { offset }: Page): Promise<FoundPage> {
  const rows = await client.$queryRaw`
    WITH ${parts}, counted AS (
      SELECT count(*)::int AS total FROM (SELECT FROM product_search s WHERE ${where} LIMIT ${MOST}) found
    )
    ${cards}`
  const products = z.array(card).parse(rows)
  const [first] = counted.parse(rows)
  // A page after the last one has nothing that could say how many there are.
  const total = first?.total ?? (offset === 0 ? 0 : await count(client, where))
  return { products, total }
}

async function count(client: Transaction, where: Sql): Promise<number> {
  const rows = await client.$queryRaw`
    SELECT count(*)::int AS total FROM (SELECT FROM product_search s WHERE ${where} LIMIT ${MOST}) found`
  return counted.parse(rows)[0]?.total ?? 0
}

/** So that the last page ends where counting does. */
function limitOf({ offset, limit }: Page): number {
  return Math.max(0, Math.min(limit, MOST - offset))
}

/** What lists show of a page's products. Whatever was written before: nothing is shown that is not public now. */
const cards = sql`
  SELECT p.id::int AS id, p.name, p.price, p.unit, p.category, p.halal, p.availability,
    p.state = 'sold_out' AS "soldOut", shop.id::int AS "shopId", shop.name AS "shopName", shop.kelurahan,
    p.halal = 'certified' AND EXISTS (
      SELECT FROM shop_paper paper WHERE paper.shop_id = p.shop_id AND paper.kind = 'halal' AND paper.state = 'verified'
        AND (paper.product_id IS NULL OR paper.product_id = p.id)) AS "isProven",
    (SELECT photo.id::text FROM product_photo photo WHERE photo.product_id = p.id ORDER BY photo.position LIMIT 1) AS photo,
    counted.total
  FROM page CROSS JOIN counted
  JOIN product p ON p.id = page.product_id AND p.state IN ('shown', 'sold_out')
  JOIN shop ON shop.id = p.shop_id AND shop.state = 'active' AND EXISTS (
    SELECT FROM shop_consent c WHERE c.shop_id = shop.id AND c.purpose = 'publish' AND c.ended_at IS NULL)
  ORDER BY page.place`

function conditions(filter: ProductFilter): Sql {
  const { category, minPrice, maxPrice, kelurahan, district, shopId } = filter
  const all = [
    sql`true`,
    ...(category === undefined ? [] : [sql`s.category = ${category}`]),
    ...(minPrice === undefined ? [] : [sql`s.price >= ${rupiah(minPrice)}::int`]),
    ...(maxPrice === undefined ? [] : [sql`s.price <= ${rupiah(maxPrice)}::int`]),
    ...(kelurahan === undefined ? [] : [sql`s.kelurahan = ${kelurahan}`]),
    ...(district === undefined ? [] : [sql`s.district = ${district}`]),
    ...(shopId === undefined ? [] : [sql`s.shop_id = ${shopId}`]),
    ...(filter.withoutPork === true ? [sql`NOT s.pork`] : []),
    ...(filter.onlyCertified === true ? [sql`s.certified`] : []),
    ...(filter.onlyInStock === true ? [sql`s.in_stock`] : []),
  ]
  return joinSql(all, ' AND ')
}

/** Within what a price can be. */
function rupiah(amount: number): number {
  return Math.round(Math.min(Math.max(amount, 0), HIGHEST_PRICE))
}

/** 0 in the kelurahan that it should be near, 1 in its kecamatan, 2 elsewhere. */
function distance({ near }: ProductFilter): Sql {
  if (near === undefined) return sql`NULL::int`
  return sql`(CASE WHEN s.kelurahan = ${near} THEN 0
    WHEN s.kelurahan LIKE ${districtPattern(near)} THEN 1 ELSE 2 END)`
}

function ringsOf({ near }: ProductFilter): readonly Sql[] {
  if (near === undefined) return [sql`true`]
  const around = districtPattern(near)
  return [
    sql`s.kelurahan = ${near}`,
    sql`s.kelurahan LIKE ${around} AND s.kelurahan <> ${near}`,
    sql`s.kelurahan NOT LIKE ${around}`,
  ]
}

/** The codes of a kecamatan begin alike. */
function districtPattern(kelurahan: string): string {
  return `${kelurahan
    .replace(/[^\d.]/g, '')
    .split('.')
    .slice(0, 3)
    .join('.')}.%`
}
