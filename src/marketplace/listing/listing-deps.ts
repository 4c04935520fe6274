import type { ActionContext } from '../../flow/action.ts'
import type { Transaction } from '../../storage/database.ts'
import type { MarketDeps } from '../market-deps.ts'
import type { ShopContacts } from '../store-contact.ts'
import type { ListingWords } from './listing-words.ts'
import type { ListingStore } from './store-listing.ts'

/** What the owner's side of the marketplace is given. */
export interface ListingDeps extends MarketDeps {
  readonly listing: ListingStore
  /** Where photos that people send are read. */
  readonly media: { read(id: string): Promise<{ readonly bytes: Uint8Array } | undefined> }
  readonly contacts: ShopContacts
  readonly listingWords: () => ListingWords
}

/** Who asks, when, and within which transaction. */
export type OwnerContext = ActionContext<Transaction>
