import type { Product } from '../product.ts'
import { tokensOf } from '../words-in-text.ts'
import { matchProducts } from './match-products.ts'
import { isPublic, isShown } from './product-text.ts'
import { clausesOf, readWish, type Wish, type WishReader } from './read-wish.ts'

/** What an answer to the weekly question says of products. */
export interface HeardWeek {
  /** Sold out. */
  readonly gone: readonly Product[]
  /** Named as still there, or as there again. */
  readonly there: readonly Product[]
  /** All that is not spoken of otherwise is still there. */
  readonly isRestThere: boolean
  /** Set apart from the rest without a word on how it stands: "selain madu masih". */
  readonly apart: readonly Product[]
}

/** The wishes of an answer, part by part; a part that only names a product goes with the next that says something: "abon dan madu masih". */
export function wishesOf(sentence: string, reader: WishReader): readonly Wish[] {
  const wishes: Wish[] = []
  let named: (readonly string[])[] = []
  const alike = (wish: Wish) => named.map((target) => ({ ...wish, target, all: false, rest: false }))
  for (const clause of clausesOf(sentence, reader.reading)) {
    const wish = readWish(clause, reader)
    if (wish === undefined) {
      const target = tokensOf(clause)
      if (matchProducts(target, reader.products).length > 0) named.push(target)
      continue
    }
    if (wish.rest) wishes.push({ ...wish, target: [...named.flat(), ...wish.target] })
    else wishes.push(...alike(wish), wish)
    named = []
  }
  const last = wishes.at(-1)
  return last === undefined ? [] : [...wishes, ...alike(last)]
}

/** Takes the wishes of an answer together: `which` where something is sold out, but not which; undefined where nothing is understood. */
export function hearWeek(
  wishes: readonly Wish[],
  products: readonly Product[],
  asked: readonly Product[],
): HeardWeek | 'which' | undefined {
  const gone: Product[] = []
  const there: Product[] = []
  const apart: Product[] = []
  let isRestThere = false
  for (const wish of wishes) {
    const named = namedBy(wish.target, products)
    if (wish.what === 'sold_out') {
      const meant = soldOut(wish, named, products)
      if (meant === undefined) return 'which'
      gone.push(...meant)
    } else if (wish.rest) {
      isRestThere = true
      apart.push(...named)
    } else if (wish.all || wish.target.length === 0) isRestThere = true
    else there.push(...(named.length === 0 && asked.length === 1 ? asked : named))
  }
  const isHeard = isRestThere || gone.length > 0 || there.length > 0
  return isHeard ? { gone, there, isRestThere, apart } : undefined
}

/** Whether the product hid itself because nobody said that it is still there. */
export function isUnconfirmed({ state, reason }: Pick<Product, 'state' | 'reason'>): boolean {
  return state === 'hidden' && reason === 'unconfirmed'
}

/** The products that words name: those that can be answered for, where some of them can. */
function namedBy(target: readonly string[], products: readonly Product[]): readonly Product[] {
  const fitting = matchProducts(
    target,
    products.filter(({ state }) => state !== 'removed'),
  )
  const [best = fitting] = [isShown, isUnconfirmed, isPublic]
    .map((isIt) => fitting.filter(isIt))
    .filter((found) => found.length > 0)
  return best
}

/** What is said to be sold out; undefined where that is not clear. Where nothing is shown any more, all that hid itself is meant. */
function soldOut(
  { all }: Wish,
  named: readonly Product[],
  products: readonly Product[],
): readonly Product[] | undefined {
  const shown = products.filter(isShown)
  const unconfirmed = products.filter(isUnconfirmed)
  if (all) return [...shown, ...unconfirmed]
  if (named.length === 1 || (named.length > 1 && shown.length === 0)) return named
  if (named.length > 1 || shown.length > 1) return undefined
  return shown.length === 1 ? shown : unconfirmed
}
