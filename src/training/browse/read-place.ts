import { normalise } from '../../language/normalise.ts'
import { type Kelurahan, type Places, placeKey } from '../../language/places.ts'
import { isOneOf, type SaidWord } from './read-words.ts'

const LONGEST_NAME = 4
const SHORTEST_WORD = 4
const SHORTEST_KEY = 3
const SHORTEST_MISTYPED = 5

/** Finds the kelurahan that names stand for: of "Oesapa" also Oesapa Barat, of a kecamatan all that are in it. */
export type PlaceFinder = (name: string) => readonly Kelurahan[]

/** Builds the finder. */
export function createPlaceFinder({ all, names, districts }: Places): PlaceFinder {
  const byDistrict = new Map(
    districts.map((name) => [placeKey(name), all.filter(({ district }) => district === name)]),
  )
  const keys = all.map((kelurahan) => ({ key: placeKey(kelurahan.name), kelurahan }))
  return (name) => {
    const key = placeKey(name)
    if (key.length < SHORTEST_KEY) return []
    const exact = names.get(key) ?? []
    const longer = exact.length === 0 ? [] : keys.filter((one) => one.key.startsWith(key))
    return [
      ...new Set([...(byDistrict.get(key) ?? []), ...exact, ...longer.map(({ kelurahan }) => kelurahan)]),
    ]
  }
}

/** The single words of all names, to recognise them mistyped. */
export function wordsOfPlaces({ all, districts }: Places): ReadonlySet<string> {
  const names = [...all.map(({ name }) => name), ...districts]
  return new Set(
    names.flatMap((name) => name.toLowerCase().split(/\s+/)).filter(({ length }) => length >= SHORTEST_WORD),
  )
}

/** The kelurahan that a text names, such as an address. */
export function placesIn(text: string, find: PlaceFinder): readonly Kelurahan[] {
  const tokens = normalise(text).tokens
  return tokens.flatMap((_, at) => {
    const lengths = Array.from({ length: Math.min(LONGEST_NAME, tokens.length - at) }, (_, less) => less + 1)
    return lengths.flatMap((length) => find(tokens.slice(at, at + length).join(' ')))
  })
}

/**
 * Reads where courses are looked for out of a sentence, as codes of kelurahan, and takes the words; undefined where no place is
 * named. Where somebody lives ("dari Liliba") is not where they look.
 */
export function readPlace(
  words: readonly SaidWord[],
  find: PlaceFinder,
  livesIn: ReadonlySet<string>,
): ReadonlySet<string> | undefined {
  let codes: Set<string> | undefined
  for (let at = 0; at < words.length; at++) {
    const found = longestAt(words, at, find)
    if (found === undefined) continue
    for (const word of words.slice(at, at + found.length)) word.taken = true
    if (!words.slice(Math.max(0, at - 2), at).some((word) => isOneOf(word, livesIn))) {
      codes ??= new Set()
      for (const { code } of found.kelurahan) codes.add(code)
    }
    at += found.length - 1
  }
  return codes
}

function longestAt(
  words: readonly SaidWord[],
  at: number,
  find: PlaceFinder,
): { readonly length: number; readonly kelurahan: readonly Kelurahan[] } | undefined {
  for (let length = Math.min(LONGEST_NAME, words.length - at); length > 0; length--) {
    const part = words.slice(at, at + length)
    if (part.some(({ taken }) => taken)) continue
    const name = part.map(({ surface }) => surface).join(' ')
    const typed = find(name)
    // A short word is too easily taken for the name of a place.
    const mayBeMistyped = typed.length === 0 && name.length >= SHORTEST_MISTYPED
    const kelurahan = mayBeMistyped ? find(part.map(({ word }) => word).join(' ')) : typed
    if (kelurahan.length > 0) return { length, kelurahan }
  }
  return undefined
}
