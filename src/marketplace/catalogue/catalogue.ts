import { fill } from '../../language/fill-text.ts'
import type { Transaction } from '../../storage/database.ts'
import { productPath } from '../addresses.ts'
import type { DayCount, DayCounter } from '../day-counts.ts'
import type { MarketDeps } from '../market-deps.ts'
import type { FoundProducts, ProductQuery } from '../search/search.ts'
import type { ShopContacts } from '../store-contact.ts'
import type { CatalogueStore, ListingReport, Span } from './store-catalogue.ts'

export interface CatalogueDeps extends Pick<MarketDeps, 'search' | 'words' | 'publicUrl' | 'now'> {
  readonly store: CatalogueStore
  readonly contacts: Pick<ShopContacts, 'phone'>
  readonly counter: Pick<DayCounter, 'count'>
  /** Reads outside of transactions. */
  readonly client: Transaction
}

/** What became of a wish to write to an owner. `href` holds the number: it goes into no page. */
export type ContactAnswer =
  | { readonly type: 'open'; readonly href: string }
  | { readonly type: 'closed' }
  | { readonly type: 'unknown' }

/** The catalogue as anybody sees it. */
export interface Catalogue
  extends Pick<
    CatalogueStore,
    | 'overview'
    | 'newest'
    | 'list'
    | 'product'
    | 'shop'
    | 'isPublicPicture'
    | 'siteMapSize'
    | 'siteMapProducts'
    | 'siteMapShops'
  > {
  understand(sentence: string): ProductQuery
  find(query: ProductQuery, span: Span): Promise<FoundProducts>
  /** The owner's address in WhatsApp with a text that is ready to send, where a consent is in force. */
  contact(productId: number): Promise<ContactAnswer>
  /** The name of a product that can be reported. */
  reportable(productId: number): Promise<string | undefined>
  /** Puts a report down for the officers; false when there is no such product. */
  report(report: Omit<ListingReport, 'at'>): Promise<boolean>
  count(what: DayCount['what'], productIds: readonly number[]): void
}

/** Makes it. */
export function createCatalogue(deps: CatalogueDeps): Catalogue {
  const { store, search, client, counter, now } = deps
  return {
    ...store,
    understand: (sentence) => search.understand(sentence),
    find: (query, span) => search.find(client, query, span),
    contact: (productId) => openContact(deps, productId),
    reportable: async (productId) => (await store.offerOf(productId))?.name,
    async report(report) {
      const offer = await store.offerOf(report.productId)
      if (offer !== undefined) await store.report({ ...report, at: now() })
      return offer !== undefined
    },
    count: (what, productIds) => counter.count(productIds.map((productId) => ({ productId, what }))),
  }
}

async function openContact(
  { store, contacts, client, words, publicUrl }: CatalogueDeps,
  productId: number,
): Promise<ContactAnswer> {
  const offer = await store.offerOf(productId)
  if (offer === undefined) return { type: 'unknown' }
  const phone = await contacts.phone(client, offer.shopId)
  if (phone === undefined) return { type: 'closed' }
  const page = publicUrl() + productPath({ id: productId, name: offer.name })
  const text = `${fill(words().contact_text, { product: offer.name })}\n${page}`
  return { type: 'open', href: `https://wa.me/${phone.replace(/\D/g, '')}?text=${encodeURIComponent(text)}` }
}
