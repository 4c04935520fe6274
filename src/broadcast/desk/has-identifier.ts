import { nikProblem } from '../../language/nik.ts'

const together = /(?<!\p{Nd})\p{Nd}{16,}(?!\p{Nd})/u
const inGroups = /(?<!\p{Nd})\d(?:[ .\-‐-―]?\d){15}(?!\p{Nd})/gu

/** Whether a text may hold a NIK or KK number. The phone of an office may stand in it. */
export function hasIdentifier(text: string): boolean {
  const plain = text.normalize('NFKC')
  if (together.test(plain)) return true
  // Two phone numbers in a row are no NIK: digits in groups are one only where they have its form.
  return [...plain.matchAll(inGroups)].some(([found]) => nikProblem(found.replace(/\D/g, '')) === undefined)
}
