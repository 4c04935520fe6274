import { z } from 'zod'
import type { TelegramMessage, TelegramUpdate } from './telegram-update.ts'

/** Who wrote in the group. */
export type GroupAuthor =
  | { readonly type: 'member'; readonly id: string; readonly name: string }
  /** An admin of the group who does not show who it is. */
  | { readonly type: 'anonymous' }
  /** Somebody in the name of a channel: it could be anybody. */
  | { readonly type: 'channel' }

/** What was written. */
export type GroupContent =
  | { readonly type: 'text'; readonly text: string }
  /** `/name rest`, meant for this bot. */
  | { readonly type: 'command'; readonly name: string; readonly rest: string }
  /** A photo, a sticker or anything else that is no text; those of one album have the same `album`. */
  | { readonly type: 'other'; readonly album: string | undefined }

/** A message in a group. */
export interface GroupMessage {
  readonly chatId: number
  readonly messageId: number
  /** The topic that it is in; undefined in the general one, and where there are none. */
  readonly topic: number | undefined
  /** The bot's own message that it replies to; `text` is what stands in it, of a topic's first message its first name. */
  readonly repliesTo: { readonly messageId: number; readonly text: string } | undefined
  readonly author: GroupAuthor
  readonly content: GroupContent
  readonly isEdit: boolean
}

/** What the bot hears of a group. */
export type GroupNews =
  | { readonly type: 'message'; readonly message: GroupMessage }
  /** The group became a supergroup. */
  | { readonly type: 'moved'; readonly from: number; readonly to: number }

/** Whoever listens to groups. */
export interface GroupWatch {
  /** Whether the group is one of theirs: nothing of others is handed over. */
  isWatched(chatId: number): Promise<boolean>
  /** Resolves once what follows from it is durable; rejects to be told once more. */
  hear(news: GroupNews): Promise<void>
}

const person = z.object({
  id: z.number(),
  is_bot: z.boolean().optional(),
  first_name: z.string().optional(),
})

/** What is read of a message in a group, besides what is read of every message. */
const groupFields = z.object({
  from: person.optional(),
  sender_chat: z.object({ id: z.number() }).optional(),
  is_automatic_forward: z.boolean().optional(),
  message_thread_id: z.number().optional(),
  is_topic_message: z.boolean().optional(),
  media_group_id: z.string().optional(),
  migrate_to_chat_id: z.number().optional(),
  reply_to_message: z
    .object({
      message_id: z.number(),
      from: person.optional(),
      text: z.string().optional(),
      caption: z.string().optional(),
      forum_topic_created: z.object({ name: z.string() }).optional(),
    })
    .optional(),
})
type GroupFields = z.infer<typeof groupFields>

/** The chat of an update, where it is not one with a person alone. */
export function groupOf(update: TelegramUpdate): number | undefined {
  const chat = (update.message ?? update.edited_message)?.chat
  return chat === undefined || (chat.type !== 'group' && chat.type !== 'supergroup') ? undefined : chat.id
}

/**
 * Reads an update of a group; undefined for what is passed over in silence: what bots and linked channels write, what Telegram
 * notes by itself, and commands to another bot than `username`.
 */
export function readGroupUpdate(
  update: TelegramUpdate,
  bot: { readonly account: string; readonly username: string | undefined },
): GroupNews | undefined {
  const message = update.message ?? update.edited_message
  if (message === undefined) return undefined
  const fields = groupFields.safeParse(message)
  if (!fields.success) return undefined
  const { migrate_to_chat_id: to } = fields.data
  if (to !== undefined) return { type: 'moved', from: message.chat.id, to }
  const author = readAuthor(fields.data, message.chat.id)
  const content = readContent(message, fields.data, bot.username)
  if (author === undefined || content === undefined) return undefined
  return {
    type: 'message',
    message: {
      chatId: message.chat.id,
      messageId: message.message_id,
      topic: fields.data.is_topic_message === true ? fields.data.message_thread_id : undefined,
      repliesTo: readReply(fields.data, bot.account),
      author,
      content,
      isEdit: update.message === undefined,
    },
  }
}

function readAuthor(fields: GroupFields, chatId: number): GroupAuthor | undefined {
  const { from, sender_chat: senderChat } = fields
  if (fields.is_automatic_forward === true) return undefined
  if (senderChat !== undefined) return { type: senderChat.id === chatId ? 'anonymous' : 'channel' }
  if (from === undefined || from.is_bot === true) return undefined
  return { type: 'member', id: String(from.id), name: from.first_name ?? '' }
}

function readReply({ reply_to_message: to }: GroupFields, account: string): GroupMessage['repliesTo'] {
  if (to?.from === undefined || String(to.from.id) !== account) return undefined
  const text = to.text ?? to.caption ?? to.forum_topic_created?.name ?? ''
  return { messageId: to.message_id, text }
}

function readContent(
  message: TelegramMessage,
  { media_group_id: album }: GroupFields,
  username: string | undefined,
): GroupContent | undefined {
  if (message.text === undefined)
    return contentFields.some((field) => field in message) ? { type: 'other', album } : undefined
  const [, name, addressee, rest = ''] =
    /^\/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]+))?(?:\s+([\s\S]*))?$/.exec(message.text) ?? []
  if (name === undefined) return { type: 'text', text: message.text }
  const isForUs = addressee === undefined || addressee.toLowerCase() === (username ?? addressee).toLowerCase()
  return isForUs ? { type: 'command', name: name.toLowerCase(), rest: rest.trim() } : undefined
}

// Everything else without a text is a note that Telegram writes by itself, such as that somebody joined.
const contentFields = [
  'photo',
  'document',
  'sticker',
  'voice',
  'audio',
  'video',
  'video_note',
  'animation',
  'contact',
  'poll',
  'location',
  'venue',
  'dice',
  'story',
  'paid_media',
  'checklist',
]
