import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Address } from './channel.ts'
import type { MediaFile } from './webchat-deps.ts'
import { createWebChatDesk, type Utterance, type WebChatDesk, type WebChatDeskDeps } from './webchat-desk.ts'
import { serveEvents } from './webchat-events.ts'
import {
  MOST_MESSAGE_BYTES,
  MOST_PHOTO_BYTES,
  parseMessage,
  parsePhoto,
  type SentPhoto,
} from './webchat-parse.ts'
import { createReader } from './webchat-reader.ts'
import type { Refusal, RefusalKind } from './webchat-refusal.ts'
import { wantsJson } from './webchat-request.ts'

const LATEST = '/chat#latest'
const MULTIPART_BYTES = 64 * 1024
const pictures: readonly string[] = ['image/jpeg', 'image/png', 'image/webp']

/** The web chat's pages and calls, to be mounted at /chat. */
export function createWebChatRoutes(deps: WebChatDeskDeps): Hono {
  const desk = createWebChatDesk(deps)
  const atMost = (maxSize: number, refused: RefusalKind) =>
    bodyLimit({ maxSize, onError: (context) => desk.refuse(context, { refused }) })
  return new Hono()
    .get('/', desk.unhurried, servePage(deps, desk))
    .get('/events', desk.unhurried, serveEvents(deps, desk))
    .get('/media/:id', desk.unhurried, serveMedia(deps, desk))
    .post('/messages', desk.sameOrigin, atMost(MOST_MESSAGE_BYTES, 'too_large'), takeMessage(deps, desk))
    .post(
      '/media',
      desk.sameOrigin,
      atMost(MOST_PHOTO_BYTES + MULTIPART_BYTES, 'photo_too_large'),
      takePhoto(deps, desk),
    )
    .post('/leave', desk.sameOrigin, (context) => {
      desk.visitors.forget(context)
      return context.redirect('/chat', 303)
    })
}

function servePage(deps: WebChatDeskDeps, desk: WebChatDesk) {
  return async (context: Context): Promise<Response> => {
    context.header('Cache-Control', 'no-store')
    const isNew = desk.visitors.read(context) === undefined
    const visitor = desk.visitors.welcome(context)
    if (context.req.query('wait') !== undefined) await readAlong(deps, visitor, async () => true)
    return desk.showPage(context, isNew ? [] : await deps.history(visitor))
  }
}

function serveMedia(deps: WebChatDeskDeps, desk: WebChatDesk) {
  return async (context: Context): Promise<Response> => {
    const visitor = desk.visitors.read(context)
    const file = visitor === undefined ? undefined : await findMedia(deps, visitor, context.req.param('id'))
    if (file === undefined) return context.notFound()
    const isPicture = pictures.includes(file.mime)
    return context.body(file.bytes, 200, {
      'Content-Type': isPicture ? file.mime : 'application/octet-stream',
      'Content-Disposition': isPicture ? 'inline' : 'attachment',
      'Cache-Control': 'private, max-age=86400, immutable',
    })
  }
}

/** Only what is part of the visitor's own chat: sent by them, made for them, or shown by the bot. */
async function findMedia(
  { media, history }: WebChatDeskDeps,
  visitor: Address,
  id: string | undefined,
): Promise<MediaFile | undefined> {
  const file = id === undefined ? undefined : await media.read(id)
  if (file === undefined || file.isOf(visitor)) return file
  const shown = await history(visitor)
  return shown.some((entry) => entry.from === 'bot' && entry.media?.some((one) => one.id === id))
    ? file
    : undefined
}

function takeMessage(deps: WebChatDeskDeps, desk: WebChatDesk) {
  return async (context: Context): Promise<Response> => {
    const visitor = await desk.letWrite(context)
    if ('refused' in visitor) return desk.refuse(context, visitor)
    const said = await parseMessage(context)
    return 'refused' in said ? desk.refuse(context, said) : handOver(deps, desk, context, visitor, said)
  }
}

function takePhoto(deps: WebChatDeskDeps, desk: WebChatDesk) {
  return async (context: Context): Promise<Response> => {
    const visitor = await desk.letWrite(context)
    if ('refused' in visitor) return desk.refuse(context, visitor)
    const sent = await parsePhoto(context)
    const said = 'refused' in sent ? sent : await keepPhoto(deps, visitor, sent)
    return 'refused' in said ? desk.refuse(context, said) : handOver(deps, desk, context, visitor, said)
  }
}

async function keepPhoto(
  deps: WebChatDeskDeps,
  visitor: Address,
  photo: SentPhoto,
): Promise<Utterance | Refusal> {
  try {
    const media = await deps.media.save({ mime: photo.mime, bytes: photo.bytes }, visitor)
    if (media === 'too_much') return { refused: 'photos_too_many' }
    const content = { type: 'media', media, caption: photo.caption } as const
    return { id: photo.id, content, shown: photo.caption, media: [media] }
  } catch (error) {
    deps.log.error({ err: error }, 'a photo could not be kept')
    return { refused: 'not_ready' }
  }
}

/** The script is told at once; a page without script waits a moment, so that it can show the answer. */
async function handOver(
  deps: WebChatDeskDeps,
  desk: WebChatDesk,
  context: Context,
  visitor: Address,
  said: Utterance,
): Promise<Response> {
  if (wantsJson(context)) {
    const refusal = await desk.hear(visitor, said)
    return refusal === undefined ? context.json({ id: said.id }, 202) : desk.refuse(context, refusal)
  }
  let refusal: Refusal | undefined
  await readAlong(deps, visitor, async () => {
    refusal = await desk.hear(visitor, said)
    return refusal === undefined
  })
  return refusal === undefined ? context.redirect(LATEST, 303) : desk.refuse(context, refusal)
}

async function readAlong(
  deps: WebChatDeskDeps,
  visitor: Address,
  act: () => Promise<boolean>,
): Promise<void> {
  const reader = createReader(deps.limits.reader)
  const leave = deps.room.join(visitor, reader)
  try {
    if (await act()) await reader.settled
  } finally {
    reader.close()
    leave()
  }
}
