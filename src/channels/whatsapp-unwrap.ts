import type { proto } from '@whiskeysockets/baileys'

/** What a message holds once its covers are off, and which of them matter. */
export interface Unwrapped {
  readonly content: proto.IMessage
  readonly isViewOnce: boolean
  readonly isEdited: boolean
}

/** Covers within covers are taken off so often: a message made to be endless is not. */
const mostCovers = 6

// The library's numbers: Message.ProtocolMessage.Type and Message.SecretEncryptedMessage.SecretEncType, MESSAGE_EDIT of each.
const messageEdit = 14
const secretMessageEdit = 2

const viewOnceCovers = ['viewOnceMessage', 'viewOnceMessageV2', 'viewOnceMessageV2Extension'] as const
const plainCovers = [
  'ephemeralMessage',
  'documentWithCaptionMessage',
  'associatedChildMessage',
  'deviceSentMessage',
  'groupMentionedMessage',
  'botForwardedMessage',
] as const

/** Takes the covers off: disappearing messages, captions of documents, photos of an album, what may be seen once. */
export function unwrap(message: proto.IMessage): Unwrapped {
  let content = message
  let isViewOnce = false
  for (let covers = 0; covers < mostCovers; covers += 1) {
    if (isEdit(content)) return { content, isViewOnce, isEdited: true }
    const once = viewOnceCovers.map((cover) => content[cover]?.message).find(isThere)
    const inner = once ?? plainCovers.map((cover) => content[cover]?.message).find(isThere)
    if (!isThere(inner)) break
    isViewOnce ||= isThere(once)
    content = inner
  }
  isViewOnce ||= [content.imageMessage, content.videoMessage, content.audioMessage].some(
    (file) => file?.viewOnce === true,
  )
  return { content, isViewOnce, isEdited: false }
}

function isEdit({ editedMessage, protocolMessage, secretEncryptedMessage }: proto.IMessage): boolean {
  return (
    isThere(editedMessage) ||
    protocolMessage?.type === messageEdit ||
    secretEncryptedMessage?.secretEncType === secretMessageEdit
  )
}

function isThere<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined
}
