import { type Api, InputFile } from 'grammy'
import { type Media, type Purpose, SendError } from './channel.ts'
import { isInDoubt, toSendError } from './telegram-failure.ts'
import type { TelegramMedia } from './telegram-files.ts'
import type { TelegramPace } from './telegram-pace.ts'
import type { Keyboard, Part } from './telegram-parts.ts'
import type { Uploads } from './telegram-uploads.ts'

/** What sending needs. */
export interface SendDeps {
  readonly api: Api
  readonly media: Pick<TelegramMedia, 'read'>
  readonly pace: TelegramPace
  readonly uploads: Uploads
}

/** Where a message goes, and why. */
export interface Destination {
  /** An id, or the @name of a channel. */
  readonly chat: number | string
  readonly purpose: Purpose
  /** Whether links are shown with what is behind them. */
  readonly previews: boolean
}

/** What Telegram answers of a message that it took, as far as it is read. */
interface Sent {
  readonly message_id: number
  readonly photo?: readonly { readonly file_id: string }[]
  readonly document?: { readonly file_id: string }
}

/**
 * Sends the parts of one message in order, each when its turn has come, and answers the id of the last. Rejects with a
 * SendError, `unknown` when some parts went: the whole message is neither sent nor unsent.
 */
export async function sendParts(deps: SendDeps, to: Destination, parts: readonly Part[]): Promise<number> {
  let last: number | undefined
  for (const part of parts) {
    const isBegun = last !== undefined
    const inTurn = <T>(call: () => Promise<T>) =>
      deps.pace.run({ chat: to.chat, purpose: to.purpose, isBegun }, call)
    try {
      last = await sendPart(deps, to, part, inTurn)
    } catch (error) {
      // An answer twice is better than none. What goes to many is rather not sent than sent twice.
      const failure =
        to.purpose === 'broadcast' && isInDoubt(error)
          ? new SendError('unknown', { cause: toSendError(error) })
          : toSendError(error)
      if (last === undefined || failure.kind === 'stopped') throw failure
      throw new SendError('unknown', { cause: failure })
    }
  }
  if (last === undefined) throw new SendError('refused', { cause: new Error('the message is empty') })
  return last
}

type InTurn = <T>(call: () => Promise<T>) => Promise<T>

async function sendPart(deps: SendDeps, to: Destination, part: Part, inTurn: InTurn): Promise<number> {
  const { api, uploads } = deps
  if (part.type === 'text') {
    const options = {
      ...withKeyboard(part.keyboard),
      // A preview would have Telegram open the link, and a link for one use would be used up.
      ...(!to.previews && { link_preview_options: { is_disabled: true } }),
    }
    return (await inTurn(() => api.sendMessage(to.chat, part.text, options))).message_id
  }
  const media = part.type === 'album' ? part.media : [part.media]
  // An answer waits for no broadcast's upload.
  return await uploads.use(media, to.purpose !== 'reply', async (known) => {
    const files = await Promise.all(media.map((one, index) => known[index] ?? openFile(deps.media, one)))
    const sent = await inTurn(() => sendFiles(api, to, part, files))
    return {
      result: sent.at(-1)?.message_id ?? 0,
      ids: media.map(({ type }, index) => fileIdOf(sent[index], type)),
    }
  })
}

type FilePart = Exclude<Part, { type: 'text' }>

async function sendFiles(
  api: Api,
  to: Destination,
  part: FilePart,
  files: readonly (InputFile | string)[],
): Promise<readonly Sent[]> {
  if (part.type === 'album') return api.sendMediaGroup(to.chat, layOutAlbum(part, files))
  const [file = ''] = files
  const other = { ...withKeyboard(part.keyboard), ...(part.caption !== '' && { caption: part.caption }) }
  return part.media.type === 'photo'
    ? [await api.sendPhoto(to.chat, file, other)]
    : [await api.sendDocument(to.chat, file, other)]
}

/** Telegram lists a photo's sizes from small to large; all of their ids send the whole photo, the last surely. */
function fileIdOf(sent: Sent | undefined, type: Media['type']): string | undefined {
  return type === 'photo' ? sent?.photo?.at(-1)?.file_id : sent?.document?.file_id
}

/** An album is all photos or all documents; Telegram shows the caption of its first file. */
function layOutAlbum(
  { media, caption }: Extract<Part, { type: 'album' }>,
  files: readonly (InputFile | string)[],
) {
  const captionOf = (index: number) => (index === 0 && caption !== '' ? { caption } : {})
  return media[0]?.type === 'photo'
    ? files.map((file, index) => ({ type: 'photo' as const, media: file, ...captionOf(index) }))
    : files.map((file, index) => ({ type: 'document' as const, media: file, ...captionOf(index) }))
}

async function openFile(media: SendDeps['media'], one: Media): Promise<InputFile> {
  const file = await read(media, one.id)
  if (file === undefined) throw new SendError('refused', { cause: new Error(`media ${one.id} is gone`) })
  return new InputFile(file.bytes, nameOf(one))
}

async function read(media: SendDeps['media'], id: string) {
  try {
    return await media.read(id)
  } catch (error) {
    // Nothing has left yet.
    throw new SendError('unavailable', { cause: error })
  }
}

/** A file name that can stand unquoted in a header, with an ending that Telegram knows. */
function nameOf({ name, mime, type }: Media): string {
  const plain = name?.replace(/[^\p{L}\p{N}._ -]/gu, '_').trim()
  if (plain !== undefined && plain !== '') return plain
  return `${type}.${endings[mime] ?? 'bin'}`
}

const endings: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
}

function withKeyboard(keyboard: Keyboard) {
  if (keyboard.length === 0) return {}
  return { reply_markup: { inline_keyboard: keyboard.map((row) => [...row]) } }
}
