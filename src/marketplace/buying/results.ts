import { z } from 'zod'
import type { ActionResult, Row } from '../../flow/action.ts'
import { fill } from '../../language/fill-text.ts'
import { formatNumber, formatRupiah } from '../../language/format.ts'
import type { Transaction } from '../../storage/database.ts'
import type { FoundProducts, ProductCard, ProductQuery } from '../search/search.ts'
import type { BuyingDeps } from './buying-deps.ts'

/** As many as fit on a small screen and in one picture. */
const pageSize = 5

/** What may be chosen besides a product, as numbers that no product has. */
export const otherItems = { more: -1, withoutPork: -2, again: -3 } as const

const optionalText = z.string().optional()
const queryShape = z.object({
  words: z.string(),
  category: optionalText,
  minPrice: z.number().optional(),
  maxPrice: z.number().optional(),
  kelurahan: optionalText,
  district: optionalText,
  near: optionalText,
  withoutPork: z.boolean().optional(),
  onlyCertified: z.boolean().optional(),
  onlyInStock: z.boolean().optional(),
  shopId: z.number().optional(),
})

/** A query as a session keeps it. */
function writeQuery(query: ProductQuery): string {
  return JSON.stringify(query)
}

/** The query that a session kept. */
export function readQuery(text: string): ProductQuery {
  return queryShape.parse(JSON.parse(text))
}

/** Looks for products, and says what was found: a page of them, with a picture. */
export async function showResults(
  deps: BuyingDeps,
  transaction: Transaction,
  query: ProductQuery,
  offset = 0,
): Promise<ActionResult> {
  const found = await deps.search.find(transaction, query, { offset, limit: pageSize })
  const { products, quality } = found
  if (products.length === 0) return { outcome: 'none', values: {} }
  deps.days.count(products.map(({ id }) => ({ productId: id, what: 'finds' })))
  const sheet = products.some(({ photo }) => photo !== undefined)
    ? await deps.pictures.sheet(
        products.map(({ photo }) => photo),
        1,
      )
    : undefined
  return {
    outcome: quality === 'exact' ? 'found' : 'near',
    values: {
      items: [...products.map((product) => rowOf(deps, product)), ...others(deps, query, found, offset)],
      heading: headingOf(deps, found, offset),
      sheet: sheet ?? '',
      query: writeQuery(query),
      offset: offset + products.length,
    },
  }
}

function headingOf(
  { buyingWords }: BuyingDeps,
  { products, total, quality }: FoundProducts,
  offset: number,
): string {
  const words = buyingWords()
  if (quality === 'near') return words.near
  const counts = {
    count: formatNumber(total),
    from: formatNumber(offset + 1),
    to: formatNumber(offset + products.length),
  }
  return fill(total > products.length ? words.heading_page : words.heading, counts)
}

function rowOf({ buyingWords, language }: BuyingDeps, product: ProductCard): Row {
  const { row, notes } = buyingWords()
  const label = fill(row, {
    name: product.name,
    price: formatRupiah(product.price),
    unit: product.unit,
    place: language.places.byCode(product.kelurahan)?.name ?? '',
    note: noteOf(notes, product),
  })
  return { item: product.id, label }
}

function noteOf(notes: ReturnType<BuyingDeps['buyingWords']>['notes'], product: ProductCard): string {
  const pork = product.halal === 'pork' ? notes.pork : ''
  if (product.soldOut) return pork + notes.sold_out
  return product.availability === 'preorder' ? pork + notes.preorder : pork
}

function others(
  { buyingWords }: BuyingDeps,
  query: ProductQuery,
  { products, total }: FoundProducts,
  offset: number,
): readonly Row[] {
  const words = buyingWords()
  const hasPork = products.some(({ halal }) => halal === 'pork') && query.withoutPork !== true
  return [
    ...(total > offset + products.length ? [{ item: otherItems.more, label: words.more }] : []),
    ...(hasPork ? [{ item: otherItems.withoutPork, label: words.without_pork }] : []),
    { item: otherItems.again, label: words.again },
  ]
}
