/** What the standard fonts of PDF have beyond Latin-1. */
const alsoThere = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ')
/** Letters that do not come apart into a Latin one and a mark. */
const instead = new Map([
  ...[...'ʼʻ′'].map((mark) => [mark, "'"] as const),
  ...[...'‐‑−'].map((mark) => [mark, '-'] as const),
  ...[
    ['ł', 'l'] as const,
    ['Ł', 'L'] as const,
    ['đ', 'd'] as const,
    ['Đ', 'D'] as const,
    ['ı', 'i'] as const,
  ],
])

/**
 * A text as the standard fonts of PDF can draw it: other Latin letters without their marks, what is beyond them as `?`, and nothing
 * that cannot be seen.
 */
export function printable(text: string): string {
  const visible = text
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .replace(/\p{C}+/gu, '')
  return [...visible].map(inFont).join('').trim()
}

function inFont(letter: string): string {
  if (isThere(letter)) return letter
  const plain = instead.get(letter) ?? letter.normalize('NFKD').replace(/\p{M}+/gu, '')
  return plain !== '' && [...plain].every(isThere) ? plain : '?'
}

function isThere(letter: string): boolean {
  const code = letter.codePointAt(0) ?? 0
  return (code >= 0x20 && code < 0x7f) || (code > 0xa0 && code <= 0xff) || alsoThere.has(letter)
}
