import type { proto, WAMessage } from '@whiskeysockets/baileys'
import type { IncomingContent, Unreadable } from './channel.ts'
import { unwrap } from './whatsapp-unwrap.ts'

/** The largest file that is fetched from WhatsApp, in bytes. */
export const maximumFileSize = 10_485_760

/** A file that is still on WhatsApp's side. */
export interface RemoteFile {
  readonly type: 'file'
  readonly name: string | undefined
  readonly caption: string
  /** What the library fetches it by. */
  readonly message: WAMessage
}

/** An incoming message whose file, if it has one, is not fetched yet. */
export interface Arrival {
  /** The id that the person wrote by, and the other one they have, where WhatsApp told it. */
  readonly jid: string
  readonly other: string | undefined
  readonly externalId: string
  readonly sentAt: Date
  /** `undecryptable`: the phone is asked for it again by the library. */
  readonly content: IncomingContent | RemoteFile | { readonly type: 'undecryptable' }
  /** The message that this one answers by quoting it. */
  readonly quoted?: { readonly id: string } | undefined
}

/** The library's number of a message that could not be decrypted: WebMessageInfo.StubType.CIPHERTEXT. */
const ciphertext = 2

/**
 * Reads a message to the bot; undefined for what is passed over in silence: our own, groups, status, channels, notes of the
 * platform, and reactions, since a thumb needs no answer. `now` dates a message that has no time of its own.
 */
export function readMessage(message: WAMessage, now: Date): Arrival | undefined {
  const { key } = message
  const jid = normalJid(key.remoteJid)
  if (key.fromMe === true || jid === undefined || !key.id || !isPerson(jid)) return undefined
  const other = normalJid(key.remoteJidAlt)
  const arrival = {
    jid,
    other: other !== undefined && isPerson(other) ? other : undefined,
    externalId: key.id,
    sentAt: readTime(message.messageTimestamp, now),
  }
  if (key.isViewOnce === true) return { ...arrival, content: unreadable('view_once') }
  if (message.messageStubType === ciphertext) return { ...arrival, content: { type: 'undecryptable' } }
  if (message.message === null || message.message === undefined) return undefined
  const { content, isViewOnce, isEdited } = unwrap(message.message)
  if (isEdited) return { ...arrival, content: unreadable('edited') }
  const read = isViewOnce ? unreadable('view_once') : readContent(content, message)
  if (read === undefined) return undefined
  const quoted = content.extendedTextMessage?.contextInfo?.stanzaId
  return { ...arrival, content: read, ...(quoted ? { quoted: { id: quoted } } : {}) }
}

/** The id without the device that a message came from; undefined when it is none. */
function normalJid(jid: string | null | undefined): string | undefined {
  const parts = /^([^@:]+)(?::\d+)?@([a-z.]+)$/.exec(jid ?? '')
  if (parts === null) return undefined
  return `${parts[1]}@${parts[2] === 'c.us' ? 's.whatsapp.net' : parts[2]}`
}

function isPerson(jid: string): boolean {
  return jid.endsWith('@lid') || jid.endsWith('@s.whatsapp.net')
}

/** The time as it is told, in seconds since 1970, be it absurd: the conversation judges that. */
function readTime(seconds: unknown, now: Date): Date {
  if (seconds === null || seconds === undefined) return now
  // The library gives numbers, texts and objects that read as digits.
  const told = new Date(Number(String(seconds)) * 1_000)
  return Number.isNaN(told.getTime()) ? now : told
}

function readContent(content: proto.IMessage, message: WAMessage): IncomingContent | RemoteFile | undefined {
  const text = readText(content)
  if (text !== undefined) return { type: 'text', text: text.toWellFormed() }
  if (content.imageMessage) return readFile(content.imageMessage, undefined, message, content)
  if (content.documentMessage) {
    const { fileName, title } = content.documentMessage
    return readFile(content.documentMessage, fileName ?? title ?? undefined, message, content)
  }
  const place = content.locationMessage ?? content.liveLocationMessage
  if (place) {
    return { type: 'location', latitude: place.degreesLatitude ?? 0, longitude: place.degreesLongitude ?? 0 }
  }
  for (const [field, what] of unreadableFields) if (content[field]) return unreadable(what)
  return silentFields.some((field) => content[field]) || isEmpty(content) ? undefined : unreadable('other')
}

function readText(content: proto.IMessage): string | undefined {
  const {
    listResponseMessage,
    buttonsResponseMessage,
    templateButtonReplyMessage,
    interactiveResponseMessage,
  } = content
  return (
    content.conversation ||
    content.extendedTextMessage?.text ||
    // Only the labels: the bot sends no such buttons, so the ids behind them are not its own.
    buttonsResponseMessage?.selectedDisplayText ||
    listResponseMessage?.title ||
    templateButtonReplyMessage?.selectedDisplayText ||
    interactiveResponseMessage?.body?.text ||
    undefined
  )
}

function readFile(
  file: { readonly caption?: string | null; readonly fileLength?: unknown },
  name: string | undefined,
  message: WAMessage,
  content: proto.IMessage,
): IncomingContent | RemoteFile {
  if (Number(String(file.fileLength ?? 0)) > maximumFileSize) return unreadable('too_large')
  const caption = (file.caption ?? '').toWellFormed()
  return {
    type: 'file',
    name: name?.toWellFormed().slice(0, 200),
    caption,
    message: { ...message, message: content },
  }
}

function unreadable(what: Unreadable): IncomingContent {
  return { type: 'unreadable', what }
}

const unreadableFields: readonly (readonly [keyof proto.IMessage, Unreadable])[] = [
  ['audioMessage', 'voice'],
  ['videoMessage', 'video'],
  ['ptvMessage', 'video'],
  ['stickerMessage', 'sticker'],
  ['lottieStickerMessage', 'sticker'],
  ['contactMessage', 'contact'],
  ['contactsArrayMessage', 'contact'],
  ['pollCreationMessage', 'poll'],
  ['pollCreationMessageV2', 'poll'],
  ['pollCreationMessageV3', 'poll'],
  ['pollCreationMessageV5', 'poll'],
]

/** What platform and phones write by themselves, or what wants no answer. An album is told before its photos come. */
const silentFields: readonly (keyof proto.IMessage)[] = [
  'reactionMessage',
  'encReactionMessage',
  'protocolMessage',
  'senderKeyDistributionMessage',
  'pollUpdateMessage',
  'keepInChatMessage',
  'pinInChatMessage',
  'albumMessage',
  'call',
  'callLogMesssage',
  'bcallMessage',
  'placeholderMessage',
  'commentMessage',
  'encCommentMessage',
  'stickerSyncRmrMessage',
  'deviceSentMessage',
  'secretEncryptedMessage',
]

/** A message that holds nothing but what goes with every message. */
function isEmpty(content: proto.IMessage): boolean {
  return Object.entries(content).every(([field, value]) => value === null || field === 'messageContextInfo')
}
