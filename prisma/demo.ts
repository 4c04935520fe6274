import { CLAIM_CODE_ALPHABET, checkCharacter } from '../src/language/claim-code.ts'

/** A synthetic person. The NIK is of the area 5399, which no district has. */
export interface DemoPerson {
  readonly nik: string
  readonly name: string
  readonly sex: 'L' | 'P'
  /** `yyyy-mm-dd` */
  readonly birthDate: string
}

/** A synthetic household; its first member is the head. */
export interface DemoHousehold {
  readonly id: string
  readonly kelurahan: DemoPlace
  readonly members: readonly DemoPerson[]
  /** Codes of the programmes received. */
  readonly programmes: ReadonlySet<string>
}

/** A kelurahan of the city. */
export interface DemoPlace {
  /** Kemendagri code with dots. */
  readonly code: string
  readonly name: string
  readonly district: string
}

/** How many there are of everything. */
export interface DemoSize {
  readonly households: number
  readonly persons: number
  /** Households that receive PKH. */
  readonly pkh: number
  /** Shops of UMKM, with five products each. */
  readonly shops: number
}

/** As many as the city counted in P3KE. */
export const fullDemo: DemoSize = { households: 19_615, persons: 102_616, pkh: 9_993, shops: 200 }
/** Enough to try everything. */
export const smallDemo: DemoSize = { households: 200, persons: 1_046, pkh: 102, shops: 6 }

/** Claim codes of the first household, which receives aid, and of the second, which does not. */
export const demoClaimCodes: readonly [string, string] = [claimCodeOf('3C4ACTH'), claimCodeOf('4C4ACTH')]

function claimCodeOf(free: string): string {
  const known = [...free].map((letter) => (CLAIM_CODE_ALPHABET.includes(letter) ? letter : 'X')).join('')
  return known + checkCharacter(known)
}

const programmeCodes = ['bpnt', 'bpum', 'bst', 'sembako']

/**
 * Makes households one after the other, always the same ones for the same seed and size. The first receives aid, the
 * second none; every kelurahan has some as soon as there are enough.
 */
export function* generateDemo(
  size: DemoSize,
  places: readonly DemoPlace[],
  seed = 1,
): Generator<DemoHousehold> {
  const random = createRandom(seed)
  const members = householdSizes(size, random)
  const serials = new Map<string, number>()
  let pkhLeft = size.pkh - 1
  let number = 0
  for (const [index, count] of members.entries()) {
    const kelurahan = places[(index * 7) % places.length]
    if (kelurahan === undefined) throw new Error('no kelurahan to put households in')
    const left = members.length - index
    const pkh = index === 0 || (index > 1 && random() * left < pkhLeft)
    if (pkh && index > 0) pkhLeft--
    const programmes = new Set(index === 1 ? [] : programmeCodes.filter(() => random() < 0.25))
    if (pkh) programmes.add('pkh')
    yield {
      id: `5399${String(index + 1).padStart(8, '0')}`,
      kelurahan,
      members: Array.from({ length: count }, (_, place) =>
        createPerson(++number, place, kelurahan, serials, random),
      ),
      programmes,
    }
  }
}

/** One to ten members, so many in all as there are persons. */
function householdSizes({ households, persons }: DemoSize, random: () => number): number[] {
  const mean = persons / households
  const sizes = Array.from({ length: households }, () => {
    return Math.min(10, Math.max(1, Math.round(mean + (random() + random() + random() - 1.5) * 4)))
  })
  let surplus = sizes.reduce((sum, size) => sum + size, 0) - persons
  while (surplus !== 0) {
    const at = Math.floor(random() * households)
    const size = sizes[at] ?? 1
    const step = surplus > 0 ? -1 : 1
    if (size + step < 1 || size + step > 12) continue
    sizes[at] = size + step
    surplus += step
  }
  return sizes
}

function createPerson(
  number: number,
  place: number,
  kelurahan: DemoPlace,
  serials: Map<string, number>,
  random: () => number,
): DemoPerson {
  const year = place < 2 ? 1950 + Math.floor(random() * 48) : 1999 + Math.floor(random() * 23)
  const month = 1 + Math.floor(random() * 12)
  const day = 1 + Math.floor(random() * 28)
  const sex = random() < 0.5 ? 'L' : 'P'
  const area = `5399${kelurahan.code.slice(6, 8)}`
  const two = (value: number) => String(value).padStart(2, '0')
  const date = `${two(month)}${two(year % 100)}`
  // Counted without the sex: nobody in a kelurahan shares birth date and last four digits with another.
  const key = `${area}${two(day)}${date}`
  const serial = (serials.get(key) ?? 0) + 1
  serials.set(key, serial)
  return {
    nik: `${area}${two(sex === 'P' ? day + 40 : day)}${date}${String(serial).padStart(4, '0')}`,
    name: `Warga Contoh ${inWords(number)}`,
    sex,
    birthDate: `${year}-${two(month)}-${two(day)}`,
  }
}

const words = [
  '',
  'Satu',
  'Dua',
  'Tiga',
  'Empat',
  'Lima',
  'Enam',
  'Tujuh',
  'Delapan',
  'Sembilan',
  'Sepuluh',
  'Sebelas',
]

/** A number below a million in Indonesian words. */
function inWords(number: number): string {
  const join = (...parts: string[]) => parts.filter((part) => part !== '').join(' ')
  if (number < 12) return words[number] ?? ''
  if (number < 20) return join(words[number - 10] ?? '', 'Belas')
  if (number < 100) return join(words[Math.floor(number / 10)] ?? '', 'Puluh', words[number % 10] ?? '')
  if (number < 200) return join('Seratus', inWords(number - 100))
  if (number < 1000) return join(words[Math.floor(number / 100)] ?? '', 'Ratus', inWords(number % 100))
  if (number < 2000) return join('Seribu', inWords(number - 1000))
  return join(inWords(Math.floor(number / 1000)), 'Ribu', inWords(number % 1000))
}

/** Random numbers from 0 to below 1, the same ones for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
