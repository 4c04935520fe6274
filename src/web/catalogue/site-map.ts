import type { Context } from 'hono'
import { html } from 'hono/html'
import { productPath, shopPath, slugOf } from '../../marketplace/addresses.ts'
import type { Html } from '../layout.ts'
import { placeName } from './card-view.ts'
import type { Shelf } from './catalogue-deps.ts'
import { root } from './catalogue-frame.ts'

/** Search engines read at most 50,000 addresses of a file. */
const mostInFile = 20_000
const schema = 'http://www.sitemaps.org/schemas/sitemap/0.9'

/** The files that hold the addresses: one of pages, and as many as it takes of shops and products. */
export async function sendSiteMap(shelf: Shelf, context: Context): Promise<Response> {
  const { products, shops } = await shelf.catalogue.siteMapSize()
  const files = (name: string, count: number) =>
    Array.from({ length: Math.ceil(count / mostInFile) }, (_, index) => `${name}-${index + 1}`)
  const names = ['halaman', ...files('toko', shops), ...files('produk', products)]
  const origin = shelf.publicUrl()
  const places = names.map(
    (name) => html`<sitemap><loc>${origin}${root}/peta-situs/${name}.xml</loc></sitemap>\n`,
  )
  return sendXml(context, html`<sitemapindex xmlns="${schema}">\n${places}</sitemapindex>`)
}

/** One of those files; 404 for another name. */
export async function sendSiteMapFile(shelf: Shelf, context: Context, file: string): Promise<Response> {
  const { catalogue } = shelf
  const [, name, number = '1'] = /^(halaman|toko|produk)(?:-([1-9]\d{0,3}))?\.xml$/.exec(file) ?? []
  const offset = (Number(number) - 1) * mostInFile
  if (name === 'halaman') return sendPlaces(shelf, context, await pagePlaces(shelf))
  if (name === 'toko') {
    const shops = await catalogue.siteMapShops(offset, mostInFile)
    return sendPlaces(
      shelf,
      context,
      shops.map((shop) => ({ path: shopPath(shop), at: shop.changedAt })),
    )
  }
  if (name === 'produk') {
    const products = await catalogue.siteMapProducts(offset, mostInFile)
    return sendPlaces(
      shelf,
      context,
      products.map((each) => ({ path: productPath(each), at: each.changedAt })),
    )
  }
  return context.body(null, 404)
}

interface Place {
  readonly path: string
  readonly at?: Date
}

async function pagePlaces(shelf: Shelf): Promise<readonly Place[]> {
  const { categories, kelurahan } = await shelf.catalogue.overview()
  return [
    { path: root },
    ...categories.map(({ code }) => ({ path: `${root}/golongan/${code}` })),
    ...kelurahan.map(({ code }) => ({ path: `${root}/kelurahan/${slugOf(placeName(shelf, code))}` })),
  ]
}

function sendPlaces(shelf: Shelf, context: Context, places: readonly Place[]) {
  const origin = shelf.publicUrl()
  const written = places.map(({ path, at }) => {
    const changed = at === undefined ? '' : html`<lastmod>${at.toISOString().slice(0, 10)}</lastmod>`
    return html`<url><loc>${origin}${path}</loc>${changed}</url>\n`
  })
  return sendXml(context, html`<urlset xmlns="${schema}">\n${written}</urlset>`)
}

async function sendXml(context: Context, body: Html): Promise<Response> {
  return context.body(`<?xml version="1.0" encoding="UTF-8"?>\n${await body}\n`, 200, {
    'Content-Type': 'application/xml; charset=UTF-8',
    'Cache-Control': 'public, max-age=3600',
  })
}

/** What programs that look for pages are asked to leave alone, and where the catalogue's addresses are: /robots.txt. */
export function robotsText(publicUrl: string): string {
  const kept = ['/desk', '/cek', '/sertifikat', `${root}/cari`, `${root}/hubungi/`, `${root}/lapor/`]
  const lines = kept.map((path) => `Disallow: ${path}`)
  return ['User-agent: *', ...lines, `Sitemap: ${publicUrl}${root}/peta-situs.xml`, ''].join('\n')
}
