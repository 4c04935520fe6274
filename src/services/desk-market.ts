import { contentOf } from '../app-words.ts'
import type { Places } from '../language/places.ts'
import type { MarketDesk } from '../marketplace/desk/market-desk.ts'
import type { MarketWords } from '../marketplace/market-words.ts'
import type { Pictures } from '../marketplace/pictures/pictures.ts'
import type { FlowTexts } from '../storage/flow-files.ts'
import type { DeskVisit } from '../web/desk/desk-route.ts'
import { tabsFor } from '../web/desk/market/market-frame.ts'
import type { MarketPagesDeps } from '../web/desk/market/market-pages-deps.ts'
import { marketRoutes } from '../web/desk/market/market-routes.ts'
import { parseMarketTexts } from '../web/desk/market/market-texts.ts'
import { marketSection, marketTiles } from '../web/desk/market/market-tiles.ts'
import type { Html } from '../web/layout.ts'
import type { Area } from './desk-area.ts'

/** What the desk's pages of the marketplace are given of the house. */
export interface MarketAreaGround {
  readonly texts: FlowTexts
  readonly language: { readonly places: Places }
  readonly config: { readonly publicUrl?: string | undefined }
  readonly now: () => Date
  readonly market: {
    readonly desk: MarketDesk
    readonly pictures: Pick<Pictures, 'read'>
    readonly words: () => MarketWords
  }
}

/** Shops, products and their papers at the desk. `moreTabs`: of other areas, which show `tabs` on their pages. */
export function marketArea(
  { texts, language, config, market, now }: MarketAreaGround,
  moreTabs?: MarketPagesDeps['moreTabs'],
): Area & { readonly tabs: (visit: DeskVisit) => Promise<Html> } {
  const pages: MarketPagesDeps = {
    texts: parseMarketTexts(contentOf(texts, 'meja-umkm')),
    ...{ desk: market.desk, pictures: market.pictures, words: market.words },
    ...{ places: language.places, now, moreTabs },
    // Without a public address the catalogue is on this server.
    publicUrl: () => config.publicUrl ?? '',
  }
  return {
    routes: marketRoutes(pages),
    sections: [marketSection(pages.texts)],
    tiles: (officer) => marketTiles(pages, officer),
    tabs: (visit) => tabsFor(pages, visit),
  }
}
