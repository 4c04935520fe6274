import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { ShopListing } from '../../marketplace/catalogue/listing.ts'
import type { CataloguePagesDeps, Shelf } from './catalogue-deps.ts'
import { type CatalogueView, root } from './catalogue-frame.ts'
import { contactRoute } from './contact-route.ts'
import { makeHome } from './home-page.ts'
import { makeArea, makeCategory } from './list-pages.ts'
import { pagesOf, readPage, spanOf } from './list-view.ts'
import { openShelf } from './open-shelf.ts'
import { sendPicture } from './picture-route.ts'
import { gonePage, problemView, unknownPage } from './problem-pages.ts'
import { productView } from './product-page.ts'
import { readNumber } from './read-address.ts'
import { reportRoutes } from './report-pages.ts'
import { makeSearch } from './search-page.ts'
import { readWish, wishAddress } from './search-wish.ts'
import { sendFresh, sendKept } from './send-page.ts'
import { qrView, shopView } from './shop-page.ts'
import { siteMapRoutes } from './site-map.ts'

/**
 * Stricter than other pages, for there is no script; and a form leads to WhatsApp, which browsers allow only where it is named, with
 * every place that it leads on to.
 */
const contentPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "form-action 'self' https://wa.me https://api.whatsapp.com https://web.whatsapp.com whatsapp:",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')
const mostFormBytes = 16 * 1024

/** The public catalogue, to be mounted at /katalog: pages without a script, which zip themselves. */
export function createCataloguePages(deps: CataloguePagesDeps): Hono {
  const shelf = openShelf(deps)
  const app = new Hono()
  app.use(async (context, next) => {
    await next()
    context.header('Content-Security-Policy', contentPolicy)
  })
  app.use(
    bodyLimit({
      maxSize: mostFormBytes,
      onError: (context) => sendFresh(shelf, context, { view: problemView(shelf, 'foreign'), status: 413 }),
    }),
  )
  listRoutes(app, shelf)
  productRoutes(app, shelf)
  shopRoutes(app, shelf)
  app.get('/gambar/:file', (context) => sendPicture(shelf, context, context.req.param('file')))
  app.route('/', siteMapRoutes(shelf))
  app.all('*', async (context) => {
    const { path } = context.req
    if (path.length > root.length + 1 || !path.endsWith('/')) {
      return sendFresh(shelf, context, await unknownPage(shelf))
    }
    return context.redirect(root, 301)
  })
  return app
}

function listRoutes(app: Hono, shelf: Shelf): void {
  app.get('/', (context) => sendKept(shelf, context, root, () => makeHome(shelf)))
  app.get('/cari', (context) => {
    const wish = readWish(shelf, context.req.query())
    // A price that could not be read is told, and so makes another page.
    const key = `${wishAddress(wish, wish.page)} ${wish.maxPrice === undefined ? wish.typedPrice : ''}`
    return sendKept(shelf, context, key, () => makeSearch(shelf, wish))
  })
  app.get('/golongan/:code', (context) => {
    const [code, page] = [context.req.param('code'), readPage(context.req.query('hal'))]
    return sendKept(shelf, context, `golongan ${code} ${page}`, () => makeCategory(shelf, code, page))
  })
  app.get('/kelurahan/:slug', (context) => {
    const [slug, page] = [context.req.param('slug'), readPage(context.req.query('hal'))]
    return sendKept(shelf, context, `kelurahan ${slug} ${page}`, () => makeArea(shelf, slug, page))
  })
}

function productRoutes(app: Hono, shelf: Shelf): void {
  app.get('/produk/:address', async (context) => {
    const id = readNumber(context.req.param('address'))
    if (id === undefined) return sendFresh(shelf, context, await unknownPage(shelf))
    return sendKept(shelf, context, `produk ${id}`, async () => {
      const looked = await shelf.catalogue.product(id)
      if (looked.type === 'unknown') return unknownPage(shelf)
      if (looked.type === 'gone') return gonePage(shelf, 'gone', looked.category)
      return { view: productView(shelf, looked.found), views: [id] }
    })
  })
  const contact = contactRoute(shelf)
  app.post('/hubungi/:address', (context) => contact(context, context.req.param('address')))
  // Whoever comes back to the address finds the button again.
  app.get('/hubungi/:address', (context) => {
    const id = readNumber(context.req.param('address'))
    return context.redirect(id === undefined ? root : `${root}/produk/${id}`, 302)
  })
  app.route('/lapor', reportRoutes(shelf))
}

function shopRoutes(app: Hono, shelf: Shelf): void {
  app.get('/toko/:address', async (context) => {
    const page = readPage(context.req.query('hal'))
    return sendShop(shelf, context, `toko ${page}`, page, (listing) => shopView(shelf, listing, page))
  })
  app.get('/toko/:address/qr', (context) =>
    sendShop(shelf, context, 'qr', 1, ({ shop }) => qrView(shelf, shop)),
  )
}

async function sendShop(
  shelf: Shelf,
  context: Context,
  kind: string,
  page: number,
  viewOf: (listing: ShopListing) => CatalogueView,
): Promise<Response> {
  const id = readNumber(context.req.param('address') ?? '')
  if (id === undefined) return sendFresh(shelf, context, await unknownPage(shelf))
  return sendKept(shelf, context, `${kind} ${id}`, async () => {
    const looked = await shelf.catalogue.shop(id, spanOf(page))
    if (looked.type === 'unknown') return unknownPage(shelf)
    if (looked.type === 'gone') return gonePage(shelf, 'shop_gone')
    if (page > pagesOf(looked.found.total)) return unknownPage(shelf)
    return { view: viewOf(looked.found) }
  })
}
