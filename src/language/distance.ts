/**
 * How many single-letter changes (insert, drop, replace, swap two neighbours) part two words; `limit + 1` as soon as it is
 * sure to be more than `limit`.
 */
export function editDistance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) > limit) return limit + 1
  let before: number[] = []
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    let best = row
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1]
      let cost = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (same ? 0 : 1),
      )
      const swapped =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      if (swapped) cost = Math.min(cost, at(before, column - 2) + 1)
      current.push(cost)
      best = Math.min(best, cost)
    }
    if (best > limit) return limit + 1
    before = previous
    previous = current
  }
  return Math.min(at(previous, to.length), limit + 1)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? 0
}

/** A word without its vowels, doubled consonants and final h: what is left of it in shorthand ("pltihan" is "plthn"). */
export function consonants(word: string): string {
  return word
    .replace(/[aeiou]/g, '')
    .replace(/(.)\1+/g, '$1')
    .replace(/(?<=.)h$/, '')
}

/** A word as Kupang Malay says it: no schwa, no final h or double letters. "Parna" and "pernah" sound the same. */
export function sound(word: string): string {
  return word
    .replace(/e/g, 'a')
    .replace(/h$/, '')
    .replace(/(.)\1+/g, '$1')
}

/** Whether every letter of `short` stands in `long` in the same order. */
function isClippingOf(short: string, long: string): boolean {
  let index = 0
  for (const letter of long) if (short[index] === letter) index += 1
  return index === short.length
}

/** How many changes a word of this length may carry and still be taken for another (0: it may not). */
export function typoLimit(length: number): number {
  if (length < 4) return 0
  return length < 7 ? 1 : 2
}

/**
 * Whether an unknown word is a known one mistyped: few changes and the same first letter or the same consonants, or the
 * known word with vowels left out. Gives the number of changes, or undefined. Never asked about two real words.
 */
export function typoDistance(typed: string, known: string): number | undefined {
  const limit = typoLimit(typed.length)
  if (limit === 0 || known.length < 4) return undefined
  const sameStart = typed[0] === known[0]
  const skeleton = consonants(typed)
  const sameConsonants = skeleton.length >= 3 && skeleton === consonants(known)
  if (!sameStart && !sameConsonants) return undefined
  const distance = editDistance(typed, known, limit)
  if (distance <= limit) return distance
  if (sameStart && sound(typed) === sound(known)) return 1
  return sameStart && sameConsonants && isClippingOf(typed, known) ? limit : undefined
}
