import type { MarketDeps } from '../market-deps.ts'
import type { PromotionWords } from './promotion-words.ts'
import type { PromotionStore } from './store-promotion.ts'

/** What the actions of owners who promote are given. */
export interface PromotionDeps
  extends Pick<MarketDeps, 'store' | 'pictures' | 'words' | 'language' | 'publicUrl'> {
  readonly promotion: PromotionStore
  readonly promotionWords: () => PromotionWords
}
