import { normalise } from '../../language/normalise.ts'
import type { Halal } from '../product.ts'
import { isTypedLexeme, joined, kindLexeme, type MarketLexicon } from './market-lexicon.ts'

/** What a product is found by. */
export interface FindableProduct {
  readonly name: string
  readonly description: string
  readonly category: string
  readonly halal: Halal
  readonly shopName: string
  /** Names of its kelurahan and kecamatan. */
  readonly places: readonly string[]
}

/** The lexemes of a product: those of its name, and all. */
export interface ProductTerms {
  /** The name as the normaliser reads it. */
  readonly name: string
  readonly nameTerms: readonly string[]
  readonly terms: readonly string[]
  /** Whether there is pork in it, by what its owner says or by its name. */
  readonly pork: boolean
}

const SHORT_PART = 3

/** Everything that a product is found by. */
export function termsOfProduct(product: FindableProduct, lexicon: MarketLexicon): ProductTerms {
  const name = normalise(product.name)
  const pork = product.halal === 'pork' || saysPork(name.tokens, lexicon)
  const nameTerms = new Set([...termsOf(name.tokens, lexicon), ...kindsOf(name.tokens, lexicon)])
  const category = lexicon.words.categories[product.category]
  const texts = [
    product.description,
    product.shopName,
    ...(category === undefined ? [] : [category.title, ...category.called]),
  ]
  const terms = new Set(nameTerms)
  for (const text of texts)
    for (const term of termsOf(normalise(text).tokens, lexicon)) if (isTypedLexeme(term)) terms.add(term)
  for (const place of product.places) terms.add(joined(place))
  for (const [kind, { categories }] of Object.entries(lexicon.words.search.kinds))
    if (categories.includes(product.category)) terms.add(kindLexeme(kind))
  for (const kind of saidKinds(normalise(product.description).tokens, lexicon)) terms.add(kind)
  if (pork) terms.add('babi').add('nonhalal')
  if (product.halal === 'certified') terms.add('halal')
  return { name: name.text, nameTerms: [...nameTerms], terms: [...terms], pork }
}

/** Whether these words speak of pork other than to say that there is none. */
function saysPork(tokens: readonly string[], { pork, without }: MarketLexicon): boolean {
  return tokens.some((_, index) => pork.at(tokens, index) !== undefined && !without.before(tokens, index))
}

function termsOf(tokens: readonly string[], lexicon: MarketLexicon): ReadonlySet<string> {
  const terms = new Set<string>(tokens)
  for (const [index, token] of tokens.entries()) {
    const meaning = lexicon.meanings.at(tokens, index)?.meaning
    if (meaning !== undefined) terms.add(meaning.lexeme)
    const next = tokens[index + 1] ?? ''
    const both = `${token}${next}`
    if (next !== '' && Math.min(token.length, next.length) <= SHORT_PART && lexicon.isMarketWord(both))
      terms.add(both)
    for (const word of lexicon.surely(token)) terms.add(word)
    // What an owner may have mistyped.
    for (const word of lexicon.mistypedFor(token))
      terms.add(word).add(lexicon.meanings.at([word], 0)?.meaning.lexeme ?? word)
  }
  return terms
}

/** The kinds of the goods that are named. */
function kindsOf(tokens: readonly string[], { kinds }: MarketLexicon): readonly string[] {
  return tokens.flatMap((_, index) => kinds.at(tokens, index)?.meaning.map(kindLexeme) ?? [])
}

function saidKinds(tokens: readonly string[], { meanings }: MarketLexicon): readonly string[] {
  return tokens.flatMap((_, index) => {
    const meaning = meanings.at(tokens, index)?.meaning
    return meaning?.isKind === true ? [meaning.lexeme] : []
  })
}
