import type { Keyring } from '../../storage/keyring.ts'
import type { ListingStore } from '../listing/store-listing.ts'
import type { MarketDeps } from '../market-deps.ts'
import type { ShopContacts } from '../store-contact.ts'
import type { InvitationStore } from './store-invitations.ts'

/** What invitations are made and taken with. */
export interface InvitationDeps {
  readonly store: Pick<MarketDeps['store'], 'transact' | 'shopOfContact' | 'lockShop'>
  readonly listing: Pick<ListingStore, 'lockContact' | 'hasClosedShop'>
  readonly invitations: InvitationStore
  readonly contacts: Pick<ShopContacts, 'keepPhone'>
  readonly secrets: Pick<Keyring, 'hash' | 'ids' | 'open'>
  readonly words: MarketDeps['words']
  readonly audit: MarketDeps['audit']
  /** What the kelurahan of a code is called. */
  readonly placeName: (code: string) => string | undefined
  readonly now: () => Date
}

/** How a code is kept, by each key of the ring, the current one first: whoever reads the database cannot write it. */
export function hashesOfCode(
  secrets: Pick<Keyring, 'hash' | 'ids'>,
  code: string,
): readonly Uint8Array<ArrayBuffer>[] {
  return secrets.ids.map((id) => secrets.hash('code', `umkm:${code}`, id))
}
