import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { type Context, Hono } from 'hono'

const files = {
  style: { path: './style.css', name: 'style.css', mime: 'text/css; charset=utf-8' },
  chat: { path: './chat/chat.js', name: 'chat.js', mime: 'text/javascript; charset=utf-8' },
  mark: { path: './assets/mark.svg', name: 'mark.svg', mime: 'image/svg+xml' },
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
    chat: readAsset(files.chat),
    mark: readAsset(files.mark),
  } satisfies Record<AssetName, Asset>
  const byHref = new Map<string, Asset>(Object.values(assets).map((asset) => [asset.href, asset]))
  const routes = new Hono().get('/:name', (context) => {
    const asset = byHref.get(`/assets/${context.req.param('name')}`)
    return asset === undefined ? context.notFound() : serve(context, asset)
  })
  return { href: (name) => assets[name].href, routes }
}

function readAsset({ path, name, mime }: (typeof files)[AssetName]): Asset {
  const plain = new Uint8Array(readFileSync(new URL(path, import.meta.url)))
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
