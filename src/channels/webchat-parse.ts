import type { Context } from 'hono'
import { z } from 'zod'
import type { Utterance } from './webchat-desk.ts'
import { pictureMime } from './webchat-photo.ts'
import type { Refusal } from './webchat-refusal.ts'

/** Bytes. */
export const MOST_MESSAGE_BYTES = 64 * 1024
/** Bytes. */
export const MOST_PHOTO_BYTES = 10 * 1024 * 1024

const LONGEST_LABEL = 500

/** A photo that the page sent, not yet stored. */
export interface SentPhoto {
  readonly id: string
  readonly caption: string
  readonly mime: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

const message = z.union([
  z.object({
    id: z.uuid(),
    choice: z.string().min(1).max(200),
    label: z.string().max(LONGEST_LABEL).optional(),
  }),
  z.object({ id: z.uuid(), text: z.string().regex(/\S/) }),
])

const photo = z.object({
  id: z.uuid(),
  photo: z.instanceof(File),
  caption: z.string().max(1000).default(''),
})

/** Reads a message from JSON or from a form. */
export async function parseMessage(context: Context): Promise<Utterance | Refusal> {
  const parsed = message.safeParse(await readBody(context))
  if (!parsed.success) return { refused: 'unreadable' }
  const { data } = parsed
  return 'choice' in data
    ? { id: data.id, content: { type: 'choice', value: data.choice }, shown: data.label ?? data.choice }
    : { id: data.id, content: { type: 'text', text: data.text }, shown: data.text }
}

/** Reads a photo from a multipart form. Its type is what the bytes say. */
export async function parsePhoto(context: Context): Promise<SentPhoto | Refusal> {
  const parsed = photo.safeParse(await readForm(context))
  if (!parsed.success) return { refused: 'unreadable' }
  const { id, caption, photo: file } = parsed.data
  if (file.size > MOST_PHOTO_BYTES) return { refused: 'photo_too_large' }
  const bytes = new Uint8Array(await file.arrayBuffer())
  const mime = pictureMime(bytes)
  return mime === undefined ? { refused: 'not_a_photo' } : { id, caption, mime, bytes }
}

async function readBody(context: Context): Promise<unknown> {
  const isJson = context.req.header('content-type')?.startsWith('application/json') === true
  return isJson ? context.req.json().catch(() => undefined) : readForm(context)
}

async function readForm(context: Context): Promise<unknown> {
  return context.req.parseBody().catch(() => undefined)
}
