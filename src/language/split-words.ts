import type { Word, WordReader } from './word.ts'

const SHORTEST = 6
const LONGEST = 28
const SURE_LENGTH = 5
const MISTYPED_LENGTH = 4

/** Splits words typed without the space between them ("cekbansos"), when every part is a sure word. */
export function splitWords(token: string, certain: WordReader, parts = 3): readonly Word[] | undefined {
  if (token.length < SHORTEST || token.length > LONGEST) return undefined
  let best: readonly Word[] | undefined
  let bestShortest = 0
  for (let at = token.length - 2; at >= 2; at--) {
    // Two short parts fit together by accident too easily.
    if (at < 4 && token.length - at < 4) continue
    const first = certain(token.slice(0, at))
    if (first === undefined) continue
    const tail = token.slice(at)
    const rest = certain(tail) ?? (parts > 2 ? splitWords(tail, certain, parts - 1) : undefined)
    if (rest === undefined) continue
    // "Namasaya" is "nama saya" rather than "namasa ya": even parts are less of an accident.
    const shortest = Math.min(at, ...rest.map(({ surface }) => surface.length))
    if (shortest > bestShortest) [best, bestShortest] = [[...first, ...rest], shortest]
  }
  return best
}

/** Splits what nothing else explains: two words of three letters, or a long sure word and a mistyped one. */
export function splitLoosely(
  token: string,
  certain: WordReader,
  near: WordReader,
): readonly Word[] | undefined {
  if (token.length < SHORTEST || token.length > LONGEST) return undefined
  for (let at = token.length - 3; at >= 3; at--) {
    const read = readHalves(token.slice(0, at), token.slice(at), certain, near)
    if (read !== undefined) return read
  }
  return undefined
}

function readHalves(
  head: string,
  tail: string,
  certain: WordReader,
  near: WordReader,
): readonly Word[] | undefined {
  const first = certain(head)
  const last = certain(tail)
  if (first !== undefined && last !== undefined) return [...first, ...last]
  if (first !== undefined && head.length >= SURE_LENGTH && tail.length >= MISTYPED_LENGTH) {
    const mistyped = near(tail)
    return mistyped === undefined ? undefined : [...first, ...mistyped]
  }
  if (last !== undefined && tail.length >= SURE_LENGTH && head.length >= MISTYPED_LENGTH) {
    const mistyped = near(head)
    return mistyped === undefined ? undefined : [...mistyped, ...last]
  }
  return undefined
}
