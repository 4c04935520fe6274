import type { DigestDesk } from '../../../marketplace/digest/digest-desk.ts'
import type { MarketImportDesk } from '../../../marketplace/import/market-import-desk.ts'
import type { InvitationDesk } from '../../../marketplace/invitation/invitation-desk.ts'
import type { Keyring } from '../../../storage/keyring.ts'
import type { Html } from '../../layout.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import type { MarketImportTexts } from './market-import-texts.ts'

/** What the pages of imports, invitations and the weekly digest are made of. */
export interface MarketImportPagesDeps {
  readonly texts: MarketImportTexts
  readonly imports: MarketImportDesk
  readonly invitations: InvitationDesk
  readonly digest: DigestDesk
  readonly secrets: Pick<Keyring, 'seal' | 'open'>
  readonly placeName: (code: string) => string | undefined
  /** Links into the chats with the bot, with words written there that the person only has to send. */
  readonly linksOf: (words: string) => readonly { readonly label: string; readonly url: string }[]
  /** Where the bot is reached without such a link: the web chat. */
  readonly address: () => string
  /** The tabs of the marketplace. */
  readonly tabs: (visit: DeskVisit) => Promise<Html>
  readonly now: () => Date
  /** Bytes of the largest file; 32 MB when left out. */
  readonly maxBytes?: number
}

/** The entries of these pages among the tabs of the marketplace. */
export function marketImportTabs({
  tabs,
}: Pick<MarketImportTexts, 'tabs'>): readonly { readonly label: string; readonly path: string }[] {
  return [
    { label: tabs.imports, path: '/umkm/impor' },
    { label: tabs.invitations, path: '/umkm/undangan' },
    { label: tabs.digest, path: '/umkm/kabar' },
  ]
}

/** A route for whoever looks after UMKM. */
export function route(method: DeskRoute['method'], path: string, handle: DeskRoute['handle']): DeskRoute {
  return { method, path, permission: 'marketplace', handle }
}
