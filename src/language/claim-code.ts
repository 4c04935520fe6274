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
const SEPARATORS = /[\s.\-‐-―]+/
/** Where a code may begin, and the code: two halves, or eight characters that each stand alone. */
const WRITTEN_CODE =
  /(?<![A-Z0-9])(?=([A-Z0-9]{4}[\s.\-‐-―]{0,3}[A-Z0-9]{4}(?![A-Z0-9])|(?:[A-Z0-9][\s.\-‐-―]{1,3}){7}[A-Z0-9](?![A-Z0-9])))/gi
/** What is read before a code for a word that says that one follows, and such a word. */
const NAMED_WITHIN = 32
const NAMES_A_CODE = /(?<![A-Z])(?:kode|code|nom[oe]r|nmr|no|klaim|claim)(?:nya|ku)?(?![A-Z])[\s\S]{0,20}$/i

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

/**
 * Replaces every valid claim code in a text by `#`: whoever reads the text must not be able to use it. Two words that
 * happen to be one stay, unless a word such as "kode" stands before them.
 */
export function maskClaimCodes(text: string): string {
  const plain = plainOf(text)
  let masked = ''
  let end = 0
  // Each start is looked at, as the word before a code may itself look like the first half of one.
  for (const { index, 1: written = '' } of plain.matchAll(WRITTEN_CODE)) {
    if (!isSound(charactersOf(written))) continue
    if (isTwoWords(written) && !NAMES_A_CODE.test(plain.slice(Math.max(0, index - NAMED_WITHIN), index)))
      continue
    if (index >= end) masked += `${plain.slice(end, index)}#`
    end = index + written.length
  }
  return end === 0 ? text : masked + plain.slice(end)
}

/** Whether the two halves of a code read as words: no figure, and a vowel in each, or the same word twice. */
function isTwoWords(written: string): boolean {
  const [head = '', tail, ...others] = written.toUpperCase().split(SEPARATORS)
  if (tail === undefined || others.length > 0 || /\d/.test(written)) return false
  return head === tail || (/\s/.test(written) && [head, tail].every((half) => /[AE]/.test(half)))
}

function plainOf(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
}

function charactersOf(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, '')
}

function findCode(text: string): string {
  const upper = plainOf(text).toUpperCase()
  const joined = charactersOf(upper)
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
