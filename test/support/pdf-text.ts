import { inflateSync } from 'node:zlib'

/** The words of each page of a PDF with standard fonts, in the order in which they are drawn. */
export function pdfPages(pdf: Uint8Array): readonly string[] {
  const bytes = Buffer.from(pdf)
  const pages: string[] = []
  for (let at = bytes.indexOf('stream\n'); at >= 0; at = bytes.indexOf('stream\n', at + 1)) {
    const end = bytes.indexOf('\nendstream', at)
    if (end > at) pages.push(wordsOf(inflateSync(bytes.subarray(at + 7, end)).toString('latin1')))
    at = end + 10
  }
  return pages.filter((words) => words !== '')
}

function wordsOf(drawing: string): string {
  const lines = [...drawing.matchAll(/\[([^\]]*)\] TJ/g)].map(([, pieces = '']) =>
    [...pieces.matchAll(/<([0-9a-f]*)>/g)]
      .map(([, hex = '']) => new TextDecoder('windows-1252').decode(Buffer.from(hex, 'hex')))
      .join(''),
  )
  return lines.join('\n')
}
