import type { Places } from '../../language/places.ts'
import type { ShopRowRules } from './read-shop-row.ts'

/**
 * Makes the search for the kelurahan that a row means: by its Kemendagri code, by its name within its kecamatan, or by what the
 * address says. Cells that contradict each other find nothing. Each way of writing one is looked up once.
 */
export function createFindShopPlace(places: Places): ShopRowRules['findKelurahan'] {
  const known = new Map<string, string | undefined>()
  return (place) => {
    const key = Object.values(place).join('|')
    if (known.has(key)) return known.get(key)
    const code = find(places, place)
    if (known.size < 10_000) known.set(key, code)
    return code
  }
}

function find(
  places: Places,
  { code, name, district, address }: Parameters<ShopRowRules['findKelurahan']>[0],
): string | undefined {
  const coded = code === '' ? undefined : places.byCode(code)
  if (name === '' && coded !== undefined) return coded.code
  const within = district === '' ? undefined : district
  if (name === '') return code === '' ? ofAddress(places, address, within) : undefined
  const named = places.byName(name, within)
  if (named === undefined) return undefined
  return code === '' || coded === undefined || coded.code === named.code ? named.code : undefined
}

/** "Jl. Contoh No. 3, RT 01/RW 02, Kel. Lasiana": the one kelurahan that is named, by its word or as a part between commas. */
function ofAddress(places: Places, address: string, district: string | undefined): string | undefined {
  const said = [...address.matchAll(/\b(?:kel|kelurahan)\b[.:\s]+([^,;/()]+)/gi)].map(
    ([, words = '']) => words,
  )
  const parts = [...said.flatMap(beginnings), ...address.split(/[,;/()]/)]
  for (const part of parts) {
    const found = part.trim() === '' ? undefined : places.byName(part.trim(), district)
    if (found !== undefined) return found.code
  }
  return undefined
}

/** "Naikoten Satu Kec. Kota Raja": the longest first. */
function beginnings(words: string): readonly string[] {
  const parts = words.trim().split(/\s+/).slice(0, 4)
  return parts.map((_, index) => parts.slice(0, parts.length - index).join(' '))
}
