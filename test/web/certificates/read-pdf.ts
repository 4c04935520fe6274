import { inflateSync } from 'node:zlib'

/** What stands in a PDF with fonts of its own. */
export interface ReadPdf {
  /** The words in the order in which they are drawn, with single spaces. */
  readonly text: string
  /** Whether a letter was drawn that its font does not have. */
  readonly hasMissing: boolean
  /** The squares that are drawn: x, y, width and height. */
  readonly squares: readonly (readonly [number, number, number, number])[]
  /** The file as it is, a byte a character. */
  readonly source: string
}

/** Reads what pdfkit writes; no other PDF. */
export function readPdf(pdf: Uint8Array): ReadPdf {
  const source = Buffer.from(pdf).toString('latin1')
  const stream = (id: string) => {
    const start = source.indexOf('stream\n', source.indexOf(`\n${id} 0 obj\n`)) + 7
    const end = source.indexOf('\nendstream', start)
    return inflateSync(Buffer.from(pdf).subarray(start, end)).toString('latin1')
  }
  const page = /\/Contents (\d+) 0 R/.exec(source)![1]!
  const drawing = stream(page)
  const fonts = new Map<string, readonly string[]>()
  for (const [, name = '', id = ''] of source.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const object = source.slice(source.indexOf(`\n${id} 0 obj\n`))
    fonts.set(name, lettersOf(stream(/\/ToUnicode (\d+) 0 R/.exec(object)![1]!)))
  }
  const lines: string[] = []
  let [font, hasMissing]: [readonly string[], boolean] = [[], false]
  for (const [, name, pieces = ''] of drawing.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name !== undefined) font = fonts.get(name)!
    else {
      const codes = [...pieces.matchAll(/<([0-9a-f]*)>/g)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
      if (codes.includes('0000')) hasMissing = true
      lines.push(codes.map((code) => font[Number.parseInt(code, 16)] ?? '').join(''))
    }
  }
  const squares = [...drawing.matchAll(/([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re\n/g)].map(
    ([, x, y, w, h]) => [Number(x), Number(y), Number(w), Number(h)] as const,
  )
  return { text: lines.join(' ').replaceAll(/\s+/g, ' '), hasMissing, squares, source }
}

/** Which letters the codes of a font stand for. */
function lettersOf(cmap: string): readonly string[] {
  const letters: string[] = []
  for (const [, first = '', list = ''] of cmap.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)) {
    const start = Number.parseInt(first, 16)
    for (const [n, [, hex = '']] of [...list.matchAll(/<([0-9a-f ]*)>/g)].entries()) {
      const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16()
      letters[start + n] = bytes.toString('utf16le')
    }
  }
  return letters
}
