import { type Api, GrammyError, InputFile } from 'grammy'
import type { TelegramFile } from './telegram-files.ts'
import type { TelegramPace } from './telegram-pace.ts'
import { GroupError, toGroupError } from './telegram-staff-failure.ts'

/** Where in a group something is posted. */
export interface GroupPlace {
  readonly chatId: number
  /** The topic, in a group that has topics. */
  readonly threadId?: number | undefined
  /** The message that it answers; posted all the same when that is gone. */
  readonly replyTo?: number | undefined
}

/** What the bot does in a group. Everything rejects with a GroupError. */
export interface GroupCalls {
  describe(chatId: number): Promise<{ readonly isForum: boolean }>
  /** Makes a topic and answers its id. */
  createTopic(chatId: number, name: string): Promise<number>
  closeTopic(chatId: number, threadId: number): Promise<void>
  reopenTopic(chatId: number, threadId: number): Promise<void>
  /** Posts a text of at most 4,096 UTF-16 units, which cannot be forwarded, and answers the message's id. */
  post(place: GroupPlace, text: string): Promise<number>
  /** Posts a photo, or as a document what is none, with a caption of at most 1,024 units. */
  postFile(place: GroupPlace, file: TelegramFile, caption: string): Promise<number>
  /** Puts a thumb up under a message. */
  react(chatId: number, messageId: number): Promise<void>
}

/** The calls of one bot. What is posted counts among all that the bot sends, and goes before what nobody asked for. */
export function createGroupCalls(api: Api, pace: TelegramPace): GroupCalls {
  const inTurn: InTurn = (chat, call) => pace.run({ chat, purpose: 'reply', isBegun: false }, call)
  return {
    describe: (chatId) =>
      ask(async () => {
        const chat = await api.getChat(chatId)
        if (chat.type === 'private' || chat.type === 'channel') throw new GroupError('no_chat')
        return { isForum: 'is_forum' in chat && chat.is_forum === true }
      }),
    createTopic: (chatId, name) =>
      ask(async () => (await api.createForumTopic(chatId, name)).message_thread_id),
    closeTopic: (chatId, threadId) => ask(() => quietly(api.closeForumTopic(chatId, threadId))),
    reopenTopic: (chatId, threadId) => ask(() => quietly(api.reopenForumTopic(chatId, threadId))),
    post: (place, text) =>
      ask(async () => {
        const options = { ...placing(place), link_preview_options: { is_disabled: true } }
        const sent = await inTurn(place.chatId, () => api.sendMessage(place.chatId, text, options))
        return sent.message_id
      }),
    postFile: (place, file, caption) => ask(() => postFile(api, inTurn, place, file, caption)),
    async react(chatId, messageId) {
      await ask(() => api.setMessageReaction(chatId, messageId, [{ type: 'emoji', emoji: '👍' }]))
    },
  }
}

type InTurn = <T>(chat: number, call: () => Promise<T>) => Promise<T>

async function postFile(
  api: Api,
  inTurn: InTurn,
  place: GroupPlace,
  file: TelegramFile,
  caption: string,
): Promise<number> {
  const isPhoto = file.mime.startsWith('image/')
  const options = { ...placing(place), caption }
  const upload = () => new InputFile(file.bytes, nameOf(file))
  if (isPhoto) {
    try {
      return (await inTurn(place.chatId, () => api.sendPhoto(place.chatId, upload(), options))).message_id
    } catch (error) {
      // Telegram takes only photos of usual proportions as photos.
      if (toGroupError(error).kind !== 'refused') throw error
    }
  }
  return (await inTurn(place.chatId, () => api.sendDocument(place.chatId, upload(), options))).message_id
}

/** What residents write is not to be passed on by one touch: it is protected from being forwarded. */
function placing({ threadId, replyTo }: GroupPlace) {
  return {
    protect_content: true,
    ...(threadId !== undefined && { message_thread_id: threadId }),
    ...(replyTo !== undefined && {
      reply_parameters: { message_id: replyTo, allow_sending_without_reply: true },
    }),
  }
}

function nameOf({ name, mime }: TelegramFile): string {
  const plain = name?.replace(/[^\p{L}\p{N}._ -]/gu, '_').trim()
  if (plain !== undefined && plain !== '') return plain
  return mime.startsWith('image/') ? `foto.${mime.slice('image/'.length)}` : 'berkas.bin'
}

/** A topic that is as it should be already is no failure. */
async function quietly(call: Promise<unknown>): Promise<void> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof GrammyError && error.description.includes('TOPIC_NOT_MODIFIED'))) throw error
  }
}

async function ask<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw toGroupError(error)
  }
}
