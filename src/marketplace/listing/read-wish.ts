import { typoDistance } from '../../language/distance.ts'
import type { Language } from '../../language/language.ts'
import type { Product } from '../product.ts'
import { tokensOf } from '../words-in-text.ts'
import { findPrice } from './find-price.ts'
import type { ReadingWords } from './listing-words.ts'
import type { OwnerMove } from './product-moves.ts'

/** What an owner's sentence asks for. */
export interface Wish {
  readonly what: 'price' | Exclude<OwnerMove, 'submit'>
  /** Whole rupiah, where an amount is told. */
  readonly amount: number | undefined
  /** The amount may be what is added or taken off: "naikkan harga abon 5rb". */
  readonly by: 'raise' | 'lower' | undefined
  /** The words that may name a product. */
  readonly target: readonly string[]
  /** All of them are meant. */
  readonly all: boolean
  /** The others are meant, and not those that are named: "yang lain masih". */
  readonly rest: boolean
}

/** What sentences are read by. */
export interface WishReader {
  readonly language: Pick<Language, 'words' | 'parse'>
  readonly reading: ReadingWords
  readonly products: readonly Pick<Product, 'name'>[]
  readonly now: Date
}

type Cue = Exclude<keyof ReadingWords, 'fillers' | 'breaks'>

const cues: readonly Cue[] = [
  ...(['price', 'raise', 'lower', 'becomes', 'sold_out', 'back', 'there', 'still'] as const),
  ...(['hide', 'show', 'all', 'rest', 'denied'] as const),
]

/** Reads one sentence of an owner ("harga abon jadi 35rb", "madu habis"); undefined where it asks for nothing of this. */
export function readWish(sentence: string, reader: WishReader): Wish | undefined {
  const tokens = tokensOf(sentence.replace(/\brp\.?\s*/giu, 'rp '))
  const names = new Set(reader.products.flatMap(({ name }) => tokensOf(name)))
  // The figures of a name are no price, and "kosong" is no nought.
  const others = new Set([...names, ...cues.flatMap((cue) => reader.reading[cue])])
  const price = findPrice(tokens, reader, others)
  const said = new Set<Cue>()
  const target: string[] = []
  for (const [at, token] of tokens.entries()) {
    if (price !== undefined && at >= price.from && at < price.to) continue
    const found = cuesOf(token, reader, names)
    for (const cue of found) said.add(cue)
    if (found.length === 0 && !isFiller(token, reader.reading, names)) target.push(token)
    else if (names.has(token)) target.push(token)
  }
  const what = whatOf(said, price?.amount)
  if (what === undefined) return undefined
  const by = said.has('becomes')
    ? undefined
    : said.has('raise')
      ? 'raise'
      : said.has('lower')
        ? 'lower'
        : undefined
  return { what, amount: price?.amount, by, target, all: said.has('all'), rest: said.has('rest') }
}

function whatOf(said: ReadonlySet<Cue>, amount: number | undefined): Wish['what'] | undefined {
  if (said.has('price') || amount !== undefined) return 'price'
  if (said.has('hide') || said.has('lower')) return said.has('denied') ? undefined : 'hide'
  if (said.has('show')) return said.has('denied') ? undefined : 'show'
  if (said.has('sold_out')) return said.has('denied') ? 'confirm' : 'sold_out'
  if (said.has('there') && said.has('denied') && !said.has('still')) return 'sold_out'
  if (said.has('back') || said.has('raise')) return said.has('denied') ? undefined : 'back'
  return said.has('there') || said.has('still') ? 'confirm' : undefined
}

/** What a word asks for; the name of a product asks for nothing, unless it is a cue word for word. */
function cuesOf(
  token: string,
  { reading, language }: WishReader,
  names: ReadonlySet<string>,
): readonly Cue[] {
  const exact = cues.filter((cue) => reading[cue].includes(token))
  if (exact.length > 0 || names.has(token) || token.length < 3) return exact
  if (nearestName(token, names) !== undefined) return []
  const read = language.words(token)
  const sure = read.filter(({ known, typo }) => known && typo === 0)
  const meant = cues.filter((cue) =>
    read.some(({ word, root, typo }) => typo < 2 && [word, root].some((form) => reading[cue].includes(form))),
  )
  if (meant.length > 0 || sure.length > 0) return meant
  return cues.filter((cue) => reading[cue].some((word) => typoDistance(token, word) !== undefined))
}

function isFiller(token: string, { fillers }: ReadingWords, names: ReadonlySet<string>): boolean {
  return !names.has(token) && fillers.includes(token)
}

function nearestName(token: string, names: ReadonlySet<string>): string | undefined {
  return [...names].find((name) => typoDistance(token, name) !== undefined)
}

/** The parts of an answer that speak of several products: "madu habis, abon masih". */
export function clausesOf(sentence: string, { breaks }: ReadingWords): readonly string[] {
  const parts = sentence.split(/[,;\n]|\.(?!\d)/u)
  return parts
    .flatMap((part) => part.split(new RegExp(String.raw`(?<!\p{L})(?:${breaks.join('|')})(?!\p{L})`, 'iu')))
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
