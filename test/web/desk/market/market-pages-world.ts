import { readFileSync } from 'node:fs'
import { fill } from '../../../../src/language/fill-text.ts'
import type { Pictures } from '../../../../src/marketplace/pictures/pictures.ts'
import type { DeskRoute } from '../../../../src/web/desk/desk-route.ts'
import { tabsFor } from '../../../../src/web/desk/market/market-frame.ts'
import { type MarketPagesDeps, route } from '../../../../src/web/desk/market/market-pages-deps.ts'
import { marketRoutes } from '../../../../src/web/desk/market/market-routes.ts'
import { parseMarketTexts } from '../../../../src/web/desk/market/market-texts.ts'
import { marketSection, marketTiles } from '../../../../src/web/desk/market/market-tiles.ts'
import { language } from '../../../language/the-language.ts'
import { openMarketDeskWorld } from '../../../marketplace/desk/market-desk-world.ts'
import { createDeskWorld } from '../../../support/desk-world.ts'

/** The pages of the marketplace over the desk, on a database of its own. */
export async function openMarketPages(pictures: Pick<Pictures, 'read'> = { read: async () => undefined }) {
  const market = await openMarketDeskWorld()
  const texts = parseMarketTexts(readFileSync('flows/content/meja-umkm.yaml', 'utf8'))
  const now = () => market.clock.now
  const deps: MarketPagesDeps = {
    ...{ texts, pictures, now, desk: market.desk, words: () => market.words, places: language.places },
    moreTabs: () => [{ label: 'Impor', path: '/umkm/impor' }],
    publicUrl: () => 'https://lopo.example',
  }
  const web = createDeskWorld({
    routes: [...marketRoutes(deps), importRoute(deps)],
    sections: [marketSection(texts)],
    tiles: (officer) => marketTiles(deps, officer),
    now,
  })
  const { cookie } = web.signedIn('umkm')
  const csrf = await web.csrfOf(cookie)
  return {
    ...{ market, web, deps, texts, cookie },
    /** A page as an officer of the marketplace sees it. */
    open: (path: string) => web.get(`/desk${path}`, cookie),
    read: async (path: string) => (await web.get(`/desk${path}`, cookie)).text(),
    /** Sends a form of theirs. */
    press: (path: string, fields: Readonly<Record<string, string>> = {}, headers = {}) =>
      web.post(`/desk${path}`, { csrf, ...fields }, cookie, headers),
    /** The page after a post, with what it says at its top. */
    async follow(answer: Response) {
      const flash = answer.headers.getSetCookie().map((one) => one.split(';')[0] ?? '')
      const to = answer.headers.get('location') ?? ''
      return { to, page: await (await web.get(to, [cookie, ...flash].join('; '))).text() }
    },
  }
}

/** A page that another area adds. */
function importRoute(deps: MarketPagesDeps): DeskRoute {
  return route('get', '/umkm/impor/:number', async (visit) =>
    visit.page({ title: 'Impor', body: await tabsFor(deps, visit) }),
  )
}

export type MarketPagesWorld = Awaited<ReturnType<typeof openMarketPages>>

/** A sentence as HTML has it. */
export function said(sentence: string, values: Readonly<Record<string, string | number>> = {}): string {
  return fill(sentence, values)
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
