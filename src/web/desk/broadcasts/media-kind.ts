import type { BroadcastFile } from './broadcast-deps.ts'

const megabyte = 1024 ** 2

/** Bytes of the largest file that is read at all. */
export const mostFileBytes = 10 * megabyte
const mostPhotoBytes = 5 * megabyte

/** What a file is by its content, or why it cannot go along. */
export type MediaKind =
  | { readonly type: 'fit'; readonly mime: string }
  | { readonly type: 'file_kind' | 'file_large' }

/** Looks at the content: what its sender calls it says nothing. */
export function mediaKind({ bytes }: Pick<BroadcastFile, 'bytes'>): MediaKind {
  const mime = mimeOf(bytes)
  if (mime === undefined) return { type: 'file_kind' }
  const most = mime === 'application/pdf' ? mostFileBytes : mostPhotoBytes
  return bytes.length > most ? { type: 'file_large' } : { type: 'fit', mime }
}

function mimeOf(bytes: Uint8Array): string | undefined {
  const starts = (text: string, from = 0) =>
    [...text].every((sign, at) => bytes[from + at] === sign.charCodeAt(0))
  if (starts('\u00FF\u00D8\u00FF')) return 'image/jpeg'
  if (starts('\u0089PNG\r\n\u001A\n')) return 'image/png'
  if (starts('RIFF') && starts('WEBP', 8)) return 'image/webp'
  return starts('%PDF-') ? 'application/pdf' : undefined
}
