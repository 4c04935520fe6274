import type { proto, WAMessage } from '@whiskeysockets/baileys'
import type { IncomingContent, Unreadable } from './channel.ts'
import { areOfTwoKinds, personJid } from './whatsapp-jid.ts'
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

/** Ids as phones make them. Others could not be kept, or were made to be trouble. */
const idShape = /^[\x21-\x7e]{1,128}$/

/**
 * Reads a message to the bot; undefined for what is passed over in silence: our own, groups, status, channels, notes of the
 * platform, and reactions, since a thumb needs no answer. `now` dates a message that has no time of its own.
 */
export function readMessage(message: WAMessage, now: Date): Arrival | undefined {
  const { key } = message
  const jid = personJid(key.remoteJid)
  if (key.fromMe === true || jid === undefined || !idShape.test(key.id ?? '')) return undefined
  const other = personJid(key.remoteJidAlt)
  const sentAt = readTime(message.messageTimestamp, now)
  const arrival = {
    jid,
    other: other !== undefined && areOfTwoKinds(jid, other) ? other : undefined,
    externalId: key.id ?? '',
    sentAt,
  }
  if (key.isViewOnce === true) return { ...arrival, content: unreadable('view_once') }
  if (message.messageStubType === ciphertext) return { ...arrival, content: { type: 'undecryptable' } }
  if (message.message === null || message.message === undefined) return undefined
  const { content, isViewOnce, isEdited } = unwrap(message.message)
  if (isEdited) {
    // An edit may come under the id of what it edits.
    const externalId = `edit:${key.id}:${sentAt.getTime() / 1_000}`
    return { ...arrival, externalId, content: unreadable('edited') }
  }
  const read = isViewOnce ? unreadable('view_once') : readContent(content, message)
  if (read === undefined) return undefined
  const quoted = content.extendedTextMessage?.contextInfo?.stanzaId
  return { ...arrival, content: read, ...(quoted ? { quoted: { id: quoted } } : {}) }
}

/** The end of the year 9999, in seconds since 1970. */
const latest = 253_402_300_799

/** The time as it is told, in seconds since 1970, be it absurd: the conversation judges that. */
function readTime(told: unknown, now: Date): Date {
  if (told === null || told === undefined) return now
  // The library gives numbers, texts and objects that read as digits.
  const seconds = Number(String(told))
  return Number.isFinite(seconds) ? new Date(Math.min(Math.max(seconds, 0), latest) * 1_000) : now
}

function readContent(content: proto.IMessage, message: WAMessage): IncomingContent | RemoteFile | undefined {
  const text = readText(content)
  if (text !== undefined) return { type: 'text', text: clean(text) }
  if (content.imageMessage) return readFile(content.imageMessage, undefined, message, content)
  if (content.documentMessage) {
    const { fileName, title } = content.documentMessage
    return readFile(content.documentMessage, fileName ?? title ?? undefined, message, content)
  }
  if (content.locationMessage) return readPlace(content.locationMessage)
  // Later places of one that moves are no new message.
  if (content.liveLocationMessage?.timeOffset) return undefined
  if (content.liveLocationMessage) return readPlace(content.liveLocationMessage)
  for (const [field, what] of unreadableFields) if (content[field]) return unreadable(what)
  return silentFields.some((field) => content[field]) || isEmpty(content) ? undefined : unreadable('other')
}

function readText(content: proto.IMessage): string | undefined {
  const { conversation, extendedTextMessage } = content
  if (conversation) return conversation
  if (extendedTextMessage) return extendedTextMessage.text ?? ''
  return readLabel(content) || (conversation ?? undefined)
}

/** What was pressed. Only the labels: the bot sends no buttons or lists, so the ids behind them are not its own. */
function readLabel(content: proto.IMessage): string | undefined {
  return (
    content.buttonsResponseMessage?.selectedDisplayText ||
    content.listResponseMessage?.title ||
    content.templateButtonReplyMessage?.selectedDisplayText ||
    content.interactiveResponseMessage?.body?.text ||
    undefined
  )
}

function readPlace(place: proto.Message.ILocationMessage): IncomingContent {
  const { degreesLatitude: latitude, degreesLongitude: longitude } = place
  return isWithin(latitude, 90) && isWithin(longitude, 180)
    ? { type: 'location', latitude, longitude }
    : unreadable('other')
}

function isWithin(degrees: number | null | undefined, most: number): degrees is number {
  return typeof degrees === 'number' && Math.abs(degrees) <= most
}

function readFile(
  file: { readonly caption?: string | null; readonly fileLength?: unknown },
  name: string | undefined,
  message: WAMessage,
  content: proto.IMessage,
): IncomingContent | RemoteFile {
  if (Number(String(file.fileLength ?? 0)) > maximumFileSize) return unreadable('too_large')
  return {
    type: 'file',
    name: name === undefined ? undefined : clean(name.slice(0, 200)),
    caption: clean(file.caption ?? ''),
    message: { ...message, message: content },
  }
}

/** What the database keeps: whole characters, and none that is nothing. */
function clean(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '')
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
  ['stickerPackMessage', 'sticker'],
  ['contactMessage', 'contact'],
  ['contactsArrayMessage', 'contact'],
  ['pollCreationMessage', 'poll'],
  ['pollCreationMessageV2', 'poll'],
  ['pollCreationMessageV3', 'poll'],
  ['pollCreationMessageV4', 'poll'],
  ['pollCreationMessageV5', 'poll'],
  ['pollResultSnapshotMessage', 'poll'],
  ['pollResultSnapshotMessageV3', 'poll'],
]

/** What platform and phones write by themselves, or what wants no answer. An album is told before its photos come. */
const silentFields: readonly (keyof proto.IMessage)[] = [
  'reactionMessage',
  'encReactionMessage',
  'protocolMessage',
  'senderKeyDistributionMessage',
  'fastRatchetKeySenderKeyDistributionMessage',
  'pollUpdateMessage',
  'encEventResponseMessage',
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
  'limitSharingMessage',
  'messageHistoryBundle',
  'messageHistoryNotice',
  'statusMentionMessage',
  'groupStatusMentionMessage',
  'statusAddYours',
  'statusNotificationMessage',
  'statusQuestionAnswerMessage',
  'statusStickerInteractionMessage',
]

/** What is newer than the library still says what goes with every message, and so is not empty. */
function isEmpty(content: proto.IMessage): boolean {
  return Object.values(content).every((value) => value === null || value === undefined)
}
