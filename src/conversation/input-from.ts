import type { IncomingContent } from '../channels/channel.ts'
import type { Input } from '../flow/input.ts'

/** What arrived, as the flows take it. */
export function inputFrom(content: IncomingContent, now: Date): Input {
  switch (content.type) {
    case 'text':
      return { type: 'text', text: content.text, now }
    case 'choice':
      return { type: 'choice', value: content.value, now }
    case 'media': {
      const { media, caption } = content
      return { type: 'media', mediaId: media.id, mediaType: media.type, caption, now }
    }
    case 'location':
      return { type: 'location', latitude: content.latitude, longitude: content.longitude, now }
    case 'unreadable':
      return { type: 'unreadable', what: content.what, now }
  }
}
