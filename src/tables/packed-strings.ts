/** Many short texts in few bytes: a spreadsheet of a million rows has several million of them. */
export interface PackedStrings {
  push(text: string): void
  /** The text at this place, or an empty one where there is none. */
  at(index: number): string
  readonly length: number
}

/** Keeps texts as UTF-8 in one growing buffer. */
export function createPackedStrings(): PackedStrings {
  let bytes = Buffer.alloc(1 << 16)
  let ends = new Float64Array(1 << 12)
  let length = 0
  return {
    push(text) {
      const start = length === 0 ? 0 : (ends[length - 1] ?? 0)
      const needed = start + Buffer.byteLength(text)
      if (needed > bytes.length) bytes = Buffer.concat([bytes, Buffer.alloc(Math.max(bytes.length, needed))])
      if (length === ends.length) {
        const wider = new Float64Array(length * 2)
        wider.set(ends)
        ends = wider
      }
      bytes.write(text, start)
      ends[length++] = needed
    },
    at(index) {
      if (!(index >= 0 && index < length)) return ''
      return bytes.toString('utf8', index === 0 ? 0 : (ends[index - 1] ?? 0), ends[index])
    },
    get length() {
      return length
    },
  }
}
