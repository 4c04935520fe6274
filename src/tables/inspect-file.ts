import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** Encodings a text file may have, by their names in iconv-lite. */
export type Encoding = 'utf8' | 'utf16le' | 'utf16be' | 'win1252'

/** What one pass over the bytes of a file tells. */
export interface FileFacts {
  readonly size: number
  /** SHA-256 in hex. */
  readonly hash: string
  /** The first bytes, at most 64 KiB. */
  readonly head: Buffer
  /** What the file is in if it is text. */
  readonly encoding: Encoding
}

const headLength = 65_536

/** Reads a file once from end to end, keeping next to nothing of it. */
export async function inspectFile(file: string): Promise<FileFacts> {
  const digest = createHash('sha256')
  let head = Buffer.alloc(0)
  let size = 0
  let utf8 = true
  let cut = Buffer.alloc(0)
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    const bytes = Buffer.from(chunk)
    digest.update(bytes)
    size += bytes.length
    if (head.length < headLength) head = Buffer.concat([head, bytes]).subarray(0, headLength)
    if (!utf8) continue
    const whole = Buffer.concat([cut, bytes])
    const end = lastCharacterEnd(whole)
    utf8 = isUtf8(whole.subarray(0, end))
    cut = whole.subarray(end)
  }
  return { size, hash: digest.digest('hex'), head, encoding: encodingOf(head, utf8 && cut.length === 0) }
}

function encodingOf(head: Buffer, utf8: boolean): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf16be'
  // Without a mark, every second byte of Latin text in UTF-16 is zero.
  const [even, odd] = zeroShares(head)
  if (odd > 0.3 && even < 0.1) return 'utf16le'
  if (even > 0.3 && odd < 0.1) return 'utf16be'
  return utf8 ? 'utf8' : 'win1252'
}

function zeroShares(head: Buffer): readonly [number, number] {
  const counts = [0, 0]
  for (let i = 0; i < head.length; i++) if (head[i] === 0) counts[i % 2] = (counts[i % 2] ?? 0) + 1
  const half = Math.max(1, head.length / 2)
  return [(counts[0] ?? 0) / half, (counts[1] ?? 0) / half]
}

/** Where the last whole UTF-8 character ends: a read may cut one in two. */
function lastCharacterEnd(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    if (byte < 0xc0) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return length > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}
