import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import type { Logger } from 'pino'
import type { Assets } from './assets.ts'
import { robotsText } from './catalogue/site-map.ts'
import { errorPage } from './error-page.ts'
import { landingPage } from './landing-page.ts'
import type { Layout } from './layout.ts'
import type { PageTexts } from './page-texts.ts'
import { requestLog } from './request-log.ts'
import { securityHeaders } from './security-headers.ts'

/** What the pages are made of. */
export interface WebAppDeps {
  readonly texts: PageTexts
  readonly layout: Layout
  readonly assets: Assets
  /** The web chat's routes, mounted at /chat. */
  readonly chat: Hono
  /** The private form, mounted at /cek. */
  readonly checkPages?: Hono | undefined
  /** What verifies certificates, mounted at /sertifikat. */
  readonly certificatePages?: Hono | undefined
  /** The catalogue of UMKM, mounted at /katalog. */
  readonly cataloguePages?: Hono | undefined
  /** The staff desk, mounted at /desk; it limits its requests itself, route by route. */
  readonly desk?: Hono | undefined
  /** Whether the database answers; may reject. */
  health(): Promise<boolean>
  /** Where accounts of channels stand, by name; may reject. It is told beside the health, and never makes it worse. */
  accounts?(): Promise<Readonly<Record<string, unknown>>>
  readonly telegramWebhook?: ((request: Request) => Promise<Response>) | undefined
  /** Such as `https://t.me/lopo_kupang_bot`; undefined until Telegram has told. */
  readonly telegramUrl?: (() => string | undefined) | undefined
  /** The address people use; without it the request's host counts. */
  readonly publicUrl?: string | undefined
  readonly log: Logger
  /** Told of each event stream, so that a close can end it. */
  onStream(outgoing: HttpBindings['outgoing']): void
}

type WebApp = Hono<{ Bindings: HttpBindings }>

const KIBIBYTE = 1024
const HEALTH_PATIENCE_MS = 2000

/** All routes, with the security headers, the log and the limits around them. */
export function createWebApp(deps: WebAppDeps): WebApp {
  const app: WebApp = new Hono<{ Bindings: HttpBindings }>()
  app.use(requestLog(deps.log))
  app.use(securityHeaders({ secure: deps.publicUrl?.startsWith('https:') === true }))
  app.use(noteStreams(deps))
  // Not for the private form: what is compressed beside a secret can be guessed from its length.
  app.use('/', compress())
  app.use('/chat', compress())
  app.get('/', (context) =>
    context.html(landingPage(deps.layout, deps.texts.landing, landing(deps, context))),
  )
  app.get('/health', serveHealth(deps))
  app.route('/assets', deps.assets.routes)
  app.route('/chat', deps.chat)
  mountOptional(app, deps)
  app.notFound((context) => context.html(errorPage(deps.layout, deps.texts.errors, 'not_found'), 404))
  app.onError((error, context) => {
    deps.log.error({ err: error }, 'a request failed')
    return context.html(errorPage(deps.layout, deps.texts.errors, 'failed'), 500)
  })
  return app
}

function landing({ publicUrl, telegramUrl }: WebAppDeps, context: Context) {
  return { address: new URL(publicUrl ?? context.req.url).host, telegramUrl: telegramUrl?.() }
}

function mountOptional(
  app: WebApp,
  { checkPages, certificatePages, cataloguePages, desk, telegramWebhook, ...deps }: WebAppDeps,
): void {
  const atMost = (kibibytes: number) =>
    bodyLimit({
      maxSize: kibibytes * KIBIBYTE,
      onError: (context) => context.html(errorPage(deps.layout, deps.texts.errors, 'too_large'), 413),
    })
  if (checkPages !== undefined) {
    app.use('/cek/*', atMost(16))
    app.route('/cek', checkPages)
  }
  if (certificatePages !== undefined) app.route('/sertifikat', certificatePages)
  if (cataloguePages !== undefined) {
    app.route('/katalog', cataloguePages)
    app.get('/robots.txt', (context) =>
      context.text(robotsText(deps.publicUrl ?? new URL(context.req.url).origin)),
    )
  }
  if (desk !== undefined) app.route('/desk', desk)
  if (telegramWebhook !== undefined) {
    app.post('/telegram/webhook', atMost(1024), (context) => telegramWebhook(context.req.raw))
  }
}

function serveHealth({ health, accounts }: WebAppDeps) {
  return async (context: Context): Promise<Response> => {
    const database = await inTime(health(), false)
    const known = database && accounts !== undefined ? await inTime(accounts(), {}) : {}
    context.header('Cache-Control', 'no-store')
    return context.json({ ok: database, database, ...known }, database ? 200 : 503)
  }
}

/** What is asked; `fallback` when it fails or takes too long. */
async function inTime<T>(asked: Promise<T>, fallback: T): Promise<T> {
  const { promise: late, resolve } = Promise.withResolvers<T>()
  const timer = setTimeout(resolve, HEALTH_PATIENCE_MS, fallback)
  try {
    return await Promise.race([asked, late])
  } catch {
    return fallback
  } finally {
    clearTimeout(timer)
  }
}

function noteStreams({ onStream }: WebAppDeps): MiddlewareHandler<{ Bindings: HttpBindings }> {
  return async (context, next) => {
    await next()
    const isStream = context.res.headers.get('content-type')?.startsWith('text/event-stream') === true
    if (isStream) onStream(context.env.outgoing)
  }
}
