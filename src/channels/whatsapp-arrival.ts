import type { WAMessage } from '@whiskeysockets/baileys'
import { z } from 'zod'
import type { Baileys } from './whatsapp-library.ts'

const envelope = z.object({
  key: z.object({
    id: z.string(),
    remoteJid: z.string(),
    remoteJidAlt: z.string().optional(),
    /** What may be seen once comes without a content: nothing else tells that it came. */
    isViewOnce: z.boolean().optional(),
  }),
  /** Seconds; null for a message without a time that can be read. */
  at: z.number().nullable(),
  message: z.base64(),
})

/** A message as it is kept until its file is fetched: all that reading it again needs. */
export function encodeArrival({ proto }: Baileys, { key, messageTimestamp, message }: WAMessage): Uint8Array {
  const { id, remoteJid, remoteJidAlt, isViewOnce } = key
  const bytes = proto.Message.encode(proto.Message.fromObject(message ?? {})).finish()
  const kept = {
    key: { id, remoteJid, remoteJidAlt: remoteJidAlt ?? undefined, isViewOnce: isViewOnce ?? undefined },
    // Not a number is null in JSON.
    at: Number(String(messageTimestamp ?? Number.NaN)),
    message: Buffer.from(bytes).toString('base64'),
  }
  return Buffer.from(JSON.stringify(kept))
}

/** The message in what `encodeArrival` made; throws when it is something else. */
export function decodeArrival({ proto }: Baileys, bytes: Uint8Array): WAMessage {
  const { key: kept, at, message } = envelope.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
  const { id, remoteJid, remoteJidAlt, isViewOnce } = kept
  return {
    key: {
      id,
      remoteJid,
      ...(remoteJidAlt !== undefined && { remoteJidAlt }),
      ...(isViewOnce !== undefined && { isViewOnce }),
    },
    ...(at !== null && { messageTimestamp: at }),
    message: proto.Message.decode(Buffer.from(message, 'base64')),
  }
}
