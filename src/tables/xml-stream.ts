import type { Readable } from 'node:stream'
import { SaxesParser } from 'saxes'
import { TableError } from './table.ts'

/** Characters between two tags; the longest text that a spreadsheet's cell holds is 32,767. */
const longestText = 1_000_000

/** What is done at each tag; names come without a namespace prefix. */
export interface XmlHandlers<T> {
  open(name: string, attributes: Readonly<Record<string, string>>): void
  text?(text: string): void
  /** What a closing tag completes is emitted. */
  close(name: string, emit: (item: T) => void): void
}

/** Reads XML piece by piece and yields, for each piece, what its tags completed. */
export async function* readXml<T>(stream: Readable, handlers: XmlHandlers<T>): AsyncGenerator<readonly T[]> {
  const parser = new SaxesParser({ xmlns: false, position: false })
  let items: T[] = []
  let unbroken = 0
  const emit = (item: T) => void items.push(item)
  parser.on('opentag', ({ name, attributes }) => handlers.open(localName(name), attributes))
  parser.on('closetag', ({ name }) => handlers.close(localName(name), emit))
  if (handlers.text !== undefined) parser.on('text', (text) => handlers.text?.(text))
  parser.on('error', (cause) => {
    throw new TableError('damaged', 'the spreadsheet is damaged: save it once more and try again', { cause })
  })
  for await (const chunk of soundly(stream.setEncoding('utf8'))) {
    const text = String(chunk)
    unbroken = text.includes('<') ? text.length - text.lastIndexOf('<') : unbroken + text.length
    // The parser keeps what it has no end of, and an archive may unpack to nothing but that.
    if (unbroken > longestText) {
      throw new TableError(
        'too_large',
        'the spreadsheet holds a text that is longer than any cell: is it damaged?',
      )
    }
    parser.write(text)
    if (items.length > 0) yield items
    items = []
  }
  parser.close()
}

/** The stream, whose failures say what is wrong with the file: it is cut off, or unpacks to more than it told. */
async function* soundly(stream: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  try {
    yield* stream
  } catch (cause) {
    throw new TableError('damaged', 'the XLSX file is damaged or not complete', { cause })
  }
}

/** Reads a whole small XML file, emitting nothing. */
export async function scanXml(stream: Readable, open: XmlHandlers<never>['open']): Promise<void> {
  for await (const _ of readXml(stream, { open, close: () => undefined })) void _
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
