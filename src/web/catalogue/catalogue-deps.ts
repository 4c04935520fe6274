import type { Language } from '../../language/language.ts'
import type { Catalogue } from '../../marketplace/catalogue/catalogue.ts'
import type { Overview } from '../../marketplace/catalogue/listing.ts'
import type { MarketWords } from '../../marketplace/market-words.ts'
import type { Pictures } from '../../marketplace/pictures/pictures.ts'
import type { Layout } from '../layout.ts'
import type { CatalogueTexts } from './catalogue-texts.ts'
import type { FirstLooks } from './first-looks.ts'
import type { Kept } from './kept.ts'
import type { KeptPage, KeptPages } from './kept-pages.ts'

export interface CataloguePagesDeps {
  readonly catalogue: Catalogue
  readonly texts: () => CatalogueTexts
  readonly words: () => MarketWords
  readonly layout: Layout
  readonly pictures: Pick<Pictures, 'read'>
  readonly language: Pick<Language, 'places' | 'parse'>
  /** Where people reach the pages, such as `https://lopo.kupangkota.go.id`, without a slash at the end. */
  readonly publicUrl: () => string
  readonly now: () => Date
  /** For how long a page may be shown as it was made, once and then at most as long again; 3,000 when left out, 0 for never. */
  readonly patienceMs?: number
  /** Has a listener told of all that changes in the catalogue, of any process: pages are kept for longer then. */
  readonly onChange?: (listener: () => void) => void
  /** Milliseconds since any moment. */
  readonly elapsed?: () => number
}

/** What the routes share. */
export interface Shelf extends CataloguePagesDeps {
  readonly kept: KeptPages
  /** Pages that stand in the place of one that is not there: the same few for every address. */
  readonly problems: Kept<KeptPage>
  /** Makes a place for so many of what is as costly to make. */
  readonly keep: <Value>(most: number) => Kept<Value>
  /** Read once until something changes. */
  readonly overview: () => Promise<Overview>
  readonly looks: FirstLooks
}

/** How many products a page of a list holds. */
export const pageSize = 24
