import type { OutgoingMessage } from '../channels/channel.ts'
import type { Message } from '../flow/message.ts'

/** What a flow says, as channels send it. */
export function outgoingOf(message: Message): OutgoingMessage {
  const { text, options, pictures } = message
  // A picture that the house keeps is a JPEG in its form for chats.
  const media = pictures?.map((id) => ({ id, type: 'photo' as const, mime: 'image/jpeg' }))
  return { text, ...(options !== undefined && { options }), ...(media !== undefined && { media }) }
}
