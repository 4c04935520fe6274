import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { productPath, shopPath, slugOf } from '../../marketplace/addresses.ts'
import type { Html } from '../layout.ts'
import { placeName } from './card-view.ts'
import type { Shelf } from './catalogue-deps.ts'
import { root } from './catalogue-frame.ts'
import { takesZipped } from './send-page.ts'

/** Search engines read at most 50,000 addresses of a file. */
const mostInFile = 20_000
/** Zipped, of some hundred kilobytes each. */
const mostFiles = 100
const schema = 'http://www.sitemaps.org/schemas/sitemap/0.9'
// Files are large: other threads zip them.
const [zip, unzip] = [promisify(gzip), promisify(gunzip)]

type Zipped = Uint8Array<ArrayBuffer>

/** The map of the catalogue, for search engines: an index, and the files that hold the addresses. Those are kept as they are sent. */
export function siteMapRoutes(shelf: Shelf): Hono {
  const [lists, files] = [shelf.keep<readonly string[]>(1), shelf.keep<Zipped>(mostFiles)]
  const names = () => lists.get('', () => readNames(shelf))
  const app = new Hono()
  app.get('/peta-situs.xml', async (context) =>
    sendXml(context, await zipXml(indexXml(shelf, await names()))),
  )
  app.get('/peta-situs/:file', async (context) => {
    const wanted = context.req.param('file')
    const name = (await names()).find((each) => `${each}.xml` === wanted)
    if (name === undefined) return context.body(null, 404)
    return sendXml(
      context,
      await files.get(name, async () => zipXml(placesXml(shelf, await readPlaces(shelf, name)))),
    )
  })
  return app
}

/** One of pages, and as many as it takes of shops and products. */
async function readNames(shelf: Shelf): Promise<readonly string[]> {
  const { products, shops } = await shelf.catalogue.siteMapSize()
  const files = (name: string, count: number) =>
    Array.from({ length: Math.ceil(count / mostInFile) }, (_, index) => `${name}-${index + 1}`)
  return ['halaman', ...files('toko', shops), ...files('produk', products)]
}

interface Place {
  readonly path: string
  readonly at?: Date
}

async function readPlaces(shelf: Shelf, name: string): Promise<readonly Place[]> {
  const { catalogue } = shelf
  const [kind, number] = name.split('-')
  if (kind === 'halaman') return pagePlaces(shelf)
  const offset = (Number(number) - 1) * mostInFile
  const [read, pathOf] =
    kind === 'toko' ? [catalogue.siteMapShops, shopPath] : [catalogue.siteMapProducts, productPath]
  return (await read(offset, mostInFile)).map((each) => ({ path: pathOf(each), at: each.changedAt }))
}

async function pagePlaces(shelf: Shelf): Promise<readonly Place[]> {
  const { categories, kelurahan } = await shelf.catalogue.overview()
  return [
    { path: root },
    ...categories.map(({ code }) => ({ path: `${root}/golongan/${code}` })),
    ...kelurahan.map(({ code }) => ({ path: `${root}/kelurahan/${slugOf(placeName(shelf, code))}` })),
  ]
}

function indexXml(shelf: Shelf, names: readonly string[]): Html {
  const origin = shelf.publicUrl()
  const places = names.map(
    (name) => html`<sitemap><loc>${origin}${root}/peta-situs/${name}.xml</loc></sitemap>\n`,
  )
  return html`<sitemapindex xmlns="${schema}">\n${places}</sitemapindex>`
}

function placesXml(shelf: Shelf, places: readonly Place[]): Html {
  const origin = shelf.publicUrl()
  const written = places.map(({ path, at }) => {
    const changed = at === undefined ? '' : html`<lastmod>${at.toISOString().slice(0, 10)}</lastmod>`
    return html`<url><loc>${origin}${path}</loc>${changed}</url>\n`
  })
  return html`<urlset xmlns="${schema}">\n${written}</urlset>`
}

async function zipXml(body: Html): Promise<Zipped> {
  return new Uint8Array(await zip(`<?xml version="1.0" encoding="UTF-8"?>\n${await body}\n`))
}

async function sendXml(context: Context, gzipped: Zipped): Promise<Response> {
  const zips = takesZipped(context)
  return context.body(zips ? gzipped : new Uint8Array(await unzip(gzipped)), 200, {
    'Content-Type': 'application/xml; charset=UTF-8',
    'Cache-Control': 'public, max-age=3600',
    Vary: 'Accept-Encoding',
    ...(zips ? { 'Content-Encoding': 'gzip' } : {}),
  })
}

/** What programs that look for pages are asked to leave alone, and where the catalogue's addresses are: /robots.txt. */
export function robotsText(publicUrl: string): string {
  const kept = ['/desk', '/cek', '/sertifikat', `${root}/cari`, `${root}/hubungi/`, `${root}/lapor/`]
  const lines = kept.map((path) => `Disallow: ${path}`)
  return ['User-agent: *', ...lines, `Sitemap: ${publicUrl}${root}/peta-situs.xml`, ''].join('\n')
}
