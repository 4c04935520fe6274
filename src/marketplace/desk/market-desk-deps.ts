import type { QuietHours } from '../../language/quiet-hours.ts'
import type { MarketDeps } from '../market-deps.ts'
import type { OwnerWords } from './owner-words.ts'
import type { MarketDeskStore } from './store-desk.ts'

/** What the desk of the marketplace is put together from. */
export interface MarketDeskDeps
  extends Pick<MarketDeps, 'store' | 'search' | 'words' | 'audit' | 'voice' | 'publicUrl' | 'now'> {
  readonly desk: MarketDeskStore
  readonly ownerWords: () => OwnerWords
  /** In these nobody is told of a decision. */
  readonly quietHours: () => QuietHours
}
