import { z } from 'zod'
import { availabilities, halalStates, type Product } from '../product.ts'

/** What of a product is looked at, as it was at a moment. */
export const snapshotShape = z.object({
  name: z.string(),
  price: z.number(),
  unit: z.string(),
  category: z.string(),
  halal: z.enum(halalStates),
  availability: z.enum(availabilities),
  description: z.string(),
  photos: z.array(z.string()),
})

export type ProductSnapshot = z.infer<typeof snapshotShape>
export type ProductField = keyof ProductSnapshot

/** The product as it is now. */
export function snapshotOf(product: Product): ProductSnapshot {
  const { name, price, unit, category, halal, availability, description, photos } = product
  return { name, price, unit, category, halal, availability, description, photos: [...photos] }
}

/** What differs between the two, in the order in which it is shown. A price with another unit is another price. */
export function changedFields(was: ProductSnapshot, is: ProductSnapshot): readonly ProductField[] {
  const fields = snapshotShape.keyof().options
  return fields.filter((field) =>
    field === 'photos' ? was.photos.join(' ') !== is.photos.join(' ') : was[field] !== is[field],
  )
}
