import type { proto } from '@whiskeysockets/baileys'

/** What a message holds once its covers are off, and which of them matter. */
export interface Unwrapped {
  readonly content: proto.IMessage
  readonly isViewOnce: boolean
  readonly isEdited: boolean
}

/** Covers within covers are taken off so often: a message made to be endless is not. */
const mostCovers = 6
/** The library's number of an edit: Message.ProtocolMessage.Type.MESSAGE_EDIT. */
const messageEdit = 14

const viewOnceCovers = ['viewOnceMessage', 'viewOnceMessageV2', 'viewOnceMessageV2Extension'] as const
const plainCovers = ['ephemeralMessage', 'documentWithCaptionMessage', 'associatedChildMessage'] as const

/** Takes the covers off: disappearing messages, captions of documents, photos of an album, what may be seen once. */
export function unwrap(message: proto.IMessage): Unwrapped {
  let content = message
  let isViewOnce = false
  for (let covers = 0; covers < mostCovers; covers += 1) {
    if (content.editedMessage || content.protocolMessage?.type === messageEdit)
      return { content, isViewOnce, isEdited: true }
    const once = viewOnceCovers.map((cover) => content[cover]?.message).find(isThere)
    const inner = once ?? plainCovers.map((cover) => content[cover]?.message).find(isThere)
    if (!isThere(inner)) break
    isViewOnce ||= isThere(once)
    content = inner
  }
  isViewOnce ||= content.imageMessage?.viewOnce === true || content.videoMessage?.viewOnce === true
  return { content, isViewOnce, isEdited: false }
}

function isThere(message: proto.IMessage | null | undefined): message is proto.IMessage {
  return message !== null && message !== undefined
}
