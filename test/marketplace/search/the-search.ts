import { readFileSync } from 'node:fs'
import { parseMarketWords } from '../../../src/marketplace/market-words.ts'
import { createMarketLexicon } from '../../../src/marketplace/search/market-lexicon.ts'
import { createProductSearch } from '../../../src/marketplace/search/product-search.ts'
import { language } from '../../language/the-language.ts'

/** The words of the marketplace as they stand in `flows/`. */
export const words = parseMarketWords(
  readFileSync(new URL('../../../flows/content/umkm.yaml', import.meta.url), 'utf8'),
)

/** The lexicon of those words. */
export const lexicon = createMarketLexicon(words, language)

/** The search by those words. */
export const search = createProductSearch({ language, words: () => words })
