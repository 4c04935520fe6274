import { type Kelurahan, type Places, placeKey } from '../../language/places.ts'

/** A place that stands in a text: the kelurahan that its name may mean, or a kecamatan, or both. */
export interface FoundPlace {
  readonly length: number
  readonly kelurahan: readonly Kelurahan[]
  readonly district: string | undefined
}

const MOST_WORDS = 4
const SHORTEST = 3

/** The place whose name begins at a word, the longest name first. */
export function placeAt(tokens: readonly string[], index: number, places: Places): FoundPlace | undefined {
  for (let length = Math.min(MOST_WORDS, tokens.length - index); length > 0; length--) {
    const key = placeKey(tokens.slice(index, index + length).join(' '))
    if (key.length < SHORTEST) continue
    const kelurahan = [...new Set(places.names.get(key) ?? [])]
    const district = places.districts.find((name) => placeKey(name) === key)
    if (kelurahan.length > 0 || district !== undefined) return { length, kelurahan, district }
  }
  return undefined
}
