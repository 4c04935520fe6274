import { z } from 'zod'
import type { IncomingContent, OutgoingMessage } from '../channels/channel.ts'
import { unreadable } from '../channels/channel.ts'

/** What conversation needs of the keyring. */
export interface Sealer {
  seal(text: string): Uint8Array<ArrayBuffer>
  open(sealed: Uint8Array): string
}

const media = z.object({
  id: z.string(),
  type: z.enum(['photo', 'document']),
  mime: z.string(),
  name: z.string().optional(),
})

const content = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('choice'), value: z.string() }),
  z.object({ type: z.literal('media'), media, caption: z.string() }),
  z.object({ type: z.literal('location'), latitude: z.number(), longitude: z.number() }),
  z.object({ type: z.literal('unreadable'), what: z.enum(unreadable) }),
])

const outgoing = z.object({
  text: z.string(),
  options: z.array(z.object({ label: z.string(), value: z.string() })).optional(),
  media: z.array(media).optional(),
})

/** Seals what a person sent, for the inbox. */
export function sealContent(sealer: Sealer, value: IncomingContent): Uint8Array<ArrayBuffer> {
  return sealer.seal(JSON.stringify(value))
}

/** Reads what `sealContent` sealed. */
export function openContent(sealer: Sealer, sealed: Uint8Array): IncomingContent {
  return content.parse(JSON.parse(sealer.open(sealed)))
}

/** Seals what is to be said, for the outbox. */
export function sealOutgoing(sealer: Sealer, value: OutgoingMessage): Uint8Array<ArrayBuffer> {
  return sealer.seal(JSON.stringify(value))
}

/** Reads what `sealOutgoing` sealed. */
function openOutgoing(sealer: Sealer, sealed: Uint8Array): OutgoingMessage {
  return outgoing.parse(JSON.parse(sealer.open(sealed)))
}

/** The same, but undefined where the bytes cannot be opened: their key is gone, or they were damaged. */
export function tryOpenOutgoing(sealer: Sealer, sealed: Uint8Array): OutgoingMessage | undefined {
  try {
    return openOutgoing(sealer, sealed)
  } catch {
    return undefined
  }
}
