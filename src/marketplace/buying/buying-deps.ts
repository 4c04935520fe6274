import type { DayCounter } from '../day-counts.ts'
import type { MarketDeps } from '../market-deps.ts'
import type { ShopContacts } from '../store-contact.ts'
import type { BuyingWords } from './buying-words.ts'
import type { BuyingStore } from './store-buying.ts'

/** What buyers' actions are given. */
export interface BuyingDeps extends MarketDeps {
  readonly buying: BuyingStore
  readonly contacts: ShopContacts
  readonly days: Pick<DayCounter, 'count'>
  readonly buyingWords: () => BuyingWords
}
