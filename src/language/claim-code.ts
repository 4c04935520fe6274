import { type Parsed, problem } from './parsed.ts'

/**
 * The 23 characters of a claim code: none that looks or sounds like another (no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V).
 * The number is prime, which is what makes the check character catch what it must.
 */
export const CLAIM_CODE_ALPHABET = '34679ACDEFGHJKMNPQRTWXY'

/** A claim code has seven free characters and a check character. */
export const CLAIM_CODE_LENGTH = 8

const FREE_LENGTH = CLAIM_CODE_LENGTH - 1
const MOST_FOREIGN = 2
const WRITTEN_CODE = /(?<![A-Z0-9])[A-Z0-9]{4}[\s.\-‐-―]?[A-Z0-9]{4}(?![A-Z0-9])/gi

// What a character outside the alphabet may have been on paper.
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  '0': 'QDC',
  O: 'QDC',
  '1': '7J',
  I: '7J',
  L: '7',
  '2': '7',
  Z: '7',
  '5': '6',
  S: '6',
  '8': '36',
  B: '36',
  U: 'W',
  V: 'WY',
}

/**
 * The check character of seven free ones. Position weights 8 to 2 modulo a prime: any one wrong character and
 * any two exchanged characters make the sum come out wrong. Throws when the seven are not of the alphabet.
 */
export function checkCharacter(firstSeven: string): string {
  const values = [...firstSeven].map((character) => CLAIM_CODE_ALPHABET.indexOf(character))
  if (values.length !== FREE_LENGTH || values.includes(-1)) {
    throw new Error('a claim code is made of seven characters of its alphabet and a check character')
  }
  const sum = values.reduce((total, value, index) => total + value * (CLAIM_CODE_LENGTH - index), 0)
  const size = CLAIM_CODE_ALPHABET.length
  return CLAIM_CODE_ALPHABET[(size - (sum % size)) % size] ?? ''
}

/** "ABCDEFGH" as "ABCD-EFGH", the way it stands in a letter. */
export function formatClaimCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

/**
 * Reads a claim code in any case, with spaces or dashes, also inside a sentence. A character outside the alphabet is
 * taken for the one it looks like only when the check character settles which, and then asked back.
 */
export function parseClaimCode(text: string): Parsed {
  const code = findCode(text)
  if (code.length !== CLAIM_CODE_LENGTH) return problem('claim_code.length', { characters: code.length })
  if (isSound(code)) return { type: 'value', value: code, label: formatClaimCode(code) }
  const foreign = [...code].filter((character) => !CLAIM_CODE_ALPHABET.includes(character)).length
  if (foreign === 0) return problem('claim_code.check')
  const [only, ...others] = foreign <= MOST_FOREIGN ? readings(code).filter(isSound) : []
  if (only === undefined || others.length > 0) return problem('claim_code.letters')
  return { type: 'value', value: only, label: formatClaimCode(only), confirm: true }
}

/** Replaces every valid claim code in a text by `#`: whoever reads the text must not be able to use it. */
export function maskClaimCodes(text: string): string {
  return text.replace(WRITTEN_CODE, (written) => {
    const code = written.toUpperCase().replace(/[^A-Z0-9]/g, '')
    // Two short words in a row are only taken for a code when a figure is in them.
    const isWords = /\s/.test(written) && !/\d/.test(written)
    return !isWords && isSound(code) ? '#' : written
  })
}

function findCode(text: string): string {
  const upper = text
    .toWellFormed()
    .normalize('NFKC')
    .toUpperCase()
    .replace(/\p{Cf}/gu, '')
  const joined = upper.replace(/[^A-Z0-9]/g, '')
  if (joined.length === CLAIM_CODE_LENGTH) return joined
  const within = /(?<![A-Z0-9])([A-Z0-9]{4})[\s.\-‐-―]?([A-Z0-9]{4})(?![A-Z0-9])/g
  const found = [...upper.matchAll(within)].map(([, head, tail]) => `${head}${tail}`)
  return found.find(isSound) ?? found.find((code) => /\d/.test(code)) ?? joined
}

function isSound(code: string): boolean {
  const free = code.slice(0, FREE_LENGTH)
  return (
    [...code].every((one) => CLAIM_CODE_ALPHABET.includes(one)) && checkCharacter(free) === code[FREE_LENGTH]
  )
}

function readings(code: string): readonly string[] {
  let found = ['']
  for (const character of code) {
    const options = CLAIM_CODE_ALPHABET.includes(character) ? character : (LOOKS_LIKE[character] ?? '')
    found = found.flatMap((start) => [...options].map((option) => start + option))
  }
  return found
}
