import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy'
import type { Context } from 'hono'

/** What a form with one file brought. */
export type Upload =
  | {
      readonly type: 'received'
      /** Bytes. */
      readonly size: number
      /** Without any path. */
      readonly fileName: string
      readonly fields: Readonly<Record<string, string>>
    }
  | { readonly type: 'no_file' | 'too_large' | 'broken' }

/**
 * Writes the form's file to `file` as it comes in, however large, and reads the other fields. Whatever it resolves with, it
 * writes no more by then; what it wrote is the caller's to remove.
 */
export async function receiveUpload(context: Context, file: string, maxBytes: number): Promise<Upload> {
  let isTooMuch = false
  const type = context.req.header('content-type') ?? ''
  const { body } = context.req.raw
  if (body === null || !/^multipart\/form-data;.*boundary=/i.test(type)) return { type: 'no_file' }
  const parser = new Busboy({
    headers: { 'content-type': type },
    limits: { files: 1, fileSize: maxBytes, fields: 20, fieldSize: 2_000 },
  })
  const form = readForm(parser, file)
  try {
    await pipeline(
      Readable.fromWeb(body),
      upTo(maxBytes + mostAround, () => (isTooMuch = true)),
      parser,
    )
    const written = await form.written()
    if (written === undefined || (written.size === 0 && written.fileName === '')) return { type: 'no_file' }
    if (written.isCut) return { type: 'too_large' }
    return { type: 'received', size: written.size, fileName: written.fileName, fields: form.fields }
  } catch {
    await form.giveUp()
    return { type: isTooMuch ? 'too_large' : 'broken' }
  }
}

/** Bytes of the form around the file. */
const mostAround = 1024 ** 2

/** Passes on so many bytes, and fails with the next: whoever sends in pieces may go on for ever. */
function upTo(most: number, onMore: () => void) {
  return async function* (pieces: AsyncIterable<Uint8Array>) {
    let size = 0
    for await (const piece of pieces) {
      size += piece.length
      if (size > most) {
        onMore()
        throw new Error('the form is too large')
      }
      yield piece
    }
  }
}

interface Written {
  readonly size: number
  readonly fileName: string
  readonly isCut: boolean
}

function readForm(parser: BusboyInstance, file: string) {
  const fields: Record<string, string> = {}
  let source: BusboyFileStream | undefined
  let written: Promise<Written> | undefined
  parser.on('field', (name, value) => {
    fields[name] = value
  })
  parser.on('file', (_, stream, fileName) => {
    source = stream
    written = writeFile(stream, fileName ?? '', file)
    // Else the form would wait for a file that nobody reads any more.
    written.catch((error) => parser.destroy(error))
  })
  return {
    fields,
    written: async () => written,
    async giveUp() {
      source?.destroy()
      await written?.catch(() => undefined)
    },
  }
}

async function writeFile(stream: BusboyFileStream, fileName: string, file: string): Promise<Written> {
  let size = 0
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length
  })
  await pipeline(stream, createWriteStream(file, { mode: 0o600 }))
  return { size, fileName, isCut: stream.truncated === true }
}
