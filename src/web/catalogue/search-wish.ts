import type { Language } from '../../language/language.ts'
import type { ProductQuery } from '../../marketplace/search/search.ts'
import type { CataloguePagesDeps } from './catalogue-deps.ts'
import { root } from './catalogue-frame.ts'
import { readPage } from './list-view.ts'

/** What the search form asks for. */
export interface SearchWish {
  readonly words: string
  readonly category: string | undefined
  /** A kelurahan's code, or a kecamatan's name. */
  readonly place: string | undefined
  /** The highest price as it was typed, and as it was read: undefined where it was not. */
  readonly typedPrice: string
  readonly maxPrice: number | undefined
  readonly withoutPork: boolean
  readonly onlyInStock: boolean
  readonly page: number
}

const longestWords = 120

/** Reads the form; what names nothing in the city is left out. */
export function readWish(deps: CataloguePagesDeps, fields: Readonly<Record<string, string>>): SearchWish {
  const { q = '', golongan = '', tempat = '', harga = '' } = fields
  const { places } = deps.language
  const isPlace = places.byCode(tempat) !== undefined || places.districts.includes(tempat)
  const typedPrice = harga.trim().slice(0, 30)
  return {
    words: q.replace(/\s+/g, ' ').trim().slice(0, longestWords),
    category: Object.hasOwn(deps.words().categories, golongan) ? golongan : undefined,
    place: isPlace ? tempat : undefined,
    typedPrice,
    maxPrice: typedPrice === '' ? undefined : readPrice(deps.language, typedPrice, deps.now()),
    withoutPork: fields.tanpa_babi === '1',
    onlyInStock: fields.siap === '1',
    page: readPage(fields.hal),
  }
}

/** A price as people write it; of a range the higher end. */
function readPrice(language: Pick<Language, 'parse'>, typed: string, now: Date): number | undefined {
  const parsed = language.parse('price', typed, { now })
  if (parsed.type === 'value') return Number(parsed.value)
  if (parsed.type === 'ambiguous') return Math.max(...parsed.candidates.map(({ value }) => Number(value)))
  return undefined
}

/** The one address of a wish, on a page of its results. */
export function wishAddress(wish: SearchWish, page: number): string {
  const { words, category, place, maxPrice, withoutPork, onlyInStock } = wish
  const fields = Object.entries({
    q: words,
    golongan: category,
    tempat: place,
    harga: maxPrice?.toString(),
    tanpa_babi: withoutPork ? '1' : undefined,
    siap: onlyInStock ? '1' : undefined,
    hal: page > 1 ? String(page) : undefined,
  })
  const query = new URLSearchParams()
  for (const [name, value] of fields) if (value !== undefined && value !== '') query.set(name, value)
  return query.size === 0 ? `${root}/cari` : `${root}/cari?${query}`
}

/** What is looked for: what the words say, and above it what the form says. */
export function queryOf({ catalogue, language }: CataloguePagesDeps, wish: SearchWish): ProductQuery {
  const { words, category, place, maxPrice, withoutPork, onlyInStock } = wish
  const read: ProductQuery = words === '' ? { words } : catalogue.understand(words)
  const isDistrict = place !== undefined && language.places.districts.includes(place)
  const where =
    place === undefined
      ? {}
      : isDistrict
        ? { district: place, kelurahan: undefined }
        : { kelurahan: place, district: undefined }
  return {
    ...read,
    ...where,
    ...(category === undefined ? {} : { category }),
    ...(maxPrice === undefined ? {} : { maxPrice }),
    ...(withoutPork ? { withoutPork } : {}),
    ...(onlyInStock ? { onlyInStock } : {}),
  }
}
