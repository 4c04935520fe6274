import { z } from 'zod'
import { availabilities, halalStates, handovers, paymentWays } from '../product.ts'

const absent = <T>(value: T | null): T | undefined => value ?? undefined

/** A product of a list, as the queries give it. */
export const cardRow = z.object({
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
  photo: z.string().nullable().transform(absent),
})

/** The answer of a list: its products, and how many there are in all. */
export const listingRow = z.object({ products: z.array(cardRow), total: z.number() })

const papers = z.array(z.enum(['nib', 'pirt', 'halal']))

/** A shop, as the queries give it. */
export const shopRow = z.object({
  id: z.number(),
  name: z.string(),
  description: z.string(),
  kelurahan: z.string(),
  handover: z.array(z.enum(handovers)),
  payments: z.array(z.enum(paymentWays)),
  papers,
})

/** A product with all that its page shows. */
export const productRow = z.object({
  id: z.number(),
  name: z.string(),
  description: z.string(),
  category: z.string(),
  price: z.number(),
  unit: z.string(),
  availability: z.enum(availabilities),
  halal: z.enum(halalStates),
  soldOut: z.boolean(),
  photos: z.array(z.object({ id: z.string(), width: z.number(), height: z.number() })),
  papers,
  shop: shopRow,
  hasContact: z.boolean(),
  others: z.array(cardRow),
})

/** Counts by category and by kelurahan. */
export const overviewRow = z.object({
  categories: z.array(
    z.object({ code: z.string(), count: z.number(), photo: z.string().nullable().transform(absent) }),
  ),
  kelurahan: z.array(z.object({ code: z.string(), count: z.number() })),
})
