import { pictureMime } from './webchat-photo.ts'

/** What a file is, as its content says: pictures and PDF are known, all else is `application/octet-stream`. */
export function contentMime(bytes: Uint8Array): string {
  if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-') return 'application/pdf'
  return pictureMime(bytes) ?? 'application/octet-stream'
}
