/**
 * Cuts a text into pieces of at most `limit` UTF-16 units, none blank: between paragraphs where that leaves
 * no piece too short, else between lines, else between words, else anywhere but inside a character.
 */
export function splitText(text: string, limit: number): readonly string[] {
  const pieces: string[] = []
  let rest = text.trim()
  while (rest.length > limit) {
    const cut = findCut(rest, limit)
    pieces.push(rest.slice(0, cut).trimEnd())
    rest = rest.slice(cut).trimStart()
  }
  if (rest !== '') pieces.push(rest)
  return pieces
}

function findCut(text: string, limit: number): number {
  for (const boundary of ['\n\n', '\n', ' ']) {
    // The boundary itself may stand just behind the piece.
    const at = text.lastIndexOf(boundary, limit)
    if (at >= limit / 2) return at
  }
  return isInsidePair(text, limit) ? limit - 1 : limit
}

function isInsidePair(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff
}
