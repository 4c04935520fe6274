import type { Media, OutgoingMessage } from './channel.ts'
import { splitText } from './split-text.ts'

/** One message on WhatsApp; a message of ours is one or more of them, in order. */
export type Part =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'file'; readonly media: Media; readonly caption: string }

const maximumText = 65_536
const maximumCaption = 1_024

/**
 * Lays a message out: files first, the text under the only one or after them. Menus are the numbers in the text: buttons and
 * lists of such clients do not show on most phones. Stars and underscores stay as they are, since WhatsApp knows no sign that
 * escapes them, and a hidden one would go along into copied links and codes; inside a word, as in a masked name or a link,
 * they format nothing.
 */
export function planMessage(message: OutgoingMessage): readonly Part[] {
  const text = message.text.toWellFormed().replaceAll('\u0000', '').trim()
  const [only, ...others] = message.media ?? []
  if (only === undefined) return textParts(text)
  if (others.length === 0 && text.length <= maximumCaption)
    return [{ type: 'file', media: only, caption: text }]
  return [
    ...[only, ...others].map((media): Part => ({ type: 'file', media, caption: '' })),
    ...textParts(text),
  ]
}

function textParts(text: string): readonly Part[] {
  return splitText(text, maximumText).map((piece) => ({ type: 'text', text: piece }))
}

/** The place of a WhatsApp message in a message of ours. */
export interface PartPlace {
  readonly token: string
  /** How many parts come after it: 0 for the last, whose receipt speaks for the whole. */
  readonly partsLeft: number
}

/** What ids of WhatsApp Web begin with. */
const webPrefix = '3EB0'

/** The WhatsApp id of a part: the same for a repeat of the same message. `token` is 16 hexadecimal digits, `partsLeft` at most 255. */
export function messageIdOf(token: string, partsLeft: number): string {
  return `${webPrefix}${token}${partsLeft.toString(16).padStart(2, '0')}`.toUpperCase()
}

/** What `messageIdOf` made the id of; undefined when it did not make it. */
export function partOf(id: string): PartPlace | undefined {
  const [, token, left] = /^3EB0([0-9A-F]{16})([0-9A-F]{2})$/.exec(id) ?? []
  if (token === undefined || left === undefined) return undefined
  return { token: token.toLowerCase(), partsLeft: Number.parseInt(left, 16) }
}
