import { type AreaCode, DISTRICTS, districtOfCode, readAreaCode } from './area-codes.ts'
import { fold } from './normalise.ts'
import { readTable } from './tables.ts'

/** A kelurahan: its Kemendagri code with dots (53.71.01.1001), its name, and the district (kecamatan) it lies in. */
export interface Kelurahan {
  readonly code: string
  readonly name: string
  readonly district: string
}

/** The kelurahan of the city, and the names and codes that they go by. */
export interface Places {
  readonly all: readonly Kelurahan[]
  readonly districts: readonly string[]
  /** Every name and alias, folded, with the kelurahan it may mean. */
  readonly names: ReadonlyMap<string, readonly Kelurahan[]>
  /** The kelurahan of a spreadsheet's name, exact or an alias; undefined when unknown, ambiguous or of another district. */
  byName(name: string, district?: string): Kelurahan | undefined
  /** The kelurahan of a Kemendagri code of ten digits, with or without dots. */
  byCode(code: string): Kelurahan | undefined
  /** Which system a code belongs to and what it names; undefined for a code of no place in the city. */
  readAreaCode(code: string): AreaCode | undefined
  /** The district a code lies in, whichever system it is of; undefined when the two disagree. */
  districtOfCode(code: string): string | undefined
}

const NUMERALS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    i: '1',
    satu: '1',
    ii: '2',
    dua: '2',
    iii: '3',
    tiga: '3',
  }),
)
const PREFIXES = /^(?:(?:kel|kelurahan|kelrahan|klurahan|kelurhan|kec|kecamatan|desa|ds|kota|kab)\b[\s.:]*)+/

/** Folds a place name so that "Naikoten I", "kel. naikoten satu" and "NAIKOTEN-1" compare equal. */
export function placeKey(name: string): string {
  const spaced = fold(name)
    .replace(/([a-z])(\d)/g, '$1 $2')
    .replace(/[^a-z\d]+/g, ' ')
    .trim()
  // "Kota Raja" and "Kota Lama" begin with a word that elsewhere is only a prefix.
  const bare = /^kota (?:raja|lama)\b/.test(spaced) ? spaced : spaced.replace(PREFIXES, '')
  return bare
    .split(' ')
    .map((word, index) => (index === 0 ? word : (NUMERALS.get(word) ?? word)))
    .join('')
}

/** Builds the places from the two tables; what is wrong with them goes to `problems`. */
export function createPlaces(kelurahanCsv: string, aliasCsv: string, problems: string[]): Places {
  const all = readKelurahan(kelurahanCsv, problems)
  const byDigits = new Map(all.map((kelurahan) => [kelurahan.code.replaceAll('.', ''), kelurahan]))
  const codes = new Set(byDigits.keys())
  const names = new Map<string, Kelurahan[]>()
  for (const kelurahan of all) names.set(placeKey(kelurahan.name), [kelurahan])
  addAliases(names, byDigits, aliasCsv, problems)
  const districtKeys = new Map(DISTRICTS.map((district) => [placeKey(district), district]))
  return {
    all,
    districts: DISTRICTS,
    names,
    byName: (name, district) => {
      const [only, ...others] = names.get(placeKey(name)) ?? []
      if (only === undefined || others.length > 0) return undefined
      return district === undefined || districtKeys.get(placeKey(district)) === only.district
        ? only
        : undefined
    },
    byCode: (code) => byDigits.get(code.replace(/[.\s]/g, '')),
    readAreaCode: (code) => readAreaCode(code, codes),
    districtOfCode: (code) => districtOfCode(code, codes),
  }
}

function readKelurahan(csv: string, problems: string[]): readonly Kelurahan[] {
  const table = readTable('kelurahan.csv', csv, ',', ['code', 'name', 'kecamatan'])
  problems.push(...table.problems)
  const seen = new Set<string>()
  const found: Kelurahan[] = []
  for (const { code = '', name = '', kecamatan = '' } of table.rows) {
    if (!/^53\.71\.\d{2}\.\d{4}$/.test(code)) problems.push(`kelurahan.csv: "${code}" is no code of the city`)
    if (!DISTRICTS.includes(kecamatan))
      problems.push(`kelurahan.csv: ${code}: unknown kecamatan "${kecamatan}"`)
    if (name === '') problems.push(`kelurahan.csv: ${code}: the name is missing`)
    if (seen.has(code) || seen.has(placeKey(name)))
      problems.push(`kelurahan.csv: ${code} ${name} is there twice`)
    seen.add(code).add(placeKey(name))
    found.push({ code, name, district: kecamatan })
  }
  return found
}

function addAliases(
  names: Map<string, Kelurahan[]>,
  byDigits: ReadonlyMap<string, Kelurahan>,
  csv: string,
  problems: string[],
): void {
  const table = readTable('kelurahan-alias.csv', csv, ',', ['code', 'name', 'alias', 'basis'])
  problems.push(...table.problems)
  const unsure = new Map<string, Kelurahan>()
  for (const { code = '', name = '', alias = '', basis = '' } of table.rows) {
    const kelurahan = byDigits.get(code.replaceAll('.', ''))
    if (kelurahan === undefined) problems.push(`kelurahan-alias.csv: unknown code ${code} for "${alias}"`)
    else if (kelurahan.name !== name)
      problems.push(`kelurahan-alias.csv: ${code} is ${kelurahan.name}, not "${name}"`)
    else if (basis.includes('ambiguous')) unsure.set(placeKey(alias), kelurahan)
    else addName(names, placeKey(alias), kelurahan, problems)
  }
  for (const [key, kelurahan] of unsure) names.set(key, mayMean(key, kelurahan, names))
}

function addName(
  names: Map<string, Kelurahan[]>,
  key: string,
  kelurahan: Kelurahan,
  problems: string[],
): void {
  const known = names.get(key)
  if (known === undefined) names.set(key, [kelurahan])
  else if (!known.includes(kelurahan)) problems.push(`kelurahan-alias.csv: "${key}" stands for two kelurahan`)
}

/** An ambiguous alias may mean every kelurahan whose name begins with it, and one it does not list: hence two of the same. */
function mayMean(
  key: string,
  kelurahan: Kelurahan,
  names: ReadonlyMap<string, readonly Kelurahan[]>,
): Kelurahan[] {
  const found = new Set([kelurahan])
  for (const [name, meant] of names) if (name.startsWith(key) && meant[0] !== undefined) found.add(meant[0])
  return found.size > 1 ? [...found] : [kelurahan, kelurahan]
}
