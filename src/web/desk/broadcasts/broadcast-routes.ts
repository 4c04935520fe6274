import { readFileSync } from 'node:fs'
import type { DeskRoute } from '../desk-route.ts'
import { type BroadcastPagesDeps, route } from './broadcast-deps.ts'
import { formPartRoutes } from './form-parts.ts'
import { formRoutes } from './form-routes.ts'
import { listPage } from './list-page.ts'
import { pageRoutes } from './page-routes.ts'
import { recipientRoutes } from './recipient-routes.ts'

/** All pages and actions about broadcasts. */
export function broadcastRoutes(deps: BroadcastPagesDeps): readonly DeskRoute[] {
  const script = readFileSync(new URL('./pages.js', import.meta.url), 'utf8')
  return [
    route('get', '/siaran', async (visit) => {
      const all = visit.context.req.query('semua') !== undefined
      const lines = await deps.desk.list(visit.officer, all ? {} : { over: false })
      const body = listPage(deps, visit.officer, lines, all)
      return visit.page({ title: deps.texts.list.title, section: 'broadcasts', body })
    }),
    route('get', '/siaran/halaman.js', async ({ context }) =>
      context.body(script, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
    ),
    ...formRoutes(deps),
    ...formPartRoutes(deps),
    ...recipientRoutes(deps),
    ...pageRoutes(deps),
  ]
}
