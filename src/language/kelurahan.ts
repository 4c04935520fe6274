import { typoDistance } from './distance.ts'
import { fold } from './normalise.ts'
import { type Parsed, type ParsedCandidate, problem } from './parsed.ts'
import { type Kelurahan, type Places, placeKey } from './places.ts'

const LONGEST = 120
const MOST_CANDIDATES = 5
const FILLERS = new Set(
  (
    'saya sy beta be b katong kami tinggal di ada dari sini pung rumah ruma alamat alamatnya kelurahan kel kecamatan kec kota ' +
    'kupang ntt pak bu kak daerah wilayah itu ini e sa saja'
  ).split(' '),
)
// Names that are whole kelurahan and also begin longer ones.
const ALSO_A_PART = new Set(['oesapa', 'naikoten', 'manulai'])
const OTHER_REGENCY = new Set(
  (
    'tarus baun oelamasi babau noelbaki oebelo oesao camplong tilong matani penfuitimur oelnasi tanahmerah mataair manulai1 ' +
    'bolok kuanheun nitneo oematnunu sumlili tablolong lifuleo tesabela oelpuah oeltuah kupangtimur kupangtengah kupangbarat ' +
    'amarasi takari fatuleu sulamu semau taebenu nekamese amabioefeto kabupatenkupang kabkupang baumata oelatimo naibonat merdekatimur'
  ).split(' '),
)

/**
 * Reads a kelurahan by its name, an alias, or either with small typing errors. A name that several share is `ambiguous`; one that
 * was guessed is asked back; a place of Kabupaten Kupang has its own problem, as it is another government.
 */
export function parseKelurahan(text: string, places: Places): Parsed {
  const folded = fold(text.slice(0, LONGEST)).replace(/[^a-z\d\s-]+/g, ' ')
  const code = places.byCode(text.trim())
  if (code !== undefined) return valueFor(code)
  if (!/[a-z]{3}/.test(folded)) return problem('kelurahan.unreadable')
  const words = folded.split(/[\s-]+/).filter((word) => word !== '')
  const key = placeKey(folded)
  const whole = exact(key, places)
  if (whole !== undefined) return asDistrict(folded, whole)
  const district = places.districts.find((name) => placeKey(name) === key)
  if (district !== undefined) return problem('kelurahan.district', { district })
  if (isOtherRegency(key)) return problem('kelurahan.other_regency')
  const bare = words.filter((word) => !FILLERS.has(word))
  return within(bare, places) ?? near(bare, places) ?? unknown(bare, places)
}

/** "Kecamatan Oebobo" names the district, though a kelurahan has the same name: asked back. */
function asDistrict(folded: string, parsed: Parsed): Parsed {
  const meansDistrict = /\bkec/.test(folded) && !/\bkel\b|\bkelurahan\b/.test(folded)
  return meansDistrict && parsed.type === 'value' ? { ...parsed, confirm: true } : parsed
}

function exact(key: string, places: Places): Parsed | undefined {
  const found = places.names.get(key)
  if (found === undefined) return undefined
  const [first, ...others] = found
  if (first === undefined) return undefined
  const candidates = new Set(ALSO_A_PART.has(key) ? [first, ...others, ...startingWith(key, places)] : found)
  if (candidates.size > 1) return ambiguous([...candidates])
  // Two of the same mark an alias that may also mean a place outside the city.
  return others.length > 0 ? { ...valueFor(first), confirm: true } : valueFor(first)
}

function startingWith(key: string, places: Places): readonly Kelurahan[] {
  return places.all.filter((kelurahan) => placeKey(kelurahan.name).startsWith(key))
}

/** A name inside a sentence: the longest run of words that is one. */
function within(words: readonly string[], places: Places): Parsed | undefined {
  for (let length = Math.min(words.length, 4); length > 0; length--) {
    const found = new Map<string, Parsed>()
    for (let start = 0; start + length <= words.length; start++) {
      const key = placeKey(words.slice(start, start + length).join(' '))
      const parsed = key.length < 3 ? undefined : exact(key, places)
      if (parsed !== undefined) found.set(key, parsed)
      else if (isOtherRegency(key)) return problem('kelurahan.other_regency')
    }
    const [only, ...others] = found.values()
    if (only !== undefined && others.length === 0) return only
    if (others.length > 0) return several([...found.keys()], places)
  }
  return undefined
}

function isOtherRegency(key: string): boolean {
  return OTHER_REGENCY.has(key) || /^kab(?:upaten)?(?:kupang)?$/.test(key)
}

/** Two names in one answer are most often a kelurahan and its kecamatan. */
function several(keys: readonly string[], places: Places): Parsed {
  const found = keys.flatMap((key) => places.names.get(key) ?? [])
  const inside = found.filter(({ name }) => !places.districts.includes(name))
  const [only, ...others] = new Set(inside)
  return only !== undefined && others.length === 0 ? valueFor(only) : ambiguous([...new Set(found)])
}

function near(words: readonly string[], places: Places): Parsed | undefined {
  const key = placeKey(words.join(' '))
  const found = new Map<Kelurahan, number>()
  for (const [name, meant] of places.names) {
    const distance = typoDistance(key, name)
    if (distance === undefined) continue
    for (const kelurahan of meant) found.set(kelurahan, Math.min(distance, found.get(kelurahan) ?? distance))
  }
  const best = Math.min(...found.values())
  const closest = [...found].filter(([, distance]) => distance === best).map(([kelurahan]) => kelurahan)
  const [only, ...others] = closest
  if (only === undefined) return undefined
  return others.length > 0 ? ambiguous(closest) : { ...valueFor(only), confirm: true }
}

function unknown(words: readonly string[], places: Places): Parsed {
  const start = placeKey(words.join(' ')).slice(0, 4)
  const alike = start.length < 4 ? [] : startingWith(start, places).slice(0, 3)
  const [only, ...others] = alike
  if (only === undefined) return problem('kelurahan.unknown')
  return others.length > 0 ? ambiguous(alike) : { ...valueFor(only), confirm: true }
}

function ambiguous(found: readonly Kelurahan[]): Parsed {
  const candidates = found.slice(0, MOST_CANDIDATES).map(
    (kelurahan): ParsedCandidate => ({
      value: kelurahan.code,
      label: `${kelurahan.name} (Kecamatan ${kelurahan.district})`,
      extra: extraOf(kelurahan),
    }),
  )
  return { type: 'ambiguous', candidates }
}

function valueFor(kelurahan: Kelurahan): Extract<Parsed, { type: 'value' }> {
  return { type: 'value', value: kelurahan.code, label: kelurahan.name, extra: extraOf(kelurahan) }
}

function extraOf({ code, name, district }: Kelurahan): Readonly<Record<string, string>> {
  return { code, name, district }
}
