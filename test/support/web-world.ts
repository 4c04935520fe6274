import { readFileSync } from 'node:fs'
import type { Hono } from 'hono'
import { pino } from 'pino'
import type { Address, IncomingMessage, Media } from '../../src/channels/channel.ts'
import { createWebChatChannel, type WebChatChannel } from '../../src/channels/webchat.ts'
import type { MediaFile, WebChatLimits } from '../../src/channels/webchat-deps.ts'
import type { HistoryEntry } from '../../src/channels/webchat-history.ts'
import type { VisitorSecrets } from '../../src/channels/webchat-visitor.ts'
import type { PageTexts } from '../../src/web/page-texts.ts'
import { createPages } from '../../src/web/pages.ts'
import { createWebServer, type WebServer } from '../../src/web/web-server.ts'

/** A web server with the web chat in it, over real HTTP, on memory instead of a database. */
export interface WebWorld {
  readonly url: string
  readonly texts: PageTexts
  readonly channel: WebChatChannel
  readonly server: WebServer
  /** What the channel handed over. */
  readonly received: IncomingMessage[]
  /** What `history` tells, by address id. */
  readonly history: Map<string, HistoryEntry[]>
  readonly media: Map<string, KeptFile>
  /** Whether photos are refused as too many. */
  photosFull: boolean
  /** Every log line. */
  readonly log: string[]
  /** A cookie header as a browser that opened the chat would send. */
  visit(): Promise<string>
  /** Posts as the page's script does. */
  post(path: string, cookie: string, body: unknown, headers?: Record<string, string>): Promise<Response>
  close(): Promise<void>
}

/** A file with its owner. */
interface KeptFile extends MediaFile {
  readonly owner: Address
}

/** What a test may set otherwise. */
export interface WebWorldOptions {
  readonly publicUrl?: string
  readonly demo?: boolean
  readonly limits?: Partial<WebChatLimits>
  readonly checkPages?: Hono
  readonly secrets?: VisitorSecrets
  readonly telegramUrl?: () => string
  telegramWebhook?(request: Request): Promise<Response>
  health?(): Promise<boolean>
  now?(): number
  elapsed?(): number
  receive?(message: IncomingMessage, world: WebWorld): Promise<void>
}

/** Starts a world on a free port. */
export async function startWebWorld(options: WebWorldOptions = {}): Promise<WebWorld> {
  const log: string[] = []
  const logger = pino({ level: 'trace' }, { write: (line: string) => void log.push(line) })
  const words = readFileSync('flows/content/laman.yaml', 'utf8')
  const { texts, layout, assets, chatPage } = createPages({ words, demo: options.demo ?? false })
  const history = new Map<string, HistoryEntry[]>()
  const media = new Map<string, KeptFile>()
  const channel = createWebChatChannel({
    history: async (address, afterId) => after(history.get(address.id) ?? [], afterId),
    media: {
      save: async (file, owner) => (world.photosFull ? 'too_much' : keep(media, { ...file, owner })),
      read: async (id) => find(media, id),
    },
    page: chatPage,
    texts: texts.chat.refused,
    publicUrl: options.publicUrl,
    secrets: options.secrets,
    limits: { reader: { first: 1000, next: 30 }, ...options.limits },
    log: logger,
    ...(options.now === undefined ? {} : { now: options.now }),
    ...(options.elapsed === undefined ? {} : { elapsed: options.elapsed }),
  })
  const server = createWebServer({
    texts,
    layout,
    assets,
    chat: channel.routes,
    checkPages: options.checkPages,
    health: options.health ?? (async () => true),
    telegramUrl: options.telegramUrl,
    telegramWebhook: options.telegramWebhook,
    publicUrl: options.publicUrl,
    host: '127.0.0.1',
    graceMs: 200,
    log: logger,
  })
  const url = (await server.listen(0)).replace('localhost', '127.0.0.1')
  const received: IncomingMessage[] = []
  const world: WebWorld = {
    url,
    texts,
    channel,
    server,
    received,
    history,
    media,
    photosFull: false,
    log,
    visit: () => visit(url),
    post: (path, cookie, body, headers = {}) => post(url, path, cookie, body, headers),
    async close() {
      await channel.stop()
      await server.close()
    },
  }
  await channel.start(async (message) => {
    received.push(message)
    await options.receive?.(message, world)
  })
  return world
}

/** The address behind a message that came. */
export function addressOf(world: WebWorld): Address {
  return world.received.at(-1)!.from
}

function after(entries: readonly HistoryEntry[], afterId: string | undefined): readonly HistoryEntry[] {
  const at = entries.findIndex(({ id }) => id === afterId)
  return at === -1 ? entries.slice(-50) : entries.slice(at + 1)
}

function find(media: Map<string, KeptFile>, id: string) {
  const file = media.get(id)
  return file === undefined
    ? undefined
    : { ...file, isOf: ({ id: asker }: Address) => asker === file.owner.id }
}

function keep(media: Map<string, KeptFile>, file: KeptFile): Media {
  const id = crypto.randomUUID()
  media.set(id, file)
  return { id, type: 'photo', mime: file.mime }
}

async function visit(url: string): Promise<string> {
  const response = await fetch(`${url}/chat`)
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

function post(
  url: string,
  path: string,
  cookie: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Response> {
  const isForm = body instanceof URLSearchParams || body instanceof FormData
  return fetch(url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      Cookie: cookie,
      Origin: url,
      ...(isForm ? {} : { 'Content-Type': 'application/json', Accept: 'application/json' }),
      ...headers,
    },
    body: isForm ? body : JSON.stringify(body),
  })
}
