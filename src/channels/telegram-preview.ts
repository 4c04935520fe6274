import type { MessagePreview, OutgoingMessage } from './channel.ts'
import { planMessage } from './telegram-parts.ts'

/** How a message looks on Telegram. */
export function previewOnTelegram(message: OutgoingMessage): MessagePreview {
  const plan = planMessage(message)
  return {
    parts: plan.flatMap((part): MessagePreview['parts'] => {
      if (part.type === 'text') return [{ text: part.text, media: undefined }]
      const media = part.type === 'album' ? part.media : [part.media]
      return media.map(({ name, type }, index) => ({
        text: index === 0 ? part.caption : '',
        media: name ?? type,
      }))
    }),
    buttons: plan.flatMap((part) =>
      part.type === 'album' ? [] : part.keyboard.flatMap((row) => row.map(({ text }) => text)),
    ),
  }
}
