import { nikProblem } from './nik.ts'

const together = /(?<!\p{Nd})\p{Nd}{16,}(?!\p{Nd})/gu
const inGroups = /(?<!\p{Nd})\d(?:[ .\-‐-―]?\d){15}(?!\p{Nd})/gu

/** Replaces what may be a NIK or KK number by `#`: 16 digits or more together, or such a number in groups. */
export function withoutIdentifiers(text: string): string {
  // Two phone numbers in a row, or hours of a day, are no NIK: digits in groups are one only where they have its form.
  return text
    .replace(together, '#')
    .replace(inGroups, (found) => (nikProblem(found.replace(/\D/g, '')) === undefined ? '#' : found))
}

/** Whether the text may hold a NIK or KK number. */
export function hasIdentifier(text: string): boolean {
  const plain = text.normalize('NFKC')
  return withoutIdentifiers(plain) !== plain
}
