import type { MediaType, proto } from '@whiskeysockets/baileys'
import type { MediaPointer } from './media-host.ts'

/** The text of a message as a person reads it: written, or the caption of a file. */
export function textOf(message: proto.IMessage): string | undefined {
  const { documentMessage } = message.documentWithCaptionMessage?.message ?? message
  return (
    message.conversation ??
    message.extendedTextMessage?.text ??
    message.imageMessage?.caption ??
    documentMessage?.caption ??
    (message.pollCreationMessage ?? message.pollCreationMessageV3)?.name ??
    undefined
  )
}

/** The file in a message, and by which kind of key it is sealed. */
export function fileOf(message: proto.IMessage): { type: MediaType; pointer: MediaPointer } | undefined {
  const inner = message.viewOnceMessageV2?.message ?? message.documentWithCaptionMessage?.message ?? message
  const files = {
    image: inner.imageMessage,
    document: inner.documentMessage,
    audio: inner.audioMessage,
    video: inner.videoMessage,
    sticker: inner.stickerMessage,
  } as const
  for (const type of ['image', 'document', 'audio', 'video', 'sticker'] as const) {
    const pointer = files[type]
    if (pointer) return { type, pointer }
  }
  return undefined
}

/** The `type` that a message's stanza carries. */
export function stanzaTypeOf(message: proto.IMessage): string {
  if (message.pollUpdateMessage) return 'poll'
  if (message.reactionMessage) return 'reaction'
  return fileOf(message) === undefined ? 'text' : 'media'
}
