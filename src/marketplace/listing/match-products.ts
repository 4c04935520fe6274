import { typoDistance } from '../../language/distance.ts'
import type { Product } from '../product.ts'
import { tokensOf } from '../words-in-text.ts'

/** Below this share of its words, a sentence names no product. */
const enough = 0.5

/** The products that the words of a sentence may name, typing errors forgiven: the one that fits best, or all that fit as well. */
export function matchProducts<Each extends Pick<Product, 'name'>>(
  target: readonly string[],
  products: readonly Each[],
): readonly Each[] {
  if (target.length === 0) return []
  const scored = products.map((product) => ({ product, ...scoreOf(target, tokensOf(product.name)) }))
  const best = Math.max(0, ...scored.map(({ share }) => share))
  if (best < enough) return []
  const fitting = scored.filter(({ share }) => share === best)
  // "Abon" is the one called just that, not "Abon ikan".
  const whole = fitting.filter(({ isWhole }) => isWhole)
  return (whole.length === 1 ? whole : fitting).map(({ product }) => product)
}

function scoreOf(
  target: readonly string[],
  name: readonly string[],
): { readonly share: number; readonly isWhole: boolean } {
  const found = new Set<string>()
  let matched = 0
  for (let at = 0; at < target.length; at++) {
    const one = findIn(name, target[at] ?? '')
    // "Se i" is se'i.
    const pair = one === undefined ? findExact(name, `${target[at]}${target[at + 1] ?? ' '}`) : undefined
    for (const word of [one, pair]) if (word !== undefined) found.add(word)
    matched += one !== undefined ? 1 : pair !== undefined ? 2 : 0
    if (pair !== undefined) at += 1
  }
  return { share: matched / target.length, isWhole: found.size === new Set(name).size }
}

function findIn(name: readonly string[], word: string): string | undefined {
  return (
    findExact(name, word) ??
    name.find((each) => (word.length >= 4 && each.startsWith(word)) || each === word.replace(/nya$/, '')) ??
    name.find((each) => typoDistance(word, each) !== undefined)
  )
}

function findExact(name: readonly string[], word: string): string | undefined {
  return name.find((each) => each === word)
}
