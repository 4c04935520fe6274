import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Context } from 'hono'
import { isMachine } from '../../marketplace/catalogue/is-machine.ts'
import type { Shelf } from './catalogue-deps.ts'
import { type CatalogueView, renderView } from './catalogue-frame.ts'
import type { KeptPage } from './kept-pages.ts'

/** For pages of some ten kilobytes: a few hundredths larger, in a fifth of the time that other threads and the usual window take. */
const zipOptions = { level: 3, windowBits: 14, memLevel: 7 }

/** A view with its answer's status, and the products that it shows. */
export interface Made {
  readonly view: CatalogueView
  readonly status?: KeptPage['status']
  /** Products that are looked at, and that are found by a search. */
  readonly views?: readonly number[]
  readonly finds?: readonly number[]
}

/** What is sent: a view that is still to be laid out, or a page that was. */
export type Sendable = Made | KeptPage

/**
 * Sends a page, from those that were made a moment ago where it is there under the key, and counts what is seen on it. A page that has an
 * address of its own sends whoever came by another there.
 */
export async function sendKept(
  shelf: Shelf,
  context: Context,
  key: string,
  make: () => Promise<Sendable>,
): Promise<Response> {
  const page = await shelf.kept.get(key, async () => asPage(shelf, await make()))
  const [path] = page.path?.split('?') ?? []
  if (page.path !== undefined && path !== context.req.path) {
    // A browser that kept it would walk in a circle once a product has its old name again.
    context.header('Cache-Control', 'no-store')
    return context.redirect(page.path, 301)
  }
  const answer = send(context, page)
  // Whoever has the page already was counted when it was sent.
  if (answer.status !== 304 && isSeen(context)) {
    const views = shelf.looks.first(context, 'views', page.views)
    if (views.length > 0) shelf.catalogue.count('views', views)
    if (page.finds.length > 0) shelf.catalogue.count('finds', page.finds)
  }
  return answer
}

/** Sends a page that is made for whoever asks. */
export async function sendFresh(shelf: Shelf, context: Context, made: Sendable): Promise<Response> {
  return send(context, await asPage(shelf, made))
}

async function asPage(shelf: Shelf, made: Sendable): Promise<KeptPage> {
  return 'view' in made ? toPage(shelf, made) : made
}

/** Whether a person asks who will look at the answer: no program, and no browser that fetches ahead. */
export function isSeen(context: Context): boolean {
  const { method } = context.req
  const purpose = context.req.header('sec-purpose') ?? context.req.header('purpose') ?? ''
  return method !== 'HEAD' && !purpose.includes('prefetch') && !isMachine(context.req.header('user-agent'))
}

/** Lays a view out and zips it. */
export async function toPage(
  shelf: Shelf,
  { view, status = 200, views = [], finds = [] }: Made,
): Promise<KeptPage> {
  const plain = Buffer.from(String(await renderView(shelf, view)))
  const gzipped = new Uint8Array(gzipSync(plain, zipOptions))
  const etag = `W/"${createHash('sha1').update(plain).digest('base64url')}"`
  return { status, path: view.path, gzipped, etag, views, finds }
}

/** Whether the answer may be sent zipped. */
export function takesZipped(context: Context): boolean {
  return context.req.header('accept-encoding')?.includes('gzip') === true
}

/** The few that take nothing zipped have it unzipped for them. */
function send(context: Context, { status, gzipped, etag }: KeptPage): Response {
  const zips = takesZipped(context)
  const headers = { 'Cache-Control': 'no-cache', ETag: etag, Vary: 'Accept-Encoding' }
  if (status === 200 && context.req.header('if-none-match') === etag) return context.body(null, 304, headers)
  return context.body(zips ? gzipped : new Uint8Array(gunzipSync(gzipped)), status, {
    ...headers,
    'Content-Type': 'text/html; charset=UTF-8',
    ...(zips ? { 'Content-Encoding': 'gzip' } : {}),
  })
}
