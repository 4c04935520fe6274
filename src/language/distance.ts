const LONGEST = 64
// Used anew by each call, since most of the time of a comparison would go into making them.
const scratch = [new Uint8Array(LONGEST + 1), new Uint8Array(LONGEST + 1), new Uint8Array(LONGEST + 1)]

/**
 * How many single-letter changes (insert, drop, replace, swap two neighbours) part two words; `limit + 1` as soon as it is
 * sure to be more than `limit`, or for words of over 64 letters that differ.
 */
export function editDistance(from: string, to: string, limit: number): number {
  if (from === to) return 0
  if (Math.abs(from.length - to.length) > limit || Math.max(from.length, to.length) > LONGEST)
    return limit + 1
  let [before = row(), previous = row(), current = row()] = scratch
  for (let column = 0; column <= to.length; column++) previous[column] = column
  for (let line = 1; line <= from.length; line++) {
    const best = fillRow(from, to, line, [before, previous, current])
    if (best > limit) return limit + 1
    ;[before, previous, current] = [previous, current, before]
  }
  return Math.min(at(previous, to.length), limit + 1)
}

function fillRow(
  from: string,
  to: string,
  line: number,
  [before, previous, current]: readonly [Uint8Array, Uint8Array, Uint8Array],
): number {
  const letter = from.charCodeAt(line - 1)
  const letterBefore = from.charCodeAt(line - 2)
  current[0] = line
  let best = line
  for (let column = 1; column <= to.length; column++) {
    const other = to.charCodeAt(column - 1)
    const replaced = at(previous, column - 1) + (letter === other ? 0 : 1)
    let cost = Math.min(at(previous, column) + 1, at(current, column - 1) + 1, replaced)
    const swapped = line > 1 && column > 1 && letter === to.charCodeAt(column - 2) && letterBefore === other
    if (swapped) cost = Math.min(cost, at(before, column - 2) + 1)
    current[column] = cost
    if (cost < best) best = cost
  }
  return best
}

function row(): Uint8Array {
  return new Uint8Array(LONGEST + 1)
}

function at(cells: Uint8Array, index: number): number {
  return cells[index] ?? 0
}

/** The letters of a word as bits, so that words which share too few are told apart at once. */
export function letters(word: string): number {
  let bits = 0
  for (let index = 0; index < word.length; index++) bits |= 1 << (word.charCodeAt(index) - 97)
  return bits
}

/** Whether words with these letters can be within `limit` changes: each change makes at most two letters differ. */
export function mayBeWithin(one: number, other: number, limit: number): boolean {
  let bits = one ^ other
  for (let allowed = 2 * limit; bits !== 0; allowed--) {
    if (allowed === 0) return false
    bits &= bits - 1
  }
  return true
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
