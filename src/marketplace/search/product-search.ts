import type { Language } from '../../language/language.ts'
import type { Transaction } from '../../storage/database.ts'
import type { MarketWords } from '../market-words.ts'
import { anyOf, atLeast, every } from './lexeme-query.ts'
import { createMarketLexicon, type MarketLexicon } from './market-lexicon.ts'
import { termsOfProduct } from './product-terms.ts'
import { readQuery } from './read-query.ts'
import { questionOf, resolveSlots } from './resolve-slots.ts'
import type { FoundProducts, ProductQuery, ProductSearch } from './search.ts'
import { slotsOf } from './search-slots.ts'
import { type IndexDeps, productsOfShop, writeIndex } from './store-index.ts'
import { type Page, readAlike, readFitting, readNear, readNewest, readWords } from './store-search.ts'
import { suggestCategories } from './suggest-categories.ts'

/** What the search is made of. */
export interface ProductSearchDeps {
  readonly language: Language
  /** The words of the marketplace as they now are. */
  readonly words: () => MarketWords
}

const MOST_ALIKE = 3

/** Makes the search: all of it in PostgreSQL, by the bot's own reading of words. */
export function createProductSearch({ language, words }: ProductSearchDeps): ProductSearch {
  const lexicon = createLexiconReader(language, words)
  const indexDeps: IndexDeps = {
    termsOf: (product) => termsOfProduct(product, lexicon()),
    placesOf: (code) => {
      const kelurahan = language.places.byCode(code)
      return kelurahan === undefined
        ? { names: [], district: '' }
        : { names: [kelurahan.name, kelurahan.district], district: kelurahan.district }
    },
  }
  return {
    understand: (sentence) => readQuery(sentence, lexicon(), language),
    suggestCategories: (name) => suggestCategories(name, lexicon()),
    find: (client, query, page) => find(client, query, page, lexicon(), language),
    index: (transaction, productIds) => writeIndex(transaction, productIds, indexDeps),
    async indexShop(transaction, shopId) {
      await writeIndex(transaction, await productsOfShop(transaction, shopId), indexDeps)
    },
  }
}

/** The lexicon, made anew only when the words have changed. */
function createLexiconReader(language: Language, words: () => MarketWords): () => MarketLexicon {
  let made: MarketLexicon | undefined
  return () => {
    const now = words()
    if (made?.words !== now) made = createMarketLexicon(now, language)
    return made
  }
}

async function find(
  client: Transaction,
  query: ProductQuery,
  page: Page,
  lexicon: MarketLexicon,
  { places }: Language,
): Promise<FoundProducts> {
  const slots = slotsOf(query.words, lexicon, places)
  if (slots.length === 0) return { ...(await readNewest(client, query, page)), quality: 'exact' }
  const known = await readWords(client, questionOf(slots, lexicon))
  const groups = resolveSlots(slots, known, lexicon)
  if (groups.every(({ exact }) => exact.length > 0)) {
    const fitting = await readFitting(client, every(groups.map(({ exact }) => anyOf(exact))), query, page)
    if (fitting.total > 0) return { ...fitting, quality: 'exact' }
  }
  const parts: string[] = []
  for (const [index, { wide }] of groups.entries()) {
    const slot = slots[index]
    const any = wide.length > 0 || slot?.certainty !== 'none' ? wide : await readLike(client, slot.typed)
    if (any.length > 0) parts.push(anyOf(any))
  }
  return { ...(await findNear(client, parts, query, page)), quality: 'near' }
}

/** What looks most like a word that is like none by its letters. */
async function readLike(client: Transaction, typed: string): Promise<readonly (readonly string[])[]> {
  return (await readAlike(client, typed, MOST_ALIKE)).map((word) => [word])
}

/** What fits as many of the parts as any product does. */
async function findNear(client: Transaction, parts: readonly string[], query: ProductQuery, page: Page) {
  for (let count = parts.length; count > 0; count--) {
    const found = await readNear(client, atLeast(count, parts), parts, query, page)
    if (found.total > 0) return found
  }
  return { products: [], total: 0 }
}
