import { type Api, InputFile } from 'grammy'
import { type Media, SendError } from './channel.ts'
import { toSendError } from './telegram-failure.ts'
import type { TelegramMedia } from './telegram-files.ts'
import type { Keyboard, Part } from './telegram-parts.ts'

/** What sending needs. */
export interface SendDeps {
  readonly api: Api
  readonly media: Pick<TelegramMedia, 'read'>
}

/**
 * Sends the parts of one message in order and answers the id of the last. Rejects with a SendError, `unknown` when
 * some parts went: the whole message is neither sent nor unsent.
 */
export async function sendParts(deps: SendDeps, chatId: number, parts: readonly Part[]): Promise<number> {
  let last: number | undefined
  for (const part of parts) {
    try {
      last = await sendPart(deps, chatId, part)
    } catch (error) {
      const failure = toSendError(error)
      if (last === undefined || failure.kind === 'stopped') throw failure
      throw new SendError('unknown', { cause: failure })
    }
  }
  if (last === undefined) throw new SendError('refused', { cause: new Error('the message is empty') })
  return last
}

async function sendPart({ api, media }: SendDeps, chatId: number, part: Part): Promise<number> {
  if (part.type === 'text') {
    const sent = await api.sendMessage(chatId, part.text, {
      ...withKeyboard(part.keyboard),
      // A preview would have Telegram open the link, and a link for one use would be used up.
      link_preview_options: { is_disabled: true },
    })
    return sent.message_id
  }
  if (part.type === 'album') {
    const files = await Promise.all(part.media.map((one) => openFile(media, one)))
    const sent = await api.sendMediaGroup(chatId, layOutAlbum(part, files))
    return sent.at(-1)?.message_id ?? 0
  }
  const file = await openFile(media, part.media)
  const other = { ...withKeyboard(part.keyboard), ...(part.caption !== '' && { caption: part.caption }) }
  const sent =
    part.media.type === 'photo'
      ? await api.sendPhoto(chatId, file, other)
      : await api.sendDocument(chatId, file, other)
  return sent.message_id
}

/** An album is all photos or all documents; Telegram shows the caption of its first file. */
function layOutAlbum({ media, caption }: Extract<Part, { type: 'album' }>, files: readonly InputFile[]) {
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
