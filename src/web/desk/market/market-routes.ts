import { readFileSync } from 'node:fs'
import { type PictureForm, pictureForms } from '../../../marketplace/pictures/pictures.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import { mediaResponse } from '../tickets/media-response.ts'
import { allRoutes } from './all-routes.ts'
import { complaintRoutes } from './complaint-routes.ts'
import { figureRoutes } from './figures-routes.ts'
import { type MarketPagesDeps, route } from './market-pages-deps.ts'
import { paperRoutes } from './paper-routes.ts'
import { productRoutes } from './product-routes.ts'
import { queueRoutes } from './queue-routes.ts'
import { shopRoutes } from './shop-routes.ts'

/** All pages and actions about shops and products. */
export function marketRoutes(deps: MarketPagesDeps): readonly DeskRoute[] {
  const script = readFileSync(new URL('./pages.js', import.meta.url), 'utf8')
  return [
    ...queueRoutes(deps),
    route('get', '/umkm/halaman.js', async ({ context }) =>
      context.body(script, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
    ),
    route('get', '/umkm/foto/:photo', (visit) => givePhoto(deps, visit)),
    ...complaintRoutes(deps),
    ...paperRoutes(deps),
    ...allRoutes(deps),
    ...figureRoutes(deps),
    ...productRoutes(deps),
    ...shopRoutes(deps),
  ]
}

const ids = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A picture of the store; what waits for a decision has no public address. */
async function givePhoto({ pictures }: MarketPagesDeps, { context }: DeskVisit): Promise<Response> {
  const id = context.req.param('photo') ?? ''
  const form: PictureForm = pictureForms.find((one) => one === context.req.query('ukuran')) ?? 'w480'
  const file = ids.test(id) ? await pictures.read(id, form) : undefined
  return file === undefined ? context.body(null, 404) : mediaResponse({ ...file, name: undefined }, false)
}
