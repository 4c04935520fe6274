import { z } from 'zod'
import {
  availabilities,
  consentPurposes,
  halalStates,
  handovers,
  type Product,
  paymentWays,
  productStates,
  type Shop,
} from './product.ts'

/** What is read with a product. */
export const productParts = { photos: { select: { id: true }, orderBy: { position: 'asc' } } } as const

/** What is read with a shop. */
export const shopParts = { consents: { where: { endedAt: null }, select: { purpose: true } } } as const

const productShape = z.object({
  availability: z.enum(availabilities),
  halal: z.enum(halalStates),
  state: z.enum(productStates),
})

const shopShape = z.object({
  handover: z.array(z.enum(handovers)),
  payments: z.array(z.enum(paymentWays)),
  state: z.enum(['active', 'hidden', 'closed']),
  consents: z.array(z.object({ purpose: z.enum(consentPurposes) })),
})

interface ProductRow {
  readonly id: bigint
  readonly shopId: bigint
  readonly name: string
  readonly description: string
  readonly category: string
  readonly price: number
  readonly unit: string
  readonly availability: string
  readonly halal: string
  readonly state: string
  readonly reason: string | null
  readonly appeal: string | null
  readonly wasSoldOut: boolean
  readonly version: number
  readonly createdAt: Date
  readonly submittedAt: Date | null
  readonly shownAt: Date | null
  readonly confirmedAt: Date | null
  readonly misses: number
  readonly photos: readonly { readonly id: string }[]
}

interface ShopRow {
  readonly id: bigint
  readonly contactId: string | null
  readonly chatId: bigint | null
  readonly name: string
  readonly description: string
  readonly kelurahan: string
  readonly handover: readonly string[]
  readonly payments: readonly string[]
  readonly state: string
  readonly consents: readonly { readonly purpose: string }[]
}

/** A product as it is kept, as the house works with it. */
export function productOf(row: ProductRow): Product {
  const { name, description, category, price, unit, wasSoldOut, version, createdAt, misses } = row
  return {
    ...{ name, description, category, price, unit, wasSoldOut, version, createdAt, misses },
    ...productShape.parse(row),
    id: Number(row.id),
    shopId: Number(row.shopId),
    reason: row.reason ?? undefined,
    appeal: row.appeal ?? undefined,
    submittedAt: row.submittedAt ?? undefined,
    shownAt: row.shownAt ?? undefined,
    confirmedAt: row.confirmedAt ?? undefined,
    photos: row.photos.map(({ id }) => id),
  }
}

/** A shop as it is kept, as the house works with it. */
export function shopOf(row: ShopRow): Shop {
  const { consents, ...read } = shopShape.parse(row)
  const { name, description, kelurahan } = row
  return {
    ...{ name, description, kelurahan },
    ...read,
    id: Number(row.id),
    contactId: row.contactId ?? undefined,
    chatId: row.chatId ?? undefined,
    consents: consents.map(({ purpose }) => purpose),
  }
}
