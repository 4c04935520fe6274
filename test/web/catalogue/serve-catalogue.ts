import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import type { Pages } from '../../../src/web/pages.ts'
import { securityHeaders } from '../../../src/web/security-headers.ts'

/** The catalogue over real HTTP on a free port, with the house's headers and files around it. */
export async function serveCatalogue({ assets }: Pick<Pages, 'assets'>, catalogue: Hono) {
  const app = new Hono()
  app.use(securityHeaders({ secure: false }))
  app.route('/assets', assets.routes)
  app.route('/katalog', catalogue)
  const server = createAdaptorServer({ fetch: app.fetch })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
