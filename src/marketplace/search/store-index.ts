import { z } from 'zod'
import type { Transaction } from '../../storage/database.ts'
import { halalStates } from '../product.ts'
import { isTypedLexeme } from './market-lexicon.ts'
import { shortenedForms, skeletonOf } from './near-words.ts'
import type { FindableProduct, ProductTerms } from './product-terms.ts'

/** A product that is public, as it now stands. */
const publicProduct = z.object({
  id: z.number(),
  name: z.string(),
  description: z.string(),
  category: z.string(),
  halal: z.enum(halalStates),
  shopName: z.string(),
  kelurahan: z.string(),
})
type PublicProduct = z.infer<typeof publicProduct>
const ids = z.array(z.object({ id: z.number() }))
const termRows = z.array(z.object({ terms: z.array(z.string()) }))
const wordRows = z.array(z.object({ word: z.string() }))

/** What indexing needs to know of words and places. */
export interface IndexDeps {
  termsOf(product: FindableProduct): ProductTerms
  /** The names of a kelurahan and its kecamatan. */
  placesOf(kelurahan: string): { readonly names: readonly string[]; readonly district: string }
}

/** The products of a shop, whatever their state. */
export async function productsOfShop(transaction: Transaction, shopId: number): Promise<readonly number[]> {
  const rows = await transaction.$queryRaw`
    SELECT id::int AS id FROM product WHERE shop_id = ${shopId}
    UNION SELECT product_id::int FROM product_search WHERE shop_id = ${shopId}`
  return ids.parse(rows).map(({ id }) => id)
}

/**
 * Writes anew what these products are found by. Changes of one shop's products and of the shop itself wait for each other, so that the
 * last to be committed has seen the others.
 */
export async function writeIndex(
  transaction: Transaction,
  productIds: readonly number[],
  { termsOf, placesOf }: IndexDeps,
): Promise<void> {
  if (productIds.length === 0) return
  const wanted = productIds.map((id) => BigInt(id))
  await lockShops(transaction, wanted)
  const before = await readTerms(transaction, wanted)
  const products = await readPublic(transaction, wanted)
  const entries = products.map((product) => {
    const { names, district } = placesOf(product.kelurahan)
    return { id: product.id, district, ...termsOf({ ...product, places: names }) }
  })
  const words = new Set(entries.flatMap(({ terms }) => terms).filter(isTypedLexeme))
  await addWords(transaction, [...words].sort())
  await transaction.$executeRaw`
    DELETE FROM product_search WHERE product_id = ANY(${wanted}) AND product_id <> ALL(${products.map(({ id }) => BigInt(id))})`
  await writeEntries(transaction, entries)
  await dropWords(
    transaction,
    before.filter((word) => !words.has(word)),
  )
}

async function lockShops(transaction: Transaction, productIds: readonly bigint[]): Promise<void> {
  await transaction.$queryRaw`
    SELECT count(pg_advisory_xact_lock(hashtext('product_search'), id)) FROM (
      SELECT DISTINCT (shop_id % 2000000000)::int AS id FROM product WHERE id = ANY(${productIds}) ORDER BY 1) shops`
}

async function readTerms(
  transaction: Transaction,
  productIds: readonly bigint[],
): Promise<readonly string[]> {
  const rows = await transaction.$queryRaw`
    SELECT tsvector_to_array(terms) AS terms FROM product_search WHERE product_id = ANY(${productIds})`
  return [...new Set(termRows.parse(rows).flatMap(({ terms }) => terms))].filter(isTypedLexeme).sort()
}

async function readPublic(
  transaction: Transaction,
  productIds: readonly bigint[],
): Promise<readonly PublicProduct[]> {
  const rows = await transaction.$queryRaw`
    SELECT p.id::int AS id, p.name, p.description, p.category, p.halal, s.name AS "shopName", s.kelurahan
    FROM product p JOIN shop s ON s.id = p.shop_id
    WHERE p.id = ANY(${productIds}) AND p.state IN ('shown', 'sold_out') AND s.state = 'active'
      AND EXISTS (SELECT FROM shop_consent c WHERE c.shop_id = s.id AND c.purpose = 'publish' AND c.ended_at IS NULL)
    ORDER BY p.id`
  return z.array(publicProduct).parse(rows)
}

/** An entry as it is written. */
type Entry = ProductTerms & { readonly id: number; readonly district: string }

async function writeEntries(transaction: Transaction, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return
  await transaction.$executeRaw`
    INSERT INTO product_search AS s (product_id, shop_id, category, price, kelurahan, district, pork, certified, in_stock,
      name, name_terms, terms, shown_at)
    SELECT p.id, p.shop_id, p.category, p.price, shop.kelurahan, e.district, e.pork,
      p.halal = 'certified' AND EXISTS (
        SELECT 1 FROM shop_paper b WHERE b.shop_id = p.shop_id AND b.kind = 'halal' AND b.state = 'verified'
          AND (b.product_id IS NULL OR b.product_id = p.id)
      ),
      p.state = 'shown' AND p.availability = 'ready', e.name, array_to_tsvector(e."nameTerms"),
      array_to_tsvector(e.terms), coalesce(p.shown_at, p.created_at)
    FROM jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
      AS e(id bigint, district text, pork boolean, name text, "nameTerms" text[], terms text[])
    JOIN product p ON p.id = e.id JOIN shop ON shop.id = p.shop_id
    ON CONFLICT (product_id) DO UPDATE SET
      (shop_id, category, price, kelurahan, district, pork, certified, in_stock, name, name_terms, terms, shown_at)
      = (excluded.shop_id, excluded.category, excluded.price, excluded.kelurahan, excluded.district, excluded.pork,
        excluded.certified, excluded.in_stock, excluded.name, excluded.name_terms, excluded.terms, excluded.shown_at)`
}

/** Sees to it that words are there, and stay until the end of the transaction. */
async function addWords(transaction: Transaction, words: readonly string[]): Promise<void> {
  const rows = await transaction.$queryRaw`
    SELECT word FROM search_word WHERE word = ANY(${words}) ORDER BY word FOR KEY SHARE`
  const known = new Set(wordRows.parse(rows).map(({ word }) => word))
  const added = words
    .filter((word) => !known.has(word))
    .map((word) => ({
      word,
      skeleton: skeletonOf(word),
      near: /^[a-z]+$/.test(word) ? shortenedForms(word) : [],
    }))
  if (added.length === 0) return
  await transaction.$executeRaw`
    INSERT INTO search_word (word, skeleton, near)
    SELECT word, skeleton, near FROM jsonb_to_recordset(${JSON.stringify(added)}::jsonb)
      AS w(word text, skeleton text, near text[])
    ON CONFLICT DO NOTHING`
}

/** Drops the words that no product has any more. One that another transaction is about to use is left for the next time. */
async function dropWords(transaction: Transaction, words: readonly string[]): Promise<number> {
  if (words.length === 0) return 0
  const rows = await transaction.$queryRaw`
    SELECT word FROM search_word WHERE word = ANY(${words}) FOR UPDATE SKIP LOCKED`
  const free = wordRows.parse(rows).map(({ word }) => word)
  // Only now, under the lock, does a look show all that use them.
  return transaction.$executeRaw`
    DELETE FROM search_word w WHERE w.word = ANY(${free})
      AND NOT EXISTS (SELECT FROM product_search s WHERE s.terms @@ array_to_tsvector(ARRAY[w.word])::text::tsquery)`
}

/** Drops every word that no product has any more, as those of shops that were erased. Returns how many. */
export async function sweepWords(transaction: Transaction): Promise<number> {
  const rows = await transaction.$queryRaw`
    SELECT word FROM search_word w
    WHERE NOT EXISTS (SELECT FROM product_search s WHERE s.terms @@ array_to_tsvector(ARRAY[w.word])::text::tsquery)
    ORDER BY word`
  const words = wordRows.parse(rows).map(({ word }) => word)
  return dropWords(transaction, words)
}
