import { fill } from '../../language/fill-text.ts'
import { formatRupiah } from '../../language/format.ts'
import type { MarketWords } from '../market-words.ts'
import { type Availability, availabilities, type Halal, halalStates, type Product } from '../product.ts'
import type { ProductChanges } from '../store-writes.ts'
import { type CheckingWords, checkDescription, checkName, namesPork } from './check-words.ts'
import { categoryTitle } from './product-text.ts'
import { isKnownUnit, readUnit } from './read-unit.ts'

/** What an owner may change of a product, one at a time. */
export const editableFields = [
  'name',
  'price',
  'unit',
  'description',
  'availability',
  'category',
  'halal',
] as const
export type EditableField = (typeof editableFields)[number]

/** What becomes of a change. `isSeen`: an officer looks at it before it is shown. */
export type Edited =
  | {
      readonly type: 'changed'
      readonly changes: ProductChanges
      /** Old and new, as officers read it. */
      readonly details: string
      readonly isSeen: boolean
      /** What else changed with it, as the owner reads it. */
      readonly note?: string
    }
  | { readonly type: 'refused'; readonly why: string }
  | { readonly type: 'same' }

/** The highest price that a listing may have. */
const highestPrice = 1_000_000_000

/** Reads a new value of one field, and checks it. */
export function editField(
  product: Product,
  field: EditableField,
  value: string | number,
  words: CheckingWords,
): Edited {
  switch (field) {
    case 'name':
      return editName(product, String(value), words)
    case 'price':
      return editPrice(product, Number(value), words)
    case 'unit': {
      const unit = readUnit(String(value), words.market)
      if (unit === undefined) return refused(words.listing.refusals.unit)
      return change(product, 'unit', unit, !isKnownUnit(unit, words.market))
    }
    case 'description': {
      const checked = checkDescription(String(value), words)
      return checked.type === 'refused' ? checked : change(product, 'description', checked.text, true)
    }
    case 'availability': {
      const availability = availabilities.find((each): each is Availability => each === value)
      return availability === undefined
        ? { type: 'same' }
        : change(product, 'availability', availability, false)
    }
    case 'category':
      return editCategory(product, String(value), words)
    case 'halal': {
      const halal = halalStates.find((each): each is Halal => each === value)
      return halal === undefined ? { type: 'same' } : editHalal(product, halal, words)
    }
  }
}

function editName(product: Product, name: string, words: CheckingWords): Edited {
  const checked = checkName(name, words)
  if (checked.type === 'refused') return checked
  const edited = change(product, 'name', checked.text, true)
  return withHalal(product, edited, halalNamed(checked.text, product.halal, words), words)
}

function editPrice(product: Product, price: number, words: CheckingWords): Edited {
  const why = priceProblem(price, words)
  if (why !== undefined) return refused(why)
  if (price === product.price) return { type: 'same' }
  const details = `${formatRupiah(product.price)} → ${formatRupiah(price)}`
  return { type: 'changed', changes: { price }, details, isSeen: false }
}

function editCategory(product: Product, category: string, words: CheckingWords): Edited {
  const { categories } = words.market
  if (!Object.hasOwn(categories, category) || category === product.category) return { type: 'same' }
  const details = `${categoryTitle(product.category, words.market)} → ${categoryTitle(category, words.market)}`
  const halal = halalNamed(product.name, halalIn(category, product.halal, words.market), words)
  return withHalal(product, { type: 'changed', changes: { category }, details, isSeen: true }, halal, words)
}

/** A change that makes something else of what the product is called halal by; of pork its owner is told. */
function withHalal(
  product: Product,
  edited: Edited,
  halal: Halal,
  { market, listing }: CheckingWords,
): Edited {
  if (edited.type !== 'changed' || halal === product.halal) return edited
  return {
    ...edited,
    changes: { ...edited.changes, halal },
    details: `${edited.details}, ${market.halal[product.halal]} → ${market.halal[halal]}`,
    ...(halal === 'pork' ? { note: fill(listing.done.named_pork, { halal: market.halal.pork }) } : {}),
  }
}

function editHalal(product: Product, halal: Halal, words: CheckingWords): Edited {
  const clash = porkProblem(product.name, halal, words)
  if (clash !== undefined) return refused(clash)
  if (halal === product.halal && halal !== 'certified') return { type: 'same' }
  const { market } = words
  const details = `${market.halal[product.halal]} → ${market.halal[halal]}`
  return { type: 'changed', changes: { halal }, details, isSeen: true }
}

/** What a product is called halal by in a category: of food it is told, of other things it means nothing but pork. */
export function halalIn(category: string, halal: Halal, { categories }: MarketWords): Halal {
  if (halal === 'pork') return halal
  const isFood = categories[category]?.food === true
  if (isFood) return halal === 'not_food' ? 'uncertified' : halal
  return 'not_food'
}

/** Whoever names pork sells pork. */
function halalNamed(name: string, halal: Halal, words: CheckingWords): Halal {
  return namesPork(name, words) ? 'pork' : halal
}

/** Why a product of that name cannot be told so. */
export function porkProblem(name: string, halal: Halal, words: CheckingWords): string | undefined {
  if (halalNamed(name, halal, words) === halal) return undefined
  return fill(words.listing.refusals.pork, { halal: words.market.halal.pork })
}

/** Why that cannot be a price; undefined where it can. */
export function priceProblem(price: number, { listing }: CheckingWords): string | undefined {
  if (!(price > 0)) return listing.refusals.price_none
  if (!Number.isInteger(price)) return listing.refusals.price
  return price > highestPrice ? listing.refusals.price_high : undefined
}

function change<Field extends 'name' | 'unit' | 'description' | 'availability'>(
  product: Product,
  field: Field,
  value: Product[Field],
  isSeen: boolean,
): Edited {
  if (product[field] === value) return { type: 'same' }
  return {
    type: 'changed',
    changes: { [field]: value },
    details: `${product[field]} → ${value}`,
    isSeen,
  }
}

function refused(why: string): Edited {
  return { type: 'refused', why }
}
