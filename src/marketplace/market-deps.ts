import type { Language } from '../language/language.ts'
import type { AuditTrail } from '../staff/audit-trail.ts'
import type { Transaction } from '../storage/database.ts'
import type { MarketVoice } from './market-voice.ts'
import type { MarketWords } from './market-words.ts'
import type { Pictures } from './pictures/pictures.ts'
import type { ProductSearch } from './search/search.ts'
import type { MarketStore } from './store.ts'

/** What everything that is done in the marketplace is given. */
export interface MarketDeps {
  readonly store: MarketStore
  readonly search: ProductSearch
  readonly pictures: Pictures
  readonly words: () => MarketWords
  readonly language: Language
  readonly audit: AuditTrail<Transaction>
  readonly voice: MarketVoice
  /** Where the pages are, such as `https://lopo.kupangkota.go.id`. */
  readonly publicUrl: () => string
  readonly now: () => Date
}
