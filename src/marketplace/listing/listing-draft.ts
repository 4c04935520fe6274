import { z } from 'zod'
import type { Availability, Halal, Product } from '../product.ts'
import { availabilities, halalStates } from '../product.ts'
import { tokensOf } from '../words-in-text.ts'
import { type CheckingWords, namesPork } from './check-words.ts'
import { halalIn } from './edit-product.ts'
import { photoRows } from './take-photos.ts'

const text = z.string()

/** A product while its owner tells of it, as a flow keeps it: what is not known yet is empty, 0 or false. */
export const draftShape = z.object({
  photos: photoRows,
  /** There will be no photo, or no more. */
  photo_done: z.boolean(),
  name: text,
  /** It is another than the one of the same name. */
  is_other: z.boolean(),
  price: z.number(),
  unit: text,
  availability: text,
  category: text,
  halal: text,
  certificate: text,
  shop_name: text,
  kelurahan: text,
})
export type ListingDraft = z.infer<typeof draftShape>

/** Nothing is told yet. */
export const emptyDraft: ListingDraft = {
  ...{ photos: [], photo_done: false, name: '', is_other: false, price: 0, unit: '', availability: '' },
  ...{ category: '', halal: '', certificate: '', shop_name: '', kelurahan: '' },
}

/** What is asked next; `summary` where nothing is missing. */
export type NextQuestion =
  | 'photo'
  | 'name'
  | 'same'
  | 'price'
  | 'unit'
  | 'availability'
  | 'category'
  | 'pork'
  | 'halal'
  | 'certificate'
  | 'shop_name'
  | 'kelurahan'
  | 'summary'

/** Finds what is missing first. `same`: a product of that name that is in the shop. */
export function nextQuestion(
  draft: ListingDraft,
  { hasShop, same }: { readonly hasShop: boolean; readonly same: Product | undefined },
  words: CheckingWords,
): NextQuestion {
  if (draft.photos.length === 0 && !draft.photo_done) return 'photo'
  if (draft.name === '') return 'name'
  if (same !== undefined && !draft.is_other) return 'same'
  if (draft.price === 0) return 'price'
  if (draft.unit === '') return 'unit'
  if (draft.availability === '') return 'availability'
  const { categories } = words.market
  if (!Object.hasOwn(categories, draft.category)) return 'category'
  if (namesPork(draft.name, words) && draft.halal !== 'pork') return 'pork'
  if (draft.halal === '' && categories[draft.category]?.food === true) return 'halal'
  if (halalOf(draft, words) === 'certified' && draft.certificate === '') return 'certificate'
  if (hasShop) return 'summary'
  return draft.shop_name === '' ? 'shop_name' : draft.kelurahan === '' ? 'kelurahan' : 'summary'
}

/** What the product is called halal by: of what is no food and no pork it means nothing. */
export function halalOf(draft: Pick<ListingDraft, 'halal' | 'category'>, { market }: CheckingWords): Halal {
  const told = halalStates.find((each): each is Halal => each === draft.halal) ?? 'uncertified'
  return halalIn(draft.category, told, market)
}

/** When the goods are there. */
export function availabilityOf({ availability }: Pick<ListingDraft, 'availability'>): Availability {
  return availabilities.find((each): each is Availability => each === availability) ?? 'ready'
}

/** The product of a shop that goes by the same name, however it is spaced and spelled with signs; removed ones do not count. */
export function sameProduct(name: string, products: readonly Product[]): Product | undefined {
  const key = tokensOf(name).join('')
  return products.find((each) => each.state !== 'removed' && tokensOf(each.name).join('') === key)
}
