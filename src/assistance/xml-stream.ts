import type { Readable } from 'node:stream'
import { SaxesParser } from 'saxes'
import { TableError } from './table.ts'

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
  const emit = (item: T) => void items.push(item)
  parser.on('opentag', ({ name, attributes }) => handlers.open(localName(name), attributes))
  parser.on('closetag', ({ name }) => handlers.close(localName(name), emit))
  if (handlers.text !== undefined) parser.on('text', (text) => handlers.text?.(text))
  parser.on('error', (cause) => {
    throw new TableError('the spreadsheet is damaged: save it once more and try again', { cause })
  })
  for await (const chunk of stream.setEncoding('utf8')) {
    parser.write(String(chunk))
    if (items.length > 0) yield items
    items = []
  }
  parser.close()
}

/** Reads a whole small XML file, emitting nothing. */
export async function scanXml(stream: Readable, open: XmlHandlers<never>['open']): Promise<void> {
  for await (const _ of readXml(stream, { open, close: () => undefined })) void _
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
