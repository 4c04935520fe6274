import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { type Context, Hono } from 'hono'

const css = 'text/css; charset=utf-8'
const javascript = 'text/javascript; charset=utf-8'

const files = {
  style: { urls: [here('./style.css')], name: 'style.css', mime: css },
  desk: { urls: deskSheets(), name: 'desk.css', mime: css },
  catalogue: { urls: [here('./catalogue/catalogue.css')], name: 'catalogue.css', mime: css },
  chat: { urls: [here('./chat/chat.js')], name: 'chat.js', mime: javascript },
  htmx: { urls: [fromPackage('htmx.org/dist/htmx.min.js')], name: 'htmx.js', mime: javascript },
  mark: { urls: [here('./assets/mark.svg')], name: 'mark.svg', mime: 'image/svg+xml' },
} as const

/** A file that the pages load. */
type AssetName = keyof typeof files

/** The files that the pages load, under addresses that change with their content. */
export interface Assets {
  href(name: AssetName): string
  /** To be mounted at /assets. */
  readonly routes: Hono
}

interface Asset {
  readonly href: string
  readonly mime: string
  readonly plain: Uint8Array<ArrayBuffer>
  readonly gzipped: Uint8Array<ArrayBuffer>
}

/** Reads the files into memory. */
export function readAssets(): Assets {
  const assets = {
    style: readAsset(files.style),
    desk: readAsset(files.desk),
    catalogue: readAsset(files.catalogue),
    chat: readAsset(files.chat),
    htmx: readAsset(files.htmx),
    mark: readAsset(files.mark),
  } satisfies Record<AssetName, Asset>
  const byHref = new Map<string, Asset>(Object.values(assets).map((asset) => [asset.href, asset]))
  const routes = new Hono().get('/:name', (context) => {
    const asset = byHref.get(`/assets/${context.req.param('name')}`)
    return asset === undefined ? context.notFound() : serve(context, asset)
  })
  return { href: (name) => assets[name].href, routes }
}

/** One file for officers, who see all of it within a day: each room has its sheet, after what all share. */
function deskSheets(): readonly string[] {
  const rooms = ['tickets', 'trainings', 'applicants', 'broadcasts', 'market']
  return [here('./desk/desk.css'), ...rooms.map((room) => here(`./desk/${room}/${room}.css`))]
}

function fromPackage(name: string): string {
  return pathToFileURL(createRequire(import.meta.url).resolve(name)).href
}

function here(path: string): string {
  return new URL(path, import.meta.url).href
}

function readAsset({ urls, name, mime }: (typeof files)[AssetName]): Asset {
  const plain = new Uint8Array(Buffer.concat(urls.map((url) => readFileSync(new URL(url)))))
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 12)
  return { href: `/assets/${hash}.${name}`, mime, plain, gzipped: new Uint8Array(gzipSync(plain)) }
}

function serve(context: Context, { mime, plain, gzipped }: Asset): Response {
  const zips = context.req.header('accept-encoding')?.includes('gzip') === true
  if (zips) context.header('Content-Encoding', 'gzip')
  return context.body(zips ? gzipped : plain, 200, {
    'Content-Type': mime,
    'Cache-Control': 'public, max-age=31536000, immutable',
    Vary: 'Accept-Encoding',
  })
}
