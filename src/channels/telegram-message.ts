import type { Address, IncomingContent, Unreadable } from './channel.ts'
import type { TelegramMessage, TelegramUpdate } from './telegram-update.ts'

/** The largest file that is fetched from Telegram, in bytes. */
export const maximumFileSize = 10_485_760

/** A file that is still on Telegram's side. */
export interface RemoteFile {
  readonly type: 'file'
  readonly fileId: string
  readonly name: string | undefined
  readonly caption: string
}

/** An incoming message whose file, if it has one, is not fetched yet. */
export interface Arrival {
  readonly from: Address
  readonly externalId: string
  readonly sentAt: Date
  readonly content: IncomingContent | RemoteFile
  /** What must be answered, so that the button stops spinning. */
  readonly callbackQueryId?: string
}

/**
 * Reads an update as a message to the bot `account`; undefined for what is passed over in silence: groups,
 * channels, other bots, and notes of the platform itself. `now` dates a button press, which Telegram does not.
 */
export function readUpdate(update: TelegramUpdate, account: string, now: Date): Arrival | undefined {
  if (update.callback_query !== undefined) return readPress(update.callback_query, account, now)
  const message = update.message ?? update.edited_message
  if (message === undefined || message.chat.type !== 'private' || message.from?.is_bot === true)
    return undefined
  const isEdited = update.message === undefined
  // A live location is edited every few seconds while it moves.
  if (isEdited && message.location !== undefined) return undefined
  const content = isEdited ? unreadable('edited') : readContent(message)
  if (content === undefined) return undefined
  return {
    from: { channel: 'telegram', account, id: String(message.chat.id) },
    externalId: isEdited
      ? `e${message.message_id}.${message.edit_date ?? message.date}`
      : `m${message.message_id}`,
    sentAt: new Date((isEdited ? (message.edit_date ?? message.date) : message.date) * 1_000),
    content,
  }
}

/** The message id inside an external id; undefined for a button press, which is no message. */
export function messageIdOf(externalId: string): number | undefined {
  const digits = /^[me](\d+)/.exec(externalId)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

function readPress(
  query: NonNullable<TelegramUpdate['callback_query']>,
  account: string,
  now: Date,
): Arrival | undefined {
  if (query.message?.chat.type !== 'private') return undefined
  return {
    from: { channel: 'telegram', account, id: String(query.message.chat.id) },
    externalId: `c${query.id}`,
    sentAt: now,
    content: query.data === undefined ? unreadable('other') : { type: 'choice', value: query.data },
    callbackQueryId: query.id,
  }
}

function readContent(message: TelegramMessage): IncomingContent | RemoteFile | undefined {
  if (message.text !== undefined) return { type: 'text', text: readCommand(message.text) }
  if (message.photo !== undefined) return readPhoto(message.photo, message.caption ?? '')
  if (message.location !== undefined) return { type: 'location', ...message.location }
  for (const [field, what] of unreadableFields) if (field in message) return unreadable(what)
  if (message.document !== undefined) {
    const { file_id: fileId, file_size: size = 0, file_name: name } = message.document
    if (size > maximumFileSize) return unreadable('too_large')
    return { type: 'file', fileId, name, caption: message.caption ?? '' }
  }
  return silentFields.some((field) => field in message) ? undefined : unreadable('other')
}

function readPhoto(
  sizes: NonNullable<TelegramMessage['photo']>,
  caption: string,
): IncomingContent | RemoteFile {
  // Telegram lists the sizes from small to large. A smaller one would not do: it may be a thumbnail.
  const best = sizes.at(-1)
  if (best === undefined) return unreadable('other')
  if ((best.file_size ?? 0) > maximumFileSize) return unreadable('too_large')
  return { type: 'file', fileId: best.file_id, name: undefined, caption }
}

/** A command as the word it stands for: `/cekbot@Bot x` is `cekbot x`. */
function readCommand(text: string): string {
  return text.replace(/^\/([A-Za-z0-9_]{1,32})(?:@[A-Za-z0-9_]+)?(?=\s|$)/, '$1')
}

function unreadable(what: Unreadable): IncomingContent {
  return { type: 'unreadable', what }
}

// An animation comes with a document for older clients, so these are looked at before it.
const unreadableFields: readonly (readonly [string, Unreadable])[] = [
  ['voice', 'voice'],
  ['audio', 'voice'],
  ['video', 'video'],
  ['video_note', 'video'],
  ['animation', 'video'],
  ['sticker', 'sticker'],
  ['contact', 'contact'],
  ['poll', 'poll'],
]

// Notes that Telegram writes into a private chat by itself: nobody waits for an answer to them.
const silentFields = [
  'pinned_message',
  'message_auto_delete_timer_changed',
  'chat_background_set',
  'write_access_allowed',
  'connected_website',
  'boost_added',
  'gift',
  'unique_gift',
  'successful_payment',
  'refunded_payment',
  'users_shared',
  'chat_shared',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
]
