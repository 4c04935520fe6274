import type { Language } from './language/language.ts'
import { createProductNews, type ProductNewsDesk } from './marketplace/digest/digest.ts'
import { createDigestDesk, type DigestDesk, type DigestDeskDeps } from './marketplace/digest/digest-desk.ts'
import { createDigestStore } from './marketplace/digest/store-digest.ts'
import type { MarketDeps } from './marketplace/market-deps.ts'
import { createPromotionStore } from './marketplace/promotion/store-promotion.ts'
import { createMarketStore } from './marketplace/store.ts'
import { createAuditTrail } from './staff/store.ts'
import type { Storage } from './storage/open-storage.ts'

/** What is told of products. */
export function createHouseProductNews(
  ground: Pick<MarketDeps, 'words' | 'publicUrl' | 'now'> & {
    readonly storage: Storage
    readonly language: Language
  },
): ProductNewsDesk {
  const { storage, language, words, publicUrl, now } = ground
  return createProductNews({
    ...{ words, publicUrl, now },
    store: createMarketStore(storage.database.prisma),
    digest: createDigestStore(),
    places: createPromotionStore(),
    placeName: (code) => language.places.byCode(code)?.name,
  })
}

/** What officers do with the weekly digest of products. */
export function createHouseDigestDesk(ground: {
  readonly storage: Storage
  readonly compose: DigestDeskDeps['compose']
  readonly now: () => Date
}): DigestDesk {
  return createDigestDesk({
    store: createMarketStore(ground.storage.database.prisma),
    audit: createAuditTrail(),
    digest: createDigestStore(),
    places: createPromotionStore(),
    ...{ compose: ground.compose, now: ground.now },
  })
}
