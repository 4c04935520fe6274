// Separators and invisible characters that people put between the digits of a long number.
const LONG_NUMBER = /\p{Nd}(?:[\s.\-‐-―_/()\p{Cf}]{0,3}\p{Nd}){5,}/gu

/** Replaces every number of six digits or more, also one written in groups, by `#`. For logs and transcripts. */
export function maskDigits(text: string): string {
  return text.replace(LONG_NUMBER, '#')
}

/** Masks a name as Cek Bansos does: "WAWAN LISTIANI" is "W***N L******I". Very short names show one letter at most. */
export function maskName(name: string): string {
  return name
    .trim()
    .split(/\s+/u)
    .map((word) => maskWord([...word]))
    .join(' ')
}

function maskWord(letters: readonly string[]): string {
  const first = letters[0] ?? ''
  if (letters.length <= 1) return '*'.repeat(letters.length)
  if (letters.length === 2) return `${first}*`
  return `${first}${'*'.repeat(letters.length - 2)}${letters.at(-1) ?? ''}`
}

/** A 16-digit NIK as "5399********0001"; anything else wholly hidden. */
export function maskNik(nik: string): string {
  return /^\d{16}$/.test(nik)
    ? `${nik.slice(0, 4)}********${nik.slice(12)}`
    : '#'.repeat(Math.min(nik.length, 16))
}
