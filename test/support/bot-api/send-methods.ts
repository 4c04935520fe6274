import { z } from 'zod'
import { badRequest } from './bot-api-error.ts'
import type { ChatRecord, ReceivedMessage } from './chats.ts'
import type { StoredFile } from './file-store.ts'
import { describeChat, readPlace } from './group-place.ts'
import { chatId, json, markup, readCaption, readKeyboard, readParameters, readText } from './parameters.ts'
import type { Call } from './request-body.ts'
import type { World } from './world.ts'

/** A method of the Bot API: what it answers as `result`. */
export type Method = (world: World, call: Call, gone: AbortSignal) => unknown

const textMessage = z.looseObject({
  chat_id: chatId,
  text: z.string().default(''),
  parse_mode: z.string().optional(),
  reply_markup: markup.optional(),
})

const sendMessage: Method = (world, call) => {
  const asked = readParameters(textMessage, call.fields)
  const chat = world.chats.writable(asked.chat_id)
  const text = readText(asked.text, asked.parse_mode)
  const keyboard = readKeyboard(asked.reply_markup)
  return put(world, chat, { kind: 'text', text, keyboard, parameters: asked })
}

const mediaMessage = z.looseObject({
  chat_id: chatId,
  photo: z.string().optional(),
  document: z.string().optional(),
  caption: z.string().optional(),
  reply_markup: markup.optional(),
})

function sendMedia(kind: 'photo' | 'document'): Method {
  return (world, call) => {
    const asked = readParameters(mediaMessage, call.fields)
    const chat = world.chats.writable(asked.chat_id)
    const text = readCaption(asked.caption)
    const keyboard = readKeyboard(asked.reply_markup)
    const file = findFile(world, call, kind, asked[kind])
    return put(world, chat, { kind, text, keyboard, file, parameters: asked })
  }
}

const groupMessage = z.looseObject({
  chat_id: chatId,
  media: json(
    z.array(
      z.looseObject({
        type: z.enum(['photo', 'document']),
        media: z.string(),
        caption: z.string().optional(),
      }),
    ),
  ),
})

const sendMediaGroup: Method = (world, call) => {
  const asked = readParameters(groupMessage, call.fields)
  const chat = world.chats.writable(asked.chat_id)
  if (asked.media.length < 2 || asked.media.length > 10)
    throw badRequest('wrong number of media in the album')
  if (new Set(asked.media.map(({ type }) => type)).size > 1) {
    throw badRequest("document can't be mixed with other media types")
  }
  const parts = asked.media.map(({ type, media, caption }) => ({
    kind: type,
    text: readCaption(caption),
    file: findFile(world, call, type, media),
  }))
  const mediaGroupId = `group${world.nextMessageId()}`
  return parts.map((part) => put(world, chat, { ...part, keyboard: [], mediaGroupId, parameters: asked }))
}

function findFile(
  world: World,
  call: Call,
  kind: 'photo' | 'document',
  reference: string | undefined,
): StoredFile {
  const attached = call.files.get(reference?.replace(/^attach:\/\//, '') ?? kind) ?? call.files.get(kind)
  if (attached === undefined) {
    if (reference === undefined || reference === '') throw badRequest(`there is no ${kind} in the request`)
    return world.files.byId(reference)
  }
  if (attached.bytes.length === 0) throw badRequest('file must be non-empty')
  if (kind === 'photo' && attached.bytes.length > 10_485_760) throw badRequest('PHOTO_SAVE_FILE_INVALID')
  return world.files.add(attached.bytes, { folder: `${kind}s`, name: attached.name })
}

function put(
  world: World,
  chat: ChatRecord,
  part: Pick<ReceivedMessage, 'kind' | 'text' | 'keyboard' | 'parameters'> & {
    file?: StoredFile
    mediaGroupId?: string
  },
): unknown {
  const message: ReceivedMessage = {
    ...part,
    ...readPlace(chat, part.parameters),
    messageId: world.nextMessageId(),
    file: part.file,
    mediaGroupId: part.mediaGroupId,
    at: world.now(),
    edits: 0,
    deleted: false,
  }
  chat.inbox.push(message)
  return describeMessage(world, chat, message)
}

/** A message of the bot as the Bot API answers it. */
export function describeMessage(world: World, chat: ChatRecord, message: ReceivedMessage): unknown {
  const { file } = message
  const size =
    file === undefined ? {} : { file_id: file.id, file_unique_id: file.id, file_size: file.bytes.length }
  return {
    message_id: message.messageId,
    from: world.bot,
    chat: describeChat(chat),
    ...(message.threadId !== undefined && { message_thread_id: message.threadId, is_topic_message: true }),
    date: Math.floor(message.at / 1_000),
    ...(message.edits > 0 && { edit_date: Math.floor(world.now() / 1_000) }),
    ...(message.mediaGroupId !== undefined && { media_group_id: message.mediaGroupId }),
    ...(message.kind === 'text' ? { text: message.text } : { caption: message.text }),
    ...(message.kind === 'photo' && { photo: [{ ...size, width: 320, height: 240 }] }),
    ...(message.kind === 'document' && { document: { ...size, file_name: file?.name } }),
    ...(message.keyboard.length > 0 && {
      reply_markup: {
        inline_keyboard: message.keyboard.map((row) =>
          row.map(({ label, data }) => ({ text: label, callback_data: data })),
        ),
      },
    }),
  }
}

/** The methods that put a message into a chat, and so count against the limits. */
export const sendMethods: Readonly<Record<string, Method>> = {
  sendMessage,
  sendPhoto: sendMedia('photo'),
  sendDocument: sendMedia('document'),
  sendMediaGroup,
}
