import type { MessagePreview, OutgoingMessage } from './channel.ts'
import { planMessage } from './whatsapp-parts.ts'

/** How a message looks on WhatsApp: without buttons, since most phones show none of such a client. */
export function previewOnWhatsApp(message: OutgoingMessage): MessagePreview {
  return {
    parts: planMessage(message).map((part) =>
      part.type === 'text'
        ? { text: part.text, media: undefined }
        : { text: part.caption, media: part.media.name ?? part.media.type },
    ),
    buttons: [],
  }
}
