import type { Media, Option, OutgoingMessage } from './channel.ts'
import { splitText } from './split-text.ts'

/** Rows of buttons, as the Bot API takes them. */
export type Keyboard = readonly (readonly { readonly text: string; readonly callback_data: string }[])[]

/** One call to Telegram; a message is one or more of them, in order. */
export type Part =
  | { readonly type: 'text'; readonly text: string; readonly keyboard: Keyboard }
  | { readonly type: 'file'; readonly media: Media; readonly caption: string; readonly keyboard: Keyboard }
  | { readonly type: 'album'; readonly media: readonly Media[]; readonly caption: string }

const maximumText = 4_096
const maximumCaption = 1_024
const maximumAlbum = 10
/** Two labels of this many characters fit side by side on a small phone. */
const shortLabel = 14

/** Lays a message out as calls: files first, the text as their caption or after them, buttons at the end. */
export function planMessage(message: OutgoingMessage): readonly Part[] {
  const text = message.text.toWellFormed().replaceAll('\u0000', '').trim()
  const keyboard = layOutOptions(message.options ?? [])
  const batches = batchMedia(message.media ?? [])
  if (isCaption(text, batches, keyboard)) return batches.map((batch) => planBatch(batch, text, keyboard))
  const pieces = splitText(text, maximumText)
  return [
    ...batches.map((batch) => planBatch(batch, '', [])),
    ...pieces.map((piece, index): Part => {
      return { type: 'text', text: piece, keyboard: index === pieces.length - 1 ? keyboard : [] }
    }),
  ]
}

/** Whether the text fits under the only batch of files. An album can carry no buttons. */
function isCaption(text: string, batches: readonly (readonly Media[])[], keyboard: Keyboard): boolean {
  const [only, ...others] = batches
  if (only === undefined || others.length > 0 || text.length > maximumCaption) return false
  return only.length === 1 || keyboard.length === 0
}

function planBatch(batch: readonly Media[], caption: string, keyboard: Keyboard): Part {
  const [media, ...others] = batch
  if (media !== undefined && others.length === 0) return { type: 'file', media, caption, keyboard }
  return { type: 'album', media: batch, caption }
}

/** Photos and documents may not share an album, and an album holds ten. */
function batchMedia(media: readonly Media[]): readonly (readonly Media[])[] {
  const batches: Media[][] = []
  for (const one of media) {
    const last = batches.at(-1)
    if (last !== undefined && last[0]?.type === one.type && last.length < maximumAlbum) last.push(one)
    else batches.push([one])
  }
  return batches
}

function layOutOptions(options: readonly Option[]): Keyboard {
  const rows: { text: string; callback_data: string }[][] = []
  let isOpen = false
  for (const { label, value } of options) {
    const button = { text: label, callback_data: value }
    const isShort = label.length <= shortLabel
    if (isOpen && isShort) rows.at(-1)?.push(button)
    else rows.push([button])
    isOpen = isShort && !isOpen
  }
  return rows
}
