import { z } from 'zod'
import { productOf } from '../store-rows.ts'
import type { ProductLine } from './desk-views.ts'

/** What is read of the shop of a product in a list. */
export const shopOfLine = { select: { name: true, kelurahan: true, state: true } } as const

const states = z.enum(['active', 'hidden', 'closed'])

/** A product with its shop as they are kept, as lists show them. */
export function lineOf(
  row: Parameters<typeof productOf>[0] & {
    readonly shop: { readonly name: string; readonly kelurahan: string; readonly state: string }
  },
): ProductLine {
  const { name, kelurahan, state } = row.shop
  const product = productOf(row)
  return { product, shop: { id: product.shopId, name, kelurahan, state: states.parse(state) } }
}
