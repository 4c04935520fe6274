import { createInvitationDeps } from './app-invitations.ts'
import type { Conversation } from './conversation/conversation.ts'
import type { Action, ActionContract } from './flow/action.ts'
import { buttonOfWords } from './flow/button-words.ts'
import type { Language } from './language/language.ts'
import { isQuiet, type QuietHours } from './language/quiet-hours.ts'
import { createBuyingActions } from './marketplace/buying/buying-actions.ts'
import { buyingContracts } from './marketplace/buying/buying-contracts.ts'
import { type BuyingWords, parseBuyingWords } from './marketplace/buying/buying-words.ts'
import { createBuyingStore } from './marketplace/buying/store-buying.ts'
import { type Catalogue, createCatalogue } from './marketplace/catalogue/catalogue.ts'
import { createCatalogueStore } from './marketplace/catalogue/store-catalogue.ts'
import type { DayCounter } from './marketplace/day-counts.ts'
import { createMarketDesk } from './marketplace/desk/create-market-desk.ts'
import type { MarketDesk } from './marketplace/desk/market-desk.ts'
import { type OwnerWords, parseOwnerWords } from './marketplace/desk/owner-words.ts'
import { createMarketDeskStore } from './marketplace/desk/store-desk.ts'
import { createTendOwnerNotices } from './marketplace/desk/tell-owner.ts'
import { createInvitationActions, invitationContracts } from './marketplace/invitation/invitation-actions.ts'
import { createInvitationDesk, type InvitationDesk } from './marketplace/invitation/invitation-desk.ts'
import { createListingActions } from './marketplace/listing/listing-actions.ts'
import { listingContracts } from './marketplace/listing/listing-contracts.ts'
import { type ListingWords, parseListingWords } from './marketplace/listing/listing-words.ts'
import { createListingStore } from './marketplace/listing/store-listing.ts'
import { createTendListingStore } from './marketplace/listing/store-tend.ts'
import { createTendListing } from './marketplace/listing/tend-listing.ts'
import type { MarketDeps } from './marketplace/market-deps.ts'
import type { MarketVoice } from './marketplace/market-voice.ts'
import { type MarketWords, parseMarketWords } from './marketplace/market-words.ts'
import type { Pictures } from './marketplace/pictures/pictures.ts'
import { createPromotionActions } from './marketplace/promotion/promotion-actions.ts'
import { promotionContracts } from './marketplace/promotion/promotion-contracts.ts'
import { type PromotionWords, parsePromotionWords } from './marketplace/promotion/promotion-words.ts'
import { createPromotionStore } from './marketplace/promotion/store-promotion.ts'
import { createProductSearch } from './marketplace/search/product-search.ts'
import { createMarketStore } from './marketplace/store.ts'
import { createShopContacts } from './marketplace/store-contact.ts'
import { createAuditTrail } from './staff/store.ts'
import type { Transaction } from './storage/database.ts'
import type { MediaStore } from './storage/media-store.ts'
import type { Storage } from './storage/open-storage.ts'

/** What flows may ask about the marketplace. */
export const marketContracts: Readonly<Record<string, ActionContract>> = {
  ...buyingContracts,
  ...listingContracts,
  ...invitationContracts,
  ...promotionContracts,
}

/** The words that the marketplace is told with: they change when the flows and their content are read again. */
export interface MarketTexts {
  readonly words: MarketWords
  readonly buying: BuyingWords
  readonly listing: ListingWords
  readonly owner: OwnerWords
  readonly promotion: PromotionWords
}

/** Reads them; throws with every problem of the first file that is broken. */
export function readMarketTexts(contentOf: (name: string) => string): MarketTexts {
  return {
    words: parseMarketWords(contentOf('umkm')),
    buying: parseBuyingWords(contentOf('produk')),
    listing: parseListingWords(contentOf('lapak')),
    owner: parseOwnerWords(contentOf('umkm-kabar')),
    promotion: parsePromotionWords(contentOf('promosi')),
  }
}

/** What the house has of the marketplace. */
export interface Market {
  readonly actions: Readonly<Record<string, Action<Transaction>>>
  readonly desk: MarketDesk
  readonly invitations: InvitationDesk
  readonly catalogue: Catalogue
  readonly pictures: Pictures
  readonly words: () => MarketWords
  /** Does what is due by time: the weekly question, decisions that waited for the morning. How many things it did. */
  readonly tend: (now: Date) => Promise<number>
}

/** What the marketplace is built from. The conversation is asked for late: it calls the actions, and they speak through it. */
export interface MarketGround {
  readonly storage: Storage
  readonly media: MediaStore
  readonly pictures: Pictures
  readonly days: DayCounter
  readonly conversation: () => Conversation
  readonly texts: () => MarketTexts
  readonly quietHours: () => QuietHours
  readonly language: Language
  /** Where the pages are, such as `https://lopo.kupangkota.go.id`. */
  readonly publicUrl: () => string
  readonly now: () => Date
}

/** Builds it. */
export function createMarket(ground: MarketGround): Market {
  const { storage, quietHours, texts, pictures, days } = ground
  const { prisma } = storage.database
  const deps = createDeps(ground)
  const contacts = createShopContacts(storage.keyring)
  const desk = { ...deps, desk: createMarketDeskStore(), ownerWords: () => texts().owner, quietHours }
  const tendListing = createTendListing({
    ...deps,
    tend: createTendListingStore(prisma),
    listingWords: () => texts().listing,
    isQuiet: (moment) => isQuiet(moment, quietHours()),
  })
  const tendOwnerNotices = createTendOwnerNotices(desk)
  const promotion = createPromotionStore()
  const inviting = createInvitationDeps({ ...ground, words: deps.words })
  return {
    actions: {
      ...createBuyingActions({
        ...{ ...deps, contacts, days, buying: createBuyingStore() },
        buyingWords: () => texts().buying,
      }),
      ...createListingActions({
        ...{ ...deps, contacts, media: ground.media, listing: createListingStore() },
        listingWords: () => texts().listing,
      }),
      ...createPromotionActions({
        ...{ ...deps, promotion },
        promotionWords: () => texts().promotion,
      }),
      ...createInvitationActions(inviting),
    },
    desk: createMarketDesk(desk),
    invitations: createInvitationDesk(inviting),
    catalogue: createCatalogue({
      ...{ ...deps, contacts, counter: days, client: prisma },
      store: createCatalogueStore(prisma),
    }),
    ...{ pictures, words: deps.words },
    tend: async (now) => (await tendOwnerNotices(now)) + (await tendListing(now)),
  }
}

function createDeps(ground: MarketGround): MarketDeps {
  const { storage, pictures, language, publicUrl, now, texts } = ground
  const words = () => texts().words
  return {
    ...{ pictures, language, publicUrl, now, words },
    store: createMarketStore(storage.database.prisma),
    search: createProductSearch({ language, words }),
    audit: createAuditTrail(),
    voice: createMarketVoice(ground.conversation),
  }
}

/** How the marketplace is heard in chats. */
function createMarketVoice(conversation: () => Conversation): MarketVoice {
  return {
    async open(transaction, chatId, opening, purpose) {
      await conversation().open(chatId, opening, transaction, purpose)
    },
    async tellMany(transaction, messages, purpose) {
      const items = messages.map(({ chatId, text, pictures, buttons }) => ({
        chatId,
        message: {
          text,
          ...(buttons !== undefined && {
            options: buttons.map(({ label, words }) => ({ label, value: buttonOfWords(words) })),
          }),
          ...(pictures !== undefined && {
            media: pictures.map((id) => ({ id, type: 'photo' as const, mime: 'image/jpeg' })),
          }),
        },
      }))
      await conversation().tellMany(items, transaction, purpose)
    },
  }
}
