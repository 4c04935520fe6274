import type { Language } from './language/language.ts'
import type { InvitationDeps } from './marketplace/invitation/invitation-deps.ts'
import { createInvitationStore } from './marketplace/invitation/store-invitations.ts'
import { createListingStore } from './marketplace/listing/store-listing.ts'
import type { MarketWords } from './marketplace/market-words.ts'
import { createMarketStore } from './marketplace/store.ts'
import { createShopContacts } from './marketplace/store-contact.ts'
import { createAuditTrail } from './staff/store.ts'
import type { Storage } from './storage/open-storage.ts'

/** What invitations of owners are built on. */
export function createInvitationDeps(ground: {
  readonly storage: Storage
  readonly language: Language
  readonly words: () => MarketWords
  readonly now: () => Date
}): InvitationDeps {
  const { storage, language, words, now } = ground
  return {
    ...{ words, now, secrets: storage.keyring, audit: createAuditTrail() },
    store: createMarketStore(storage.database.prisma),
    listing: createListingStore(),
    invitations: createInvitationStore(),
    contacts: createShopContacts(storage.keyring),
    placeName: (code) => language.places.byCode(code)?.name,
  }
}
